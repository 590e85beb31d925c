import { type ChainedEntry, entryHash, type FundAccount } from '../../domain/fund.ts';
import type { CaseNumber, PersonId, PlainDate } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { Database, Transaction } from '../../platform/database.ts';
import { inTransaction } from '../in-transaction.ts';

/** What does not agree in the books of a fund. */
export interface Difference {
  /** `balance`: a kept balance is not what its postings sum to · `unbalanced`: an entry · `chain`: an entry was changed, or one is missing · `case`: a payment whose case knows nothing of it · `unpaid`: a case that closed as paid and was not · `statement`: a closed month. */
  readonly kind: 'balance' | 'unbalanced' | 'chain' | 'case' | 'unpaid' | 'statement';
  readonly entry: number | null;
  readonly case: CaseNumber | null;
  readonly month: string | null;
}

export interface MonthFigures {
  readonly month: string;
  readonly opening: bigint;
  readonly contributions: bigint;
  readonly payments: bigint;
  /** Of both, what was undone: above zero where more payments were. */
  readonly reversals: bigint;
  readonly closing: bigint;
  readonly entries: number;
  readonly closed: boolean;
}

export interface Reconciliation {
  readonly fund: string;
  readonly balance: bigint;
  readonly months: readonly MonthFigures[];
  readonly differences: readonly Difference[];
}

/** Everything in the ledger of a fund against everything that must agree with it. Reads all of it. @throws Problem `not-found` */
export async function reconcile(db: Pick<Database, '$queryRaw'>, fund: string): Promise<Reconciliation> {
  const [kept] = await db.$queryRaw<{ balance: bigint }[]>`select balance from fund_account where fund_id = ${fund} and account = 'bank'`;
  if (kept === undefined) throw new Problem('not-found');
  const found = [
    await keptBalances(db, fund),
    await unbalanced(db, fund),
    await brokenChain(db, fund),
    await unknownPayments(db, fund),
    await unpaidCases(db, fund),
    await wrongMonths(db, fund),
  ];
  return { fund, balance: kept.balance, months: await monthsOf(db, fund), differences: found.flat() };
}

type Reading = Pick<Database, '$queryRaw'>;
const difference = (kind: Difference['kind'], of: Partial<Difference> = {}): Difference => ({
  kind,
  entry: null,
  case: null,
  month: null,
  ...of,
});

async function keptBalances(db: Reading, fund: string): Promise<Difference[]> {
  const wrong = await db.$queryRaw<unknown[]>`
    select a.account from fund_account a where a.fund_id = ${fund}
       and a.balance <> (select coalesce(sum(fen), 0) from fund_posting p where p.fund_id = a.fund_id and p.account = a.account)`;
  return wrong.map(() => difference('balance'));
}

async function unbalanced(db: Reading, fund: string): Promise<Difference[]> {
  const wrong = await db.$queryRaw<{ no: number }[]>`
    select e.no::int as no from fund_entry e left join fund_posting p on p.fund_id = e.fund_id and p.no = e.no
     where e.fund_id = ${fund} group by e.no having count(p.account) < 2 or sum(p.fen) <> 0 order by 1`;
  return wrong.map(({ no }) => difference('unbalanced', { entry: no }));
}

interface EntryRow extends Omit<ChainedEntry, 'at' | 'postings'> {
  readonly at: Date;
  readonly hash: string;
  readonly postings: readonly { readonly account: FundAccount; readonly fen: string }[];
}

/** The first entry from which on the chain does not hold. */
async function brokenChain(db: Reading, fund: string): Promise<Difference[]> {
  const [head] = await db.$queryRaw<[{ entries: bigint; hash: string }]>`select entries, head_hash as hash from fund where id = ${fund}`;
  let [no, prevHash] = [0n, ''];
  for (;;) {
    const page = await db.$queryRaw<EntryRow[]>`
      select e.fund_id as fund, e.no, e.kind, e.at, e.booked_on::text as "bookedOn", e.fen, c.number as "case", e.nth, e.reverses, e.entered_by as "enteredBy",
             e.confirmed_by as "confirmedBy", e.hash, e.prev_hash as "prevHash",
             (select json_agg(json_build_object('account', account, 'fen', fen::text)) from fund_posting p where p.fund_id = e.fund_id and p.no = e.no) as postings
        from fund_entry e left join "case" c on c.id = e.case_id where e.fund_id = ${fund} and e.no > ${no} order by e.no limit 1000`;
    for (const { at, hash, postings, ...entry } of page) {
      const moved = (postings ?? []).map(({ account, fen }) => ({ account, fen: BigInt(fen) }));
      const right = entryHash({ ...entry, at: at.toISOString(), postings: moved });
      if (entry.no !== no + 1n || entry.prevHash !== prevHash || right !== hash) return [difference('chain', { entry: Number(no + 1n) })];
      [no, prevHash] = [entry.no, hash];
    }
    if (page.length < 1000) break;
  }
  return no === head.entries && prevHash === head.hash ? [] : [difference('chain', { entry: Number(no + 1n) })];
}

/** Uses event_pkey through the case. */
async function unknownPayments(db: Reading, fund: string): Promise<Difference[]> {
  const wrong = await db.$queryRaw<{ no: number; case: CaseNumber }[]>`
    select e.no::int as no, c.number as "case" from fund_entry e join "case" c on c.id = e.case_id
     where e.fund_id = ${fund} and not exists (
       select 1 from event v where v.case_id = e.case_id and v.at = e.at and v.type = case e.kind when 'payment' then 'fund-paid' else 'fund-returned' end)
       and (e.kind = 'payment' or e.request_id is null)
     order by 1`;
  return wrong.map(({ no, case: number }) => difference('case', { entry: no, case: number }));
}

async function unpaidCases(db: Reading, fund: string): Promise<Difference[]> {
  const wrong = await db.$queryRaw<{ number: CaseNumber }[]>`
    select c.number from "case" c where c.process = ${fund} and c.state = 'closed' and c.outcome = 'paid' and not exists (
      select 1 from fund_entry e where e.case_id = c.id and e.kind = 'payment') order by 1`;
  return wrong.map(({ number }) => difference('unpaid', { case: number }));
}

async function wrongMonths(db: Reading, fund: string): Promise<Difference[]> {
  const wrong = await db.$queryRaw<{ month: string }[]>`
    select m.month from fund_month m where m.fund_id = ${fund} and m.closing <> (
      select coalesce(sum(p.fen), 0) from fund_entry e join fund_posting p on p.fund_id = e.fund_id and p.no = e.no
       where e.fund_id = m.fund_id and p.account = 'bank' and to_char(e.booked_on, 'YYYY-MM') <= m.month) order by 1`;
  return wrong.map(({ month }) => difference('statement', { month }));
}

async function monthsOf(db: Reading, fund: string): Promise<MonthFigures[]> {
  const rows = await db.$queryRaw<(Omit<MonthFigures, 'opening' | 'closing'> & { moved: bigint })[]>`
    select to_char(e.booked_on, 'YYYY-MM') as month, sum(p.fen)::bigint as moved, count(*)::int as entries,
           coalesce(sum(p.fen) filter (where e.kind = 'contribution'), 0)::bigint as contributions,
           coalesce(-sum(p.fen) filter (where e.kind = 'payment'), 0)::bigint as payments,
           coalesce(sum(p.fen) filter (where e.kind = 'reversal'), 0)::bigint as reversals,
           exists (select 1 from fund_month m where m.fund_id = ${fund} and m.month >= to_char(min(e.booked_on), 'YYYY-MM')) as closed
      from fund_entry e join fund_posting p on p.fund_id = e.fund_id and p.no = e.no and p.account = 'bank'
     where e.fund_id = ${fund} group by 1 order by 1`;
  let closing = 0n;
  return rows.map(({ moved, ...row }) => {
    const opening = closing;
    closing += moved;
    return { ...row, opening, closing };
  });
}

interface Closing {
  readonly fund: string;
  readonly month: string;
  /** What the bank's statement of that month ends with, in fen. */
  readonly statement: bigint;
  readonly by: PersonId;
  readonly at: Date;
  /** The bureau's day: the month in hand can't be closed. */
  readonly on: PlainDate;
}

/**
 * 月末结账. Repeating it with the same statement changes nothing.
 * @throws Problem `not-found` · `not-now` for a month that is not over · `month-closed` · `books-differ` where the books or the statement do not agree
 */
export const closeMonth = (db: Database, { fund, month, statement, by, at, on }: Closing): Promise<void> =>
  inTransaction(db, async (tx: Transaction) => {
    const [head] = await tx.$queryRaw<
      { entries: bigint; hash: string }[]
    >`select entries, head_hash as hash from fund where id = ${fund} for update`;
    if (head === undefined) throw new Problem('not-found');
    if (month >= on.slice(0, 7)) throw new Problem('not-now');
    const [later] = await tx.$queryRaw<{ month: string; statement: bigint }[]>`
      select month, statement from fund_month where fund_id = ${fund} and month >= ${month} order by month limit 1`;
    if (later?.month === month && later.statement === statement) return;
    if (later !== undefined) throw new Problem('month-closed');
    const { months, differences } = await reconcile(tx, fund);
    const closing = months.findLast((each) => each.month <= month)?.closing ?? 0n;
    if (differences.length > 0 || closing !== statement) throw new Problem('books-differ');
    await tx.$executeRaw`
      insert into fund_month (fund_id, month, closing, statement, entries, head_hash, closed_at, closed_by)
      values (${fund}, ${month}, ${closing}, ${statement}, ${head.entries}, ${head.hash}, ${at}, ${by})`;
  });
