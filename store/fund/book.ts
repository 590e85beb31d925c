/*
 * The ledger of a fund (docs/decisions/0027-a-fund-is-a-ledger-in-the-record.md).
 *
 * Invariants
 * - Entries of one fund are written one after the other, under the lock of its row: numbers have no gaps, and each entry holds the hash of the one before.
 * - Postings of an entry sum to zero, and the bank account never goes below it: the database refuses both (constraints of 0160_fund_ledger), whatever is checked here for a clear answer.
 * - A payment is known by its case and which payment of it it is: it is booked once, in the transaction that completes the cashier's task.
 * - Nothing is changed or removed; what was wrong is reversed by an entry, at most once.
 */

import { type EntryKind, entryHash, type Postings, postingsOf, reversed, yuanOf } from '../../domain/fund.ts';
import type { CaseBooking } from '../../domain/fund-booking.ts';
import type { CaseNumber, PersonId, PlainDate } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { Transaction } from '../../platform/database.ts';

export interface Booking {
  readonly fund: string;
  readonly kind: EntryKind;
  readonly fen: bigint;
  readonly at: Date;
  readonly on: PlainDate;
  readonly case?: { readonly id: string; readonly number: CaseNumber };
  readonly nth?: number;
  /** The entry that it undoes. */
  readonly reverses?: { readonly no: bigint; readonly postings: Postings };
  readonly request?: string;
  readonly enteredBy: PersonId | null;
  readonly confirmedBy: PersonId | null;
}

/** @returns the number of the entry. @throws Problem `not-found` · `fund-short` where it takes more than there is · `month-closed` */
export async function book(tx: Transaction, booking: Booking): Promise<bigint> {
  const { fund, kind, fen, at, on, reverses, nth = null, enteredBy, confirmedBy } = booking;
  const [head] = await tx.$queryRaw<
    { entries: bigint; hash: string }[]
  >`select entries, head_hash as hash from fund where id = ${fund} for update`;
  if (head === undefined) throw new Problem('not-found');
  const postings = kind === 'reversal' ? reversed(reverses?.postings ?? []) : postingsOf(kind, fen);
  await demandOpenMonth(tx, fund, on);
  await demandMoney(tx, fund, postings);

  const no = head.entries + 1n;
  const entry = {
    fund,
    no,
    kind,
    at: at.toISOString(),
    bookedOn: on,
    fen,
    case: booking.case?.number ?? null,
    nth,
    reverses: reverses?.no ?? null,
  };
  const hash = entryHash({ ...entry, enteredBy, confirmedBy, postings, prevHash: head.hash });
  await tx.$executeRaw`
    insert into fund_entry (fund_id, no, kind, at, booked_on, fen, case_id, nth, reverses, request_id, entered_by, confirmed_by, prev_hash, hash)
    values (${fund}, ${no}, ${kind}, ${at}, ${on}::date, ${fen}, ${booking.case?.id ?? null}::bigint, ${nth}, ${reverses?.no ?? null}, ${booking.request ?? null}::bigint,
            ${enteredBy}, ${confirmedBy}, ${head.hash}, ${hash})`;
  for (const { account, fen: moved } of postings)
    await tx.$executeRaw`insert into fund_posting (fund_id, no, account, fen) values (${fund}, ${no}, ${account}, ${moved})`;
  await tx.$executeRaw`update fund set entries = ${no}, head_hash = ${hash} where id = ${fund}`;
  return no;
}

/** A month that is closed takes no entries; what belongs there is booked today. */
async function demandOpenMonth(tx: Transaction, fund: string, on: PlainDate): Promise<void> {
  const [closed] = await tx.$queryRaw<
    { month: string }[]
  >`select month from fund_month where fund_id = ${fund} and month >= ${on.slice(0, 7)} limit 1`;
  if (closed !== undefined) throw new Problem('month-closed');
}

async function demandMoney(tx: Transaction, fund: string, postings: Postings): Promise<void> {
  const taken = postings.find(({ account }) => account === 'bank')?.fen ?? 0n;
  const balance = await balanceOf(tx, fund);
  if (balance + taken >= 0n) return;
  const missing = yuanOf(-(balance + taken));
  throw new Problem('fund-short', {
    detail: {
      zh: `资金余额 ${yuanOf(balance)} 元，还差 ${missing} 元。请登记“资金不足”，有资金入账后继续支付。`,
      en: `The fund holds ¥${yuanOf(balance)}; ¥${missing} are missing. State that the fund is short: the payment goes on once money has come in.`,
    },
  });
}

export async function balanceOf(tx: Pick<Transaction, '$queryRaw'>, fund: string): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ balance: bigint }[]>`select balance from fund_account where fund_id = ${fund} and account = 'bank'`;
  if (row === undefined) throw new Problem('not-found');
  return row.balance;
}

export interface EntryOfCase {
  readonly case: { readonly id: string; readonly number: CaseNumber };
  readonly at: Date;
  readonly on: PlainDate;
  readonly by: PersonId | null;
}

/** What a task of a case books as it is completed. */
export async function bookForCase(tx: Transaction, booking: CaseBooking, { by, ...of }: EntryOfCase): Promise<bigint> {
  const { fund, nth } = booking;
  if (booking.kind === 'pay') {
    return book(tx, { ...of, fund, kind: 'payment', fen: BigInt(booking.fen), nth, enteredBy: by, confirmedBy: null });
  }
  const [paid] = await tx.$queryRaw<{ no: bigint }[]>`
    select no from fund_entry where fund_id = ${fund} and case_id = ${of.case.id}::bigint and nth = ${nth} and kind = 'payment'`;
  if (paid === undefined) throw new Error(`${of.case.number} has no payment ${nth} to be returned`);
  return reverse(tx, { ...of, fund, no: paid.no, enteredBy: by, confirmedBy: null });
}

type Reversing = Pick<Booking, 'fund' | 'at' | 'on' | 'enteredBy' | 'confirmedBy'> &
  Partial<Pick<Booking, 'case' | 'request'>> & { readonly no: bigint };

/** 冲正: the same postings the other way round, once. @throws Problem `not-found` · `already-decided` where it was reversed before, or is a reversal */
export async function reverse(tx: Transaction, { no, ...booking }: Reversing): Promise<bigint> {
  // Before it is looked at: two reversals at once come one after the other.
  await tx.$queryRaw`select from fund where id = ${booking.fund} for update`;
  const [entry] = await tx.$queryRaw<{ kind: EntryKind; fen: bigint; undone: boolean }[]>`
    select kind, fen, exists (select 1 from fund_entry r where r.fund_id = e.fund_id and r.reverses = e.no) as undone
      from fund_entry e where fund_id = ${booking.fund} and no = ${no}`;
  if (entry === undefined) throw new Problem('not-found');
  if (entry.undone || entry.kind === 'reversal') throw new Problem('already-decided');
  const postings =
    await tx.$queryRaw<Postings>`select account, fen from fund_posting where fund_id = ${booking.fund} and no = ${no} order by account`;
  return book(tx, { ...booking, kind: 'reversal', fen: entry.fen, reverses: { no, postings } });
}
