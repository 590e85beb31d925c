import { createHash } from 'node:crypto';
import { canonicalJson } from './chain.ts';
import type { CaseNumber, PersonId, PlainDate } from './ids.ts';

/** Accounts of a fund: money that it has, where it came from, what it was paid for. A posting above zero is a debit. */
export const fundAccounts = ['bank', 'contributions', 'aid'] as const;
export type FundAccount = (typeof fundAccounts)[number];

export const entryKinds = ['contribution', 'payment', 'reversal'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Whole fen by account; they sum to zero. */
export type Postings = readonly { readonly account: FundAccount; readonly fen: bigint }[];

export const postingsOf = (kind: Exclude<EntryKind, 'reversal'>, fen: bigint): Postings =>
  kind === 'contribution'
    ? [
        { account: 'bank', fen },
        { account: 'contributions', fen: -fen },
      ]
    : [
        { account: 'aid', fen },
        { account: 'bank', fen: -fen },
      ];

export const reversed = (postings: Postings): Postings => postings.map(({ account, fen }) => ({ account, fen: -fen }));

export interface ChainedEntry {
  readonly fund: string;
  readonly no: bigint;
  readonly kind: EntryKind;
  readonly at: string;
  readonly bookedOn: PlainDate;
  readonly fen: bigint;
  readonly case: CaseNumber | null;
  readonly nth: number | null;
  readonly reverses: bigint | null;
  readonly enteredBy: PersonId | null;
  readonly confirmedBy: PersonId | null;
  readonly postings: Postings;
  readonly prevHash: string;
}

/** SHA-256 over an entry with the hash of the one before. */
export const entryHash = ({ no, fen, reverses, postings, ...rest }: ChainedEntry): string => {
  const sorted = postings.map(({ account, fen: of }) => `${account} ${of}`).sort();
  const plain = { ...rest, no: String(no), fen: String(fen), reverses: reverses === null ? null : String(reverses), postings: sorted };
  return createHash('sha256').update(canonicalJson(plain)).digest('hex');
};

/** `1234.50` */
export const yuanOf = (fen: bigint): string => {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
