import { z } from 'zod';
import type { CaseFacts } from '../../domain/access-facts.ts';
import { hiddenPeople, redactions, sightOf } from '../../domain/access-sight.ts';
import type { Actor } from '../../domain/actor.ts';
import { BulkId } from '../../domain/bulk.ts';
import { CaseNumber, Instant, type Locale, PersonId, type TaskId, Text, UnitId } from '../../domain/ids.ts';
import type { CaseRecord, TaskRecord } from '../../store/case-view.ts';
import type { CaseListRow } from '../../store/lists/cases.ts';
import { processOf } from '../../workflows/definitions.ts';
import { medicalSight } from '../medical-sight.ts';
import { outcomeTitle, partTitle, relationTitle, stageTitle } from './case-titles.ts';
import { isoOf } from './instant.ts';
import { CaseOffers, caseOffers, taskOffers } from './offers.ts';
import { TaskView, taskView } from './task.ts';
import { withoutPeople } from './without-people.ts';

const Head = {
  number: CaseNumber,
  process: z.string(),
  processTitle: Text,
  title: z.string().optional(),
  state: z.enum(['accepted', 'open', 'closed']),
  stage: z.string(),
  stageTitle: Text,
  outcome: z.string().nullable(),
  outcomeTitle: Text.nullable(),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  escalationLevel: z.int(),
  subject: PersonId.nullable().optional(),
  unit: UnitId,
  handler: PersonId.nullable(),
  confidentiality: z.enum(['open', 'internal', 'confidential', 'sealed']),
  redacted: z.array(z.string()),
};

/** A case as a list gives it. */
export const CaseListView = z.object({
  ...Head,
  subjectName: z.string().optional(),
  unitName: z.string(),
  handlerName: z.string().nullable(),
});

/** A whole case. What the caller may not see is left out and named in `redacted`. */
export const CaseView = z.object({
  ...Head,
  data: z.unknown().optional(),
  openedBy: PersonId.nullable(),
  tasks: z.array(TaskView),
  links: z.array(z.object({ relation: z.string(), relationTitle: Text, number: CaseNumber })),
  waits: z.array(z.object({ key: z.string(), since: Instant, endsAt: Instant.nullable(), on: CaseNumber.nullable() })),
  participants: z.array(z.object({ person: PersonId, role: z.string(), roleTitle: Text })),
  people: z.record(z.string(), z.object({ username: z.string(), name: z.string() })),
  units: z.record(z.string(), z.string()),
  /** A legal hold in force: the case is not anonymised while it lasts. */
  hold: z.object({ by: PersonId, at: Instant }).nullable(),
  /** When contents and persons were removed by rule. */
  anonymisedAt: Instant.nullable(),
  policyVersion: z.string(),
  version: z.int(),
  /** The bulk operation that opened it: `/bulk/{id}/cases` shows what else it opened. */
  bulk: BulkId.nullable(),
  may: CaseOffers,
});

export interface CaseViewing {
  readonly actor: Actor;
  readonly facts: CaseFacts;
  readonly locale: Locale;
  readonly now: Date;
  readonly candidates: ReadonlyMap<TaskId, readonly string[]>;
}

export function caseView(record: CaseRecord, { actor, facts, locale, now, candidates }: CaseViewing) {
  const medical = medicalSight(actor, facts, record);
  const redacted = [...redactions(actor, facts), ...(medical.seesAll ? [] : ['medical'])];
  const seesContents = !redacted.includes('data');
  const isExtract = sightOf(actor, facts) === 'extract';
  const hidden = new Set<string>(hiddenPeople(actor, facts));
  const isHidden = (person: string) => hidden.has(person);
  const shown = (person: PersonId | null) => (person === null || isHidden(person) ? null : person);
  const { number, process, subject, people, units } = record;
  return {
    number,
    process,
    processTitle: processOf(process).title,
    ...(redacted.includes('title') ? {} : { title: record.title }),
    ...stateOf(record),
    openedAt: record.openedAt.toISOString(),
    closedAt: record.closedAt?.toISOString() ?? null,
    dueAt: record.dueAt?.toISOString() ?? null,
    overdue: isOverdue(record, now),
    escalationLevel: record.level,
    ...(redacted.includes('subject') ? {} : { subject }),
    unit: record.unit,
    handler: shown(record.handler),
    openedBy: shown(record.openedBy),
    confidentiality: record.confidentiality,
    ...(seesContents && { data: withoutPeople(medical.intake(record.data), isHidden) }),
    tasks: record.tasks
      .filter((task) => !isExtract || isAskedOf(actor, task))
      .map((task) => {
        const view = taskView(task, {
          case: number,
          process,
          locale,
          now,
          seesContents: (seesContents || isExtract) && medical.seesTask(task),
          candidates: candidates.get(task.id)?.filter((name) => !hiddenNames(record, hidden).has(name)),
          names: people,
          unitNames: units,
          isHidden,
        });
        return {
          ...view,
          ...('context' in view && { context: withoutPeople(view.context, isHidden) }),
          ...('answer' in view && { answer: withoutPeople(view.answer, isHidden) }),
          may: taskOffers(actor, facts, { task, record }),
        };
      }),
    links: isExtract ? [] : record.links.map((link) => ({ ...link, relationTitle: relationTitle(link.relation) })),
    waits: (isExtract ? [] : record.waits).map((wait) => ({ ...wait, since: isoOf(wait.since), endsAt: isoOf(wait.endsAt) })),
    participants: record.participants
      .filter(({ person }) => !isHidden(person))
      .map((part) => ({ ...part, roleTitle: partTitle(processOf(record.process), part.role) })),
    people: Object.fromEntries(Object.entries(people).filter(([id]) => !isHidden(id))),
    units,
    hold: record.hold && { by: record.hold.by, at: isoOf(record.hold.at) },
    anonymisedAt: record.anonymisedAt?.toISOString() ?? null,
    policyVersion: record.policyVersion,
    version: record.version,
    bulk: record.bulk,
    may: caseOffers(actor, facts),
    redacted,
  };
}

export function caseListView(row: CaseListRow, now: Date) {
  const { number, process, title, level, subject, subjectName, unit, unitName, handler, handlerName, confidentiality, seesSubject } = row;
  const redacted = [...(title === null ? ['title', 'data'] : []), ...(seesSubject ? [] : ['subject'])];
  return {
    number,
    process,
    processTitle: processOf(process).title,
    ...(title !== null && { title }),
    ...stateOf(row),
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    overdue: isOverdue(row, now),
    escalationLevel: level,
    ...(seesSubject && { subject, ...(subjectName !== null && { subjectName }) }),
    unit,
    unitName,
    handler,
    handlerName,
    confidentiality,
    redacted,
  };
}

function stateOf({ process, state, stage, outcome }: { process: string; state: string; stage: string; outcome: string | null }) {
  const definition = processOf(process);
  return {
    state,
    stage,
    stageTitle: stageTitle(definition, stage),
    outcome,
    outcomeTitle: outcome === null ? null : outcomeTitle(definition, outcome),
  };
}

/** What somebody is asked as the one whom the case concerns: with its papers the only task that they see of it, if they are heard. */
const isAskedOf = ({ id }: Actor, { role, assignee }: TaskRecord): boolean => role === 'subject' && assignee === id;

const isOverdue = ({ state, dueAt }: { state: string; dueAt: Date | null }, now: Date): boolean =>
  state === 'open' && dueAt !== null && dueAt < now;

const hiddenNames = ({ people }: CaseRecord, hidden: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...hidden].flatMap((id) => people[id]?.username ?? []));
