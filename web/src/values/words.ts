import type { Process, Schema } from '../contract/types.ts';

/** How a field is titled, by its name and what it holds, wherever in a process it comes from. */
export type Words = (name: string, value: unknown) => Schema | undefined;

const made = new WeakMap<Process, Words>();

/** What a task is about is put together from earlier answers under the names of their fields: so the forms of the process have the words for it. */
export function wordsOf(process: Process): Words {
  const known = made.get(process);
  if (known) return known;
  const fields = new Map<string, Schema[]>();
  for (const form of [process.intake, ...process.tasks.map((task) => task.form)]) collect(form, fields);
  const words: Words = (name, value) => {
    const candidates = fields.get(name) ?? [];
    const asAsked = candidates.find((field) => isOf(field, value));
    return asAsked ?? namesPeople[name] ?? candidates.find((field) => isChoice(field) === (typeof value === 'string'));
  };
  made.set(process, words);
  return words;
}

const aPerson: Schema = { type: 'string', 'x-ref': 'person' };
/** What procedures themselves put together about people, whether or not a form asks for it. */
const namesPeople: Readonly<Record<string, Schema>> = { person: aPerson, persons: { type: 'array', items: aPerson }, by: aPerson };

function collect(schema: Schema, fields: Map<string, Schema[]>): void {
  for (const variant of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])])
    collect(variant, fields);
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    fields.set(name, [...(fields.get(name) ?? []), field]);
    collect(field, fields);
  }
}

const isChoice = ({ enum: values, const: only }: Schema): boolean => values !== undefined || only !== undefined;

function isOf(field: Schema, value: unknown): boolean {
  if (typeof value === 'string' && isChoice(field)) return field.const === value || (field.enum?.includes(value) ?? false);
  if (Array.isArray(value)) return field.type === 'array';
  if (typeof value === 'object' && value !== null)
    return field.properties !== undefined || field.oneOf !== undefined || field.anyOf !== undefined;
  return typeof value === (field.type === 'integer' ? 'number' : field.type);
}
