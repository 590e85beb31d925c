import type { EntryKind } from '../../domain/fund.ts';
import type { CaseNumber, PersonId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';

export interface FundRow {
  readonly id: string;
  readonly name: string;
  readonly balance: bigint;
  readonly entries: bigint;
  readonly openRequests: number;
  /** The last month that is closed. */
  readonly closedThrough: string | null;
}

export const listFunds = (db: Database): Promise<FundRow[]> =>
  db.$queryRaw<FundRow[]>`
    select f.id, f.name, a.balance, f.entries, (select count(*)::int from fund_request r where r.fund_id = f.id and r.state = 'open') as "openRequests",
           (select max(month) from fund_month m where m.fund_id = f.id) as "closedThrough"
      from fund f join fund_account a on a.fund_id = f.id and a.account = 'bank' order by f.id`;

export interface EntryRow {
  readonly no: bigint;
  readonly kind: EntryKind;
  readonly at: Date;
  readonly bookedOn: string;
  readonly fen: bigint;
  /** What it does to the balance. */
  readonly moved: bigint;
  readonly case: CaseNumber | null;
  readonly reverses: bigint | null;
  readonly reversedBy: bigint | null;
  readonly enteredBy: PersonId | null;
  readonly confirmedBy: PersonId | null;
  readonly hash: string;
}

export interface EntriesQuery {
  readonly fund: string;
  /** `2026-11` */
  readonly month?: string | undefined;
  readonly kind?: EntryKind | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first. Uses fund_entry_pkey or fund_entry_by_day. */
export const listEntries = (db: Database, { fund, month, kind, before, limit }: EntriesQuery): Promise<EntryRow[]> =>
  db.$queryRaw<EntryRow[]>(Prisma.sql`
    select e.no, e.kind, e.at, e.booked_on::text as "bookedOn", e.fen, p.fen as moved, c.number as "case", e.reverses,
           (select r.no from fund_entry r where r.fund_id = e.fund_id and r.reverses = e.no) as "reversedBy", e.entered_by as "enteredBy", e.confirmed_by as "confirmedBy", e.hash
      from fund_entry e join fund_posting p on p.fund_id = e.fund_id and p.no = e.no and p.account = 'bank' left join "case" c on c.id = e.case_id
     where e.fund_id = ${fund} ${month === undefined ? Prisma.empty : inMonth(month)}
       ${kind === undefined ? Prisma.empty : Prisma.sql`and e.kind = ${kind}`} ${before === undefined ? Prisma.empty : Prisma.sql`and e.no < ${before}`}
     order by e.no desc limit ${limit}`);

const inMonth = (month: string): Prisma.Sql =>
  Prisma.sql`and e.booked_on >= ${`${month}-01`}::date and e.booked_on < ${`${month}-01`}::date + interval '1 month'`;
