/*
 * The outbox as the post sees it. A delivery is one notice over one channel of a person; whoever tells somebody queues it in the same transaction (write-step.ts, tell.ts).
 *
 * Invariants
 * - The post takes channels, not deliveries: by a lease on the channel's row, so that two posts never send over one channel at once, and a post that dies gives it back when the lease
 *   runs out.
 * - A delivery leaves `queued` only after its receiver took it, after its last try, or with its channel. So each is sent at least once, under an id that never changes.
 * - No transaction is open while something is sent.
 */
import type { ChannelKind } from '../domain/channels.ts';
import type { CaseNumber, Locale, PersonId } from '../domain/ids.ts';
import type { NoticePreference } from '../domain/quiet-hours.ts';
import type { Database } from '../platform/database.ts';
import type { Bureau } from './bureau.ts';
import { type ChannelAddress, openAddress } from './channels.ts';
import { ringFeed } from './feed.ts';

export interface DueDelivery {
  readonly id: string;
  readonly urgent: boolean;
  /** It has waited for the end of quiet hours or for a digest. */
  readonly held: boolean;
  /** Goes in one message with those that have the same. */
  readonly bundle: string | null;
  readonly attempts: number;
  readonly kind: string;
  readonly at: Date;
  /** Of a notice that belongs to a case. */
  readonly number: CaseNumber | null;
  readonly process: string | null;
  readonly taskKey: string | null;
  /** Of one that does not (domain/caseless-notices.ts). */
  readonly facts: unknown;
}

/** What is due over one channel of one person. */
export interface DueMail {
  readonly person: PersonId;
  readonly kind: ChannelKind;
  readonly to: ChannelAddress;
  readonly locale: Locale;
  readonly preference: NoticePreference;
  readonly deliveries: readonly DueDelivery[];
}

/** The longest that a channel stays taken when its post dies. */
const LEASE_MS = 60_000;
const LOOK_AT = 1000;
const AT_ONCE = 200;

interface LeasedRow {
  readonly person: PersonId;
  readonly kind: ChannelKind;
  readonly address: Uint8Array;
  readonly locale: Locale;
  readonly from: number | null;
  readonly to: number | null;
  readonly daysOff: boolean | null;
  readonly digestAt: number | null;
}

/** Takes up to `most` channels over which something is due, those with emergencies first, then those that have waited longest. Uses delivery_due, delivery_queued. */
export async function takeDue({ db, ring }: Pick<Bureau, 'db' | 'ring'>, most: number, at: Date): Promise<DueMail[]> {
  const leased = await db.$queryRaw<LeasedRow[]>`
    with due as materialized (
      (select d.person_id, d.channel, d.urgent, d.next_at from delivery d join channel c on c.person_id = d.person_id and c.kind = d.channel
        where d.state = 'queued' and d.urgent and d.next_at <= ${at} and (c.leased_until is null or c.leased_until <= ${at}) order by d.next_at limit ${LOOK_AT})
      union all
      (select d.person_id, d.channel, d.urgent, d.next_at from delivery d join channel c on c.person_id = d.person_id and c.kind = d.channel
        where d.state = 'queued' and not d.urgent and d.next_at <= ${at} and (c.leased_until is null or c.leased_until <= ${at}) order by d.next_at limit ${LOOK_AT})
    ), first as (
      select person_id, channel, bool_or(urgent) as urgent, min(next_at) as next_at from due group by 1, 2
    ), free as (
      select c.person_id, c.kind from channel c join first f on f.person_id = c.person_id and f.channel = c.kind
       where c.leased_until is null or c.leased_until <= ${at}
       order by f.urgent desc, f.next_at limit ${most} for update of c skip locked
    )
    update channel c set leased_until = ${new Date(at.getTime() + LEASE_MS)}
      from free join person p on p.id = free.person_id left join notice_preference n on n.person_id = free.person_id
     where c.person_id = free.person_id and c.kind = free.kind
    returning c.person_id as person, c.kind, c.address, p.locale, n.quiet_from as "from", n.quiet_to as "to", n.quiet_days_off as "daysOff", n.digest_at as "digestAt"`;
  if (leased.length === 0) return [];
  const due = await dueOver(db, leased, at);
  return leased.map(({ person, kind, address, locale, ...hours }) => ({
    person,
    kind,
    to: openAddress(ring, address, { person, kind }),
    locale,
    preference: preferenceOf(hours),
    deliveries: due.filter((each) => each.person === person && each.channel === kind),
  }));
}

const preferenceOf = ({ from, to, daysOff, digestAt }: Pick<LeasedRow, 'from' | 'to' | 'daysOff' | 'digestAt'>): NoticePreference => ({
  quiet: from === null || to === null ? null : { from, to },
  quietDaysOff: daysOff ?? false,
  digestAt,
});

type DueRow = DueDelivery & { readonly person: PersonId; readonly channel: ChannelKind };

const dueOver = (db: Database, leased: readonly LeasedRow[], at: Date): Promise<DueRow[]> => db.$queryRaw<DueRow[]>`
  select d.person_id as person, d.channel, d.id::text, d.urgent, d.held, d.bundle::text, d.attempts, n.kind, n.at, c.number, c.process, t.key as "taskKey", n.facts
    from unnest(${leased.map(({ person }) => person)}::text[], ${leased.map(({ kind }) => kind)}::text[]) as l (person_id, kind)
    cross join lateral (
      select * from delivery q where q.person_id = l.person_id and q.channel = l.kind and q.state = 'queued' and q.next_at <= ${at}
       order by q.urgent desc, q.id limit ${AT_ONCE}) d
    join notice n on n.id = d.notice_id left join "case" c on c.id = n.case_id left join task t on t.id = n.task_id
   order by d.urgent desc, d.id`;

const idsOf = (deliveries: readonly DueDelivery[]): string[] => deliveries.map(({ id }) => id);

/** Lets them wait, without counting it as a try. */
export const hold = (db: Database, deliveries: readonly DueDelivery[], until: Date): Promise<number> =>
  db.$executeRaw`update delivery set held = true, next_at = ${until} where id = any (${idsOf(deliveries)}::bigint[]) and state = 'queued'`;

/** Puts them into one message. Before the first try, so that each try sends the same ones under the same id. */
export const bundle = (db: Database, deliveries: readonly DueDelivery[], id: string): Promise<number> =>
  db.$executeRaw`update delivery set bundle = ${id}::bigint where id = any (${idsOf(deliveries)}::bigint[])`;

export const markSent = (db: Database, deliveries: readonly DueDelivery[], at: Date): Promise<number> => db.$executeRaw`
  update delivery set state = 'sent', attempts = attempts + 1, error = null, ended_at = ${at} where id = any (${idsOf(deliveries)}::bigint[]) and state = 'queued'`;

/** @param error what administrators read: never an address or a text. @param again when to try again; null where it was the last try */
export const markTried = (
  db: Database,
  deliveries: readonly DueDelivery[],
  { error, at, again }: { readonly error: string; readonly at: Date; readonly again: Date | null },
): Promise<number> => db.$executeRaw`
  update delivery set attempts = attempts + 1, error = ${error}, state = ${again === null ? 'failed' : 'queued'}, next_at = coalesce(${again}::timestamptz, next_at),
         ended_at = case when ${again === null} then ${at}::timestamptz end
   where id = any (${idsOf(deliveries)}::bigint[]) and state = 'queued'`;

type Over = Pick<DueMail, 'person' | 'kind'>;

/** Gives a channel back. @param works what its last try showed: null where there was none · @param error why it did not work */
export const giveBack = (
  db: Database,
  { person, kind }: Over,
  { error, works, at, pause }: { readonly error: string | null; readonly works: boolean | null; readonly at: Date; readonly pause: number },
): Promise<number> => db.$executeRaw`
  update channel set leased_until = ${pause > 0 ? new Date(at.getTime() + pause) : null}::timestamptz,
         failing_since = case when ${works}::boolean is null then failing_since when ${works} then null else coalesce(failing_since, ${at}) end,
         error = case when ${works}::boolean is null then error else ${error} end,
         failure_told = failure_told and ${works}::boolean is distinct from true
   where person_id = ${person} and kind = ${kind}`;

/** Tells the person in the inbox, and over no channel, that one has failed for good; once until it works again. */
export async function tellFailure(db: Database, { person, kind }: Over, at: Date): Promise<void> {
  const facts = JSON.stringify({ kind: 'channel-failed', channel: kind });
  await db.$executeRaw`
    with told as (update channel set failure_told = true where person_id = ${person} and kind = ${kind} and not failure_told returning person_id),
    notices as (
      insert into notice (person_id, kind, at, facts) select person_id, 'channel-failed', ${at}, ${facts}::jsonb from told returning person_id, at)
    insert into feed (at, kind, person_id) select at, 'notification', person_id from notices`;
  ringFeed(db);
}

/** Sent ones go after a month; failed ones are kept as long as their notices. Uses delivery_sent. */
export const dropSent = (db: Database, at: Date): Promise<number> => db.$executeRaw`
  delete from delivery where id in (select id from delivery where state = 'sent' and ended_at < ${at}::timestamptz - interval '30 days' limit 10000)`;
