/*
 * The daily brief: what each morning said, and whom it was told. Made once for a day, told once to each person, whoever runs and whoever dies: the rows of `brief` and `brief_told` are
 * written with what they stand for.
 */
import type { BriefBounds } from '../domain/brief.ts';
import type { CaselessNotice } from '../domain/caseless-notices.ts';
import type { PersonId, PlainDate, UnitId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';
import { ringFeed } from './feed.ts';

/** How long the briefs of past mornings can be read. */
const KEPT = '400 days';

/**
 * Notes what is overdue, due today and due this week; what nobody owes is left out: answers that are a subject's to give, and tasks whose clock is paused. Uses task_open_by_due.
 * 100,000 open tasks: see docs/benchmarks.md. @returns false where the day has its brief already
 */
export async function makeBrief(db: Database, on: PlainDate, bounds: BriefBounds): Promise<boolean> {
  const [made] = await db.$queryRaw<{ on_date: Date }[]>`
    with made as (
      insert into brief (on_date, made_at) values (${on}::date, ${bounds.overdue}::timestamptz) on conflict do nothing returning on_date),
    items as (
      insert into brief_item (on_date, due_at, task_id, case_id, unit_id, span, level)
      select made.on_date, t.due_at, t.id, t.case_id, t.unit_id,
             case when t.due_at <= ${bounds.overdue}::timestamptz then 'overdue' when t.due_at <= ${bounds.today}::timestamptz then 'today' else 'week' end, t.level
        from made, task t
       where t.state = 'open' and t.due_at <= ${bounds.week}::timestamptz and t.paused_at is null and t.role <> 'subject'),
    gone as (delete from brief where on_date < ${on}::date - ${KEPT}::interval)
    select on_date from made`;
  // Everybody reads it at once, before the database has seen by itself that it is there.
  if (made !== undefined) await db.$executeRaw`analyze brief_item`;
  return made !== undefined;
}

/** When the brief of a day was made, or null. */
export async function briefMadeAt(db: Database, on: PlainDate): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ madeAt: Date }[]>`select made_at as "madeAt" from brief where on_date = ${on}::date`;
  return row?.madeAt ?? null;
}

export interface BriefReceiver {
  readonly person: PersonId;
  /** Units that they lead; none for the supervision desk, which gets the whole bureau. */
  readonly units: readonly { readonly id: UnitId; readonly name: string }[];
}

/** Unit leaders, acting ones included, and the supervision desk; without those who know of the day's brief already. Uses role_grant_by_role. */
export const briefReceivers = (db: Database, on: PlainDate, at: Date): Promise<BriefReceiver[]> => db.$queryRaw<BriefReceiver[]>`
  select p.id as person,
         case when bool_or(g.role = 'supervision-desk') then '[]'::json
              else json_agg(distinct jsonb_build_object('id', u.id, 'name', u.name)) end as units
    from role_grant g join person p on p.id = g.person_id and (p.left_at is null or p.left_at > ${at})
    join unit u on u.id = g.unit_id and (u.dissolved_at is null or u.dissolved_at > ${at})
   where g.role in ('unit-leader', 'supervision-desk') and g.starts_at <= ${at} and g.ends_at > ${at}
     and not exists (select 1 from brief_told told where told.on_date = ${on}::date and told.person_id = p.id)
   group by p.id order by p.id`;

/** Tells one person, in the inbox and over the channels that they want briefs by; whoever was told already is not told again. */
export async function tellBrief(db: Database, person: PersonId, notice: CaselessNotice & { kind: 'brief' }, at: Date): Promise<void> {
  await db.$executeRaw`
    with told as (insert into brief_told (on_date, person_id) values (${notice.on}::date, ${person}) on conflict do nothing returning person_id),
    notices as (
      insert into notice (person_id, kind, topic, at, facts) select person_id, 'brief', 'brief', ${at}, ${JSON.stringify(notice)}::jsonb from told returning id, person_id, at),
    deliveries as (
      insert into delivery (notice_id, person_id, channel, state, queued_at)
      select n.id, n.person_id, c.kind, 'queued', n.at from notices n join channel c on c.person_id = n.person_id and 'brief' = any (c.topics))
    insert into feed (at, kind, person_id) select at, 'notification', person_id from notices`;
  ringFeed(db);
}
