import type { CaseNumber, PersonId, TaskId } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { Bureau } from './bureau.ts';
import { eventContext } from './case-file.ts';
import { EventContent } from './event-content.ts';

export interface CaseEvent {
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: PersonId | null;
  readonly actorFor: PersonId | null;
  readonly task: TaskId | null;
  readonly taskKey: string | null;
  /** Undefined where the event has none, or a rule has removed it. */
  readonly data: unknown;
  readonly prevHash: string;
  readonly hash: string;
}

/** As it is stored. */
export type SealedEvent = Omit<CaseEvent, 'data'> & { readonly sealed: Uint8Array | null };

/** The record of a case from its event `after` on, in order, unsealed. Uses event_pkey of each month's partition. */
export async function eventsOf(
  { db, ring }: Bureau,
  number: CaseNumber,
  { after, limit }: { after: number; limit: number },
): Promise<CaseEvent[]> {
  const rows = await db.$queryRaw<SealedEvent[]>(Prisma.sql`
    select e.seq, e.at, e.type, e.actor, e.actor_for as "actorFor", e.task_id as task, t.key as "taskKey", d.sealed, e.prev_hash as "prevHash", e.hash
      from "case" c join event e on e.case_id = c.id
      left join event_data d on d.case_id = e.case_id and d.seq = e.seq
      left join task t on t.id = e.task_id
     where c.number = ${number} and e.at >= c.opened_at and e.seq > ${after}
     order by e.seq limit ${limit}`);
  return rows.map((row) => openEvent(ring, number, row));
}

export const openEvent = (ring: KeyRing, number: CaseNumber, { sealed, ...event }: SealedEvent): CaseEvent => ({
  ...event,
  data: sealed === null ? undefined : EventContent.parse(ring.openJson('database', sealed, eventContext(number, event.seq))).data,
});

/** Names of people and units by their ids, for whatever a record mentions. */
export async function namesOf(
  { db }: Pick<Bureau, 'db'>,
  { people, units }: { people: readonly string[]; units: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ id: string; name: string }[]>`
    select 'person ' || id as id, name from person where id = any (${[...people]})
    union all select 'unit ' || id, name from unit where id = any (${[...units]})`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
