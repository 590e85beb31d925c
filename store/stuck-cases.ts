import type { CaseNumber } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** The engine has no workflow of the case; it has one that ended; it has one that can't take its next step. */
export const stuckKinds = ['missing', 'ended', 'failing'] as const;
export type StuckKind = (typeof stuckKinds)[number];

export interface Look {
  readonly number: CaseNumber;
  /** Null where the case's workflow goes on. */
  readonly kind: StuckKind | null;
}

/** Notes what was found at these cases, and forgets what was found before at those that go on. @returns the stuck ones among them that are open still */
export async function noteLooks(db: Database, looks: readonly Look[], at: Date): Promise<CaseNumber[]> {
  const rows = await db.$queryRaw<{ number: CaseNumber }[]>`
    with look as (
      select c.id, c.number, l.kind
        from jsonb_to_recordset(${JSON.stringify(looks)}::jsonb) as l(number text, kind text) join "case" c using (number)
       where c.state <> 'closed'),
    freed as (delete from stuck_case where case_id in (select id from look where kind is null))
    insert into stuck_case as s (case_id, kind, since, seen_at)
    select id, kind, ${at}, ${at} from look where kind is not null order by id
    on conflict (case_id) do update set
      kind = excluded.kind, seen_at = excluded.seen_at, looks = s.looks + 1,
      since = case when s.kind = excluded.kind then s.since else excluded.since end
    returning (select number from look where look.id = s.case_id) as number`;
  return rows.map(({ number }) => number);
}

/** Those that have closed since are not stuck. */
export const forgetClosed = (db: Database): Promise<number> =>
  db.$executeRaw`delete from stuck_case s using "case" c where c.id = s.case_id and c.state = 'closed'`;

export const forgetStuck = (db: Database, number: CaseNumber): Promise<number> =>
  db.$executeRaw`delete from stuck_case s using "case" c where c.id = s.case_id and c.number = ${number}`;

export interface StuckCase {
  readonly number: CaseNumber;
  readonly kind: StuckKind;
  /** When it was first found so. */
  readonly since: Date;
  readonly seenAt: Date;
  /** How often it was found so. */
  readonly looks: number;
  /** When the case last took a step. */
  readonly movedAt: Date | null;
}

/** Longest stuck first. Few rows: a bureau in good health has none. */
export const stuckCases = (
  db: Database,
  { number, limit }: { readonly number?: CaseNumber; readonly limit: number },
): Promise<StuckCase[]> =>
  db.$queryRaw<StuckCase[]>`
    select c.number, s.kind, s.since, s.seen_at as "seenAt", s.looks, (select max(at) from case_step where case_id = c.id) as "movedAt"
      from stuck_case s join "case" c on c.id = s.case_id
     where c.state <> 'closed' and (${number ?? null}::text is null or c.number = ${number ?? null})
     order by s.since, c.id limit ${limit}`;

/** How many there are, by kind. */
export const stuckCounts = (db: Database): Promise<{ kind: StuckKind; count: number }[]> =>
  db.$queryRaw`select kind, count(*)::integer as count from stuck_case group by kind`;
