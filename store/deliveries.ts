import type { CaseNumber, Locale, PersonId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';
import type { Bureau } from './bureau.ts';
import { type ChannelKind, channelContext } from './channels.ts';

/** A notice on its way out of the house. */
export interface DueDelivery {
  readonly id: string;
  readonly channel: ChannelKind;
  readonly address: string;
  readonly person: PersonId;
  readonly locale: Locale;
  readonly kind: string;
  readonly number: CaseNumber;
  readonly process: string;
  readonly taskKey: string | null;
  readonly at: Date;
}

/** Those of the deliveries that are still to be sent, with where to. Whoever took the channel away meanwhile gets nothing. */
export async function dueDeliveries({ db, ring }: Bureau, ids: readonly string[]): Promise<DueDelivery[]> {
  const rows = await db.$queryRaw<(Omit<DueDelivery, 'address'> & { sealed: Uint8Array<ArrayBuffer> })[]>`
    select d.id::text, d.channel, ch.address as sealed, n.person_id as person, p.locale, n.kind, c.number, c.process, t.key as "taskKey", n.at
      from delivery d join notice n on n.id = d.notice_id join person p on p.id = n.person_id join "case" c on c.id = n.case_id
      join channel ch on ch.person_id = n.person_id and ch.kind = d.channel left join task t on t.id = n.task_id
     where d.id = any(${[...ids]}::bigint[]) and d.state = 'queued'`;
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    address: String(ring.openJson('database', sealed, channelContext(row.person, row.channel))),
  }));
}

export async function markSent(db: Database, id: string): Promise<void> {
  await db.$executeRaw`update delivery set state = 'sent', attempts = attempts + 1, error = null, ended_at = now() where id = ${id}::bigint`;
}

/** @param error what operators read; never an address or a text. */
export async function markTried(db: Database, id: string, error: string, isLast: boolean): Promise<void> {
  await db.$executeRaw`
    update delivery set attempts = attempts + 1, error = ${error}, state = ${isLast ? 'failed' : 'queued'}, ended_at = case when ${isLast} then now() end
     where id = ${id}::bigint`;
}
