import type { PersonId, PlainDate } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database, Transaction } from '../../platform/database.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import { inTransaction } from '../in-transaction.ts';
import { book, reverse } from './book.ts';

export const requestStates = ['open', 'booked', 'refused'] as const;

export interface FundRequest {
  readonly id: string;
  readonly fund: string;
  readonly kind: 'contribution' | 'reversal';
  readonly fen: bigint;
  readonly reverses: bigint | null;
  readonly memo: unknown;
  readonly askedBy: PersonId;
  readonly askedAt: Date;
  readonly state: (typeof requestStates)[number];
  readonly decidedBy: PersonId | null;
  readonly decidedAt: Date | null;
  readonly reasons: string | null;
  /** Number of the entry that came of it. */
  readonly entry: bigint | null;
}

interface Stored extends Omit<FundRequest, 'memo' | 'reasons'> {
  readonly memo: Uint8Array;
  readonly reasons: Uint8Array | null;
}

interface Deps {
  readonly db: Database;
  readonly ring: KeyRing;
}

const columns = Prisma.sql`
  select r.id::text, r.fund_id as fund, r.kind, r.fen, r.reverses, r.memo, r.asked_by as "askedBy", r.asked_at as "askedAt", r.state, r.decided_by as "decidedBy",
         r.decided_at as "decidedAt", r.reasons, (select e.no from fund_entry e where e.request_id = r.id) as entry
    from fund_request r`;

const context = (fund: string): string => `fund request ${fund}`;

interface Asked {
  readonly fund: string;
  readonly by: PersonId;
  readonly at: Date;
  /** The same person's same key asks once. */
  readonly key: string;
  readonly memo: unknown;
}

/** Money that came in, to be confirmed by a second person. @returns its id */
export const askContribution = ({ db, ring }: Deps, { fen, ...asked }: Asked & { readonly fen: bigint }): Promise<string> =>
  inTransaction(db, (tx) => ask(tx, ring, { ...asked, kind: 'contribution', fen, reverses: null }));

/** An entry that is to be undone. @throws Problem `not-found` */
export const askReversal = ({ db, ring }: Deps, { no, ...asked }: Asked & { readonly no: bigint }): Promise<string> =>
  inTransaction(db, async (tx) => {
    const [entry] = await tx.$queryRaw<{ fen: bigint }[]>`select fen from fund_entry where fund_id = ${asked.fund} and no = ${no}`;
    if (entry === undefined) throw new Problem('not-found');
    return ask(tx, ring, { ...asked, kind: 'reversal', fen: entry.fen, reverses: no });
  });

interface Asking extends Asked {
  readonly kind: FundRequest['kind'];
  readonly fen: bigint;
  readonly reverses: bigint | null;
}

async function ask(tx: Transaction, ring: KeyRing, { fund, by, at, key, memo, kind, fen, reverses }: Asking): Promise<string> {
  const [known] = await tx.$queryRaw<{ id: string }[]>`select id::text from fund where id = ${fund}`;
  if (known === undefined) throw new Problem('not-found');
  const sealed = ring.sealJson('database', memo, context(fund));
  await tx.$executeRaw`
    insert into fund_request (fund_id, kind, fen, reverses, memo, asked_by, asked_at, asked_key)
    values (${fund}, ${kind}, ${fen}, ${reverses}, ${sealed}, ${by}, ${at}, ${key}) on conflict (asked_by, asked_key) do nothing`;
  const [row] = await tx.$queryRaw<[{ id: string; fund: string; kind: string; fen: bigint; reverses: bigint | null }]>`
    select id::text, fund_id as fund, kind, fen, reverses from fund_request where asked_by = ${by} and asked_key = ${key}`;
  if (row.fund !== fund || row.kind !== kind || row.fen !== fen || row.reverses !== reverses) throw new Problem('idempotency-conflict');
  return row.id;
}

interface Deciding {
  readonly id: string;
  readonly by: PersonId;
  readonly at: Date;
  readonly on: PlainDate;
  /** Null where it is confirmed. */
  readonly refusal: string | null;
}

/**
 * The second person's decision; with a confirmation the entry is booked.
 * @throws Problem `not-found` · `needs-second-person` · `already-decided` · `fund-short` · `month-closed`
 */
export const decideRequest = ({ db, ring }: Deps, { id, by, at, on, refusal }: Deciding): Promise<void> =>
  inTransaction(db, async (tx) => {
    const [request] = await tx.$queryRaw<Stored[]>`${columns} where r.id = ${id}::bigint for update of r`;
    if (request === undefined) throw new Problem('not-found');
    if (request.state !== 'open') {
      // The same decision again changes nothing.
      if (request.decidedBy === by && (request.state === 'refused') === (refusal !== null)) return;
      throw new Problem('already-decided');
    }
    if (request.askedBy === by) throw new Problem('needs-second-person');
    const { fund, kind, fen, reverses, askedBy } = request;
    const booking = { fund, at, on, enteredBy: askedBy, confirmedBy: by, request: id };
    if (refusal === null && kind === 'contribution') await book(tx, { ...booking, kind, fen });
    if (refusal === null && reverses !== null) await reverse(tx, { ...booking, no: reverses });
    const reasons = refusal === null ? null : ring.sealJson('database', refusal, context(fund));
    await tx.$executeRaw`
      update fund_request set state = ${refusal === null ? 'booked' : 'refused'}, decided_by = ${by}, decided_at = ${at}, reasons = ${reasons} where id = ${id}::bigint`;
  });

/** Newest first, at most 200. Uses fund_request_pkey. */
export async function requestsOf({ db, ring }: Deps, fund: string, state?: FundRequest['state']): Promise<FundRequest[]> {
  const rows = await db.$queryRaw<
    Stored[]
  >`${columns} where r.fund_id = ${fund} and r.state = coalesce(${state ?? null}, r.state) order by r.id desc limit 200`;
  return rows.map((row) => opened(ring, row));
}

export async function readRequest({ db, ring }: Deps, id: string): Promise<FundRequest | null> {
  const [row] = await db.$queryRaw<Stored[]>`${columns} where r.id = ${id}::bigint`;
  return row === undefined ? null : opened(ring, row);
}

const opened = (ring: KeyRing, { memo, reasons, ...row }: Stored): FundRequest => ({
  ...row,
  memo: ring.openJson('database', memo, context(row.fund)),
  reasons: reasons === null ? null : (ring.openJson('database', reasons, context(row.fund)) as string),
});
