import { isHeard } from '../domain/access-attachment.ts';
import { hiddenPeople, sightOf } from '../domain/access-sight.ts';
import { attachmentsOf } from '../store/attachments.ts';
import { type CaseEvent, namesOf } from '../store/events.ts';
import { processOf } from '../workflows/definitions.ts';
import type { Asking, FoundCase } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { type EventViewing, namedIn } from './views/event.ts';

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
    isHidden: (person) => hidden.has(person),
    withheld: new Set(files.filter(({ withheld }) => withheld).map(({ id }) => id)),
    names: await namesOf(deps, namedIn(events)),
  };
}
