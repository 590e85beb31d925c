import { isHeard } from '../domain/access-attachment.ts';
import { hiddenPeople, sightOf } from '../domain/access-sight.ts';
import { attachmentsOf } from '../store/attachments.ts';
import { type CaseEvent, namesOf } from '../store/events.ts';
import { processOf } from '../workflows/definitions.ts';
import type { Asking, FoundCase } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { medicalSight } from './medical-sight.ts';
import { type EventViewing, namedIn } from './views/event.ts';

/** What became of the case and what was served: the events of an extract, beside those of the reader's own tasks. */
const ofExtract: ReadonlySet<string> = new Set([
  'case-accepted',
  'facts-shown',
  'heard',
  'served',
  'decided',
  'reporter-told',
  'closed',
  'reopened',
]);

/** Whoever is heard in a case reads of its record what concerns them (domain.md §4.6). */
export function concerns({ actor }: Asking, { record, facts }: FoundCase, { type, task, actor: author }: CaseEvent): boolean {
  if (sightOf(actor, facts) !== 'extract' || author === actor.id) return true;
  const about = record.tasks.find(({ id }) => id === task);
  return about === undefined ? ofExtract.has(type) : about.role === 'subject' && about.assignee === actor.id;
}

/** How someone sees these events of a case: with their contents or not, and without the people whose part they may not learn. */
export async function eventViewing(
  deps: ApiDeps,
  { actor }: Asking,
  { record, facts, events }: FoundCase & { events: readonly CaseEvent[] },
): Promise<EventViewing> {
  const hidden = new Set<string>(hiddenPeople(actor, facts));
  const files = isHeard(actor, facts) ? await attachmentsOf(deps, record.number) : [];
  return {
    definition: processOf(record.process),
    seesContents: sightOf(actor, facts) === 'full',
    isToldTo:
      sightOf(actor, facts) === 'extract' && facts.participants.some(({ person, role }) => person === actor.id && role === 'reporter'),
    isHidden: (person) => hidden.has(person),
    dataOf: medicalSight(actor, facts, record).dataOf,
    withheld: new Set(files.filter(({ withheld }) => withheld).map(({ id }) => id)),
    names: await namesOf(deps, namedIn(events)),
  };
}
