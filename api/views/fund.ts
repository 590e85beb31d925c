import { z } from 'zod';
import { entryKinds, yuanOf } from '../../domain/fund.ts';
import { CaseNumber, Instant, PersonId, PlainDate } from '../../domain/ids.ts';
import type { Reconciliation } from '../../store/fund/reconcile.ts';
import { type FundRequest, requestStates } from '../../store/fund/requests.ts';
import type { EntryRow, FundRow } from '../../store/lists/fund.ts';
import type { Sheet } from '../sheet.ts';

/** Yuan, as text with two decimals: no sum is ever rounded by whoever reads it. */
const Amount = z.string().regex(/^-?\d+\.\d\d$/);

export const FundView = z.object({
  id: z.string(),
  name: z.string(),
  balance: Amount,
  entries: z.int(),
  openRequests: z.int(),
  closedThrough: z.string().nullable(),
});

export const fundView = ({ balance, entries, ...row }: FundRow) => ({ ...row, balance: yuanOf(balance), entries: Number(entries) });

export const EntryView = z.object({
  no: z.int(),
  kind: z.enum(entryKinds),
  at: Instant,
  bookedOn: PlainDate,
  amount: Amount,
  /** What it does to the balance. */
  moved: Amount,
  case: CaseNumber.nullable(),
  reverses: z.int().nullable(),
  reversedBy: z.int().nullable(),
  enteredBy: PersonId.nullable(),
  confirmedBy: PersonId.nullable(),
  hash: z.string(),
});

const whole = (no: bigint | null): number | null => (no === null ? null : Number(no));

export const entryView = ({ no, at, fen, moved, reverses, reversedBy, ...row }: EntryRow) => ({
  ...row,
  no: Number(no),
  at: at.toISOString(),
  amount: yuanOf(fen),
  moved: yuanOf(moved),
  reverses: whole(reverses),
  reversedBy: whole(reversedBy),
});

const kinds = { contribution: '入账 Contribution', payment: '支付 Payment', reversal: '冲正 Reversal' };

export const entrySheet = (rows: readonly EntryRow[]): Sheet => ({
  name: '资金账',
  headings: [
    { zh: '序号', en: 'No' },
    { zh: '日期', en: 'Day' },
    { zh: '类别', en: 'Kind' },
    { zh: '收支（元）', en: 'Moved' },
    { zh: '件号', en: 'Case' },
    { zh: '冲正序号', en: 'Reverses' },
    { zh: '登记人', en: 'Entered by' },
    { zh: '确认人', en: 'Confirmed by' },
    { zh: '摘要值', en: 'Hash' },
  ],
  rows: rows.map((row) => [
    Number(row.no),
    row.bookedOn,
    kinds[row.kind],
    yuanOf(row.moved),
    row.case,
    whole(row.reverses),
    row.enteredBy,
    row.confirmedBy,
    row.hash,
  ]),
});

export const RequestView = z.object({
  id: z.string(),
  fund: z.string(),
  kind: z.enum(['contribution', 'reversal']),
  amount: Amount,
  reverses: z.int().nullable(),
  memo: z.unknown(),
  askedBy: PersonId,
  askedAt: Instant,
  state: z.enum(requestStates),
  decidedBy: PersonId.nullable(),
  decidedAt: Instant.nullable(),
  reasons: z.string().nullable(),
  entry: z.int().nullable(),
});

export const requestView = ({ fen, reverses, askedAt, decidedAt, entry, ...row }: FundRequest) => ({
  ...row,
  amount: yuanOf(fen),
  reverses: whole(reverses),
  askedAt: askedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  entry: whole(entry),
});

export const ReconciliationView = z.object({
  fund: z.string(),
  /** Nothing differs. */
  ok: z.boolean(),
  balance: Amount,
  months: z.array(
    z.object({
      month: z.string(),
      opening: Amount,
      contributions: Amount,
      payments: Amount,
      reversals: Amount,
      closing: Amount,
      entries: z.int(),
      closed: z.boolean(),
    }),
  ),
  differences: z.array(
    z.object({
      kind: z.enum(['balance', 'unbalanced', 'chain', 'case', 'unpaid', 'statement']),
      entry: z.int().nullable(),
      case: CaseNumber.nullable(),
      month: z.string().nullable(),
    }),
  ),
});

export const reconciliationView = ({ fund, balance, months, differences }: Reconciliation) => ({
  fund,
  ok: differences.length === 0,
  balance: yuanOf(balance),
  months: months.map(({ opening, contributions, payments, reversals, closing, ...row }) => ({
    ...row,
    opening: yuanOf(opening),
    contributions: yuanOf(contributions),
    payments: yuanOf(payments),
    reversals: yuanOf(reversals),
    closing: yuanOf(closing),
  })),
  differences: [...differences],
});
