import { z } from 'zod';
import { type EventFacts, eventText } from '../../domain/event-texts.ts';
import { Instant, PersonId, TaskId, Text } from '../../domain/ids.ts';
import type { CaseEvent } from '../../store/events.ts';
import type { ProcessDefinition } from '../../workflows/kit/define.ts';
import { outcomeTitle, stageTitle, taskTitle } from './case-titles.ts';
import { withoutPeople } from './without-people.ts';

/** One entry of a case's record. `data` is left out for those who see only the skeleton. */
export const EventView = z.object({
  seq: z.int(),
  at: Instant,
  type: z.string(),
  actor: PersonId.nullable(),
  actorFor: PersonId.nullable(),
  task: TaskId.optional(),
  summary: Text,
  data: z.unknown().optional(),
  prevHash: z.string(),
  hash: z.string(),
});

export interface EventViewing {
  readonly definition: ProcessDefinition;
  readonly seesContents: boolean;
  /** The reporter of a clue, who reads the answer to it and nothing else of the contents. */
  readonly isToldTo: boolean;
  readonly isHidden: (person: string) => boolean;
  /** What it says to this reader of the medical facts. */
  readonly dataOf: (event: CaseEvent) => unknown;
  /** Files of which the reader learns nothing but that there is one. */
  readonly withheld: ReadonlySet<string>;
  /** Names by `person <id>` and `unit <id>`. */
  readonly names: ReadonlyMap<string, string>;
}

export function eventView(event: CaseEvent, viewing: EventViewing) {
  const { seq, at, type, actor, actorFor, task, prevHash, hash } = event;
  const data = viewing.dataOf(event);
  const { isHidden, withheld } = viewing;
  const seesContents = viewing.seesContents || (viewing.isToldTo && type === 'reporter-told');
  const shown = (person: PersonId | null) => (person === null || isHidden(person) ? null : person);
  return {
    seq,
    at: at.toISOString(),
    type,
    actor: shown(actor),
    actorFor: shown(actorFor),
    ...(task !== null && { task }),
    summary: eventText(type, factsOf(event, viewing)),
    ...(seesContents && data !== undefined && !withheld.has(fileOf(data)) && { data: withoutPeople(data, isHidden) }),
    prevHash,
    hash,
  };
}

const OfFile = z.object({ attachment: z.string() }).partial().catch({});
const fileOf = (data: unknown): string => OfFile.parse(data).attachment ?? '';

/** The few fields of an event's data that a sentence names, whatever its type. */
const Named = z
  .object({
    stage: z.string(),
    outcome: z.string(),
    person: z.string(),
    to: z.string(),
    unit: z.string(),
    number: z.string(),
    into: z.string(),
  })
  .partial()
  .catch({});

/** Ids of the people and units that the sentences about these events name. */
export function namedIn(events: readonly CaseEvent[]): { people: string[]; units: string[] } {
  const named = events.map(({ data }) => Named.parse(data));
  const people = events.flatMap(({ actor, actorFor }, index) => [actor, actorFor, named[index]?.person, named[index]?.to]);
  return {
    people: [...new Set(people.filter((id) => id !== null && id !== undefined))],
    units: [...new Set(named.flatMap(({ unit }) => unit ?? []))],
  };
}

function factsOf({ actor, actorFor, taskKey, data }: CaseEvent, { definition, names, isHidden }: EventViewing): EventFacts {
  const { stage, outcome, person, to, unit, number, into } = Named.parse(data);
  const nameOf = (id: string): Text => {
    if (isHidden(id)) return concealed;
    const name = names.get(`person ${id}`) ?? id;
    return { zh: name, en: name };
  };
  const doer = actor === null ? system : nameOf(actor);
  const absent = actorFor === null ? null : nameOf(actorFor);
  const unitName = unit === undefined ? '' : (names.get(`unit ${unit}`) ?? unit);
  const named = person ?? to;
  return {
    who: absent === null ? doer : { zh: `${doer.zh}（代${absent.zh}）`, en: `${doer.en} (for ${absent.en})` },
    process: definition.title,
    task: taskTitle(definition, taskKey),
    stage: stage === undefined ? definition.title : stageTitle(definition, stage),
    outcome: outcome === undefined ? definition.title : outcomeTitle(definition, outcome),
    person: named === undefined ? concealed : nameOf(named),
    unit: { zh: unitName, en: unitName },
    other: into ?? number ?? '',
  };
}

const system: Text = { zh: '系统', en: 'The system' };
const concealed: Text = { zh: '当事人', en: 'The person concerned' };
