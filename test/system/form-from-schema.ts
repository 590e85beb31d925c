import fc from 'fast-check';

/** What a client can know of a form: its JSON Schema (api.md, "Processes"). */
export type Schema = Readonly<Record<string, unknown>>;

/** Ids to choose from where a field says `x-ref`, as the list route of that name gives them. */
export type References = Readonly<Record<string, readonly string[]>>;

/** Whole numbers from 0 up to, but not including, `below`. */
export type Random = (below: number) => number;

const words = '夜班补休已于上周安排到位，相关情况经核实无误，现予答复。';

/** Fills a form by its schema alone: chooses among shapes and values at random, leaves out every other optional field. @throws Error for a schema that says too little */
export function formFrom(schema: Schema, references: References, random: Random): unknown {
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[random(from.length)];
    if (chosen === undefined) throw new Error(`nothing to choose from in ${JSON.stringify(schema)}`);
    return chosen;
  };
  const shapes = listOf(schema.oneOf) ?? listOf(schema.anyOf);
  if (shapes) return formFrom(pick(shapes), references, random);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return pick(schema.enum);
  switch (schema.type) {
    case 'object':
      return objectFrom(schema, references, random);
    case 'array': {
      const least = numberOf(schema.minItems, 0);
      const items = schemaOf(schema.items);
      const isEmpty = typeof items['x-ref'] === 'string' && (references[items['x-ref']] ?? []).length === 0;
      const most = isEmpty ? least : Math.min(numberOf(schema.maxItems, least + 2), least + 2);
      const length = least + random(most - least + 1);
      const draw = () => formFrom(items, references, random);
      return schema.uniqueItems === true ? distinct(length, draw) : Array.from({ length }, draw);
    }
    case 'string':
      return textFrom(schema, references, random);
    case 'boolean':
      return random(2) === 1;
    case 'integer':
    case 'number': {
      const least = numberOf(schema.minimum, 0);
      return least + random(Math.floor(numberOf(schema.maximum, least + 10) - least) + 1);
    }
    default:
      throw new Error(`a client cannot know what to send for ${JSON.stringify(schema)}`);
  }
}

function objectFrom(schema: Schema, references: References, random: Random): Record<string, unknown> {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const fields = Object.entries(schemaOf(schema.properties)).filter(([name]) => required.includes(name) || random(2) === 1);
  return Object.fromEntries(fields.map(([name, field]) => [name, formFrom(schemaOf(field), references, random)]));
}

function textFrom(schema: Schema, references: References, random: Random): string {
  const kind = schema['x-ref'];
  if (typeof kind === 'string') {
    const ids = references[kind] ?? [];
    const id = ids[random(ids.length)];
    if (id === undefined) throw new Error(`no list to choose a ${kind} from`);
    return id;
  }
  if (schema.format === 'date-time') return new Date(Date.now() + (1 + random(30)) * 86_400_000).toISOString();
  if (schema.format === 'date') return new Date(Date.now() + (1 + random(30)) * 86_400_000).toISOString().slice(0, 10);
  if (typeof schema.pattern === 'string') {
    const [text] = fc.sample(fc.stringMatching(new RegExp(schema.pattern, 'u')), { numRuns: 1, seed: random(2 ** 31) });
    return text ?? '';
  }
  if (schema.format !== undefined) throw new Error(`a client cannot know what to send for the format ${schema.format}`);
  const least = numberOf(schema.minLength, 0);
  const length = Math.min(Math.max(least, 4 + random(words.length)), numberOf(schema.maxLength, 1000));
  return words.repeat(Math.ceil(length / words.length)).slice(0, length);
}

/** As many different ones as wanted, or all that there seem to be. */
function distinct(wanted: number, draw: () => unknown): unknown[] {
  const drawn = new Set<unknown>();
  for (let tried = 0; drawn.size < wanted && tried < 20 * wanted; tried += 1) drawn.add(draw());
  return [...drawn];
}

const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

const listOf = (value: unknown): readonly Schema[] | undefined => (Array.isArray(value) ? value.map(schemaOf) : undefined);

function schemaOf(value: unknown): Schema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`no schema: ${JSON.stringify(value)}`);
  return { ...value };
}

/** Numbers that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
