import { dataHash, eventHash, genesisHash, whoHash } from '../domain/chain.ts';
import type { CaseNumber, Instant } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Transaction } from '../platform/database.ts';
import { type KeyRing, SealError } from '../platform/key-ring.ts';
import { type EventRow, eventContext } from './case-file.ts';
import { EventContent } from './event-content.ts';

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** `broken.kind`: `missing` a number is left out · `link` it does not follow the one before · `hash` altered · `data` its content was altered · `head` the case says that it ends elsewhere · `checkpoint` not what was signed. */
export type ChainReport =
  | { readonly ok: true; readonly events: number; readonly head: ChainHead }
  | { readonly ok: false; readonly events: number; readonly broken: { readonly seq: number; readonly kind: BrokenKind } };

export type BrokenKind = 'missing' | 'link' | 'hash' | 'data' | 'head' | 'checkpoint';

type ChainRow = Omit<EventRow, 'at'> & { readonly at: Date };

const PAGE = 2000;

/**
 * Recomputes every hash of a case's record, page by page, and says where it breaks. What a rule has removed does not break it.
 * @param signed the case's head as of the newest checkpoint: the chain must run through it
 */
export async function verifyChain(
  { db, ring }: { readonly db: Transaction; readonly ring: KeyRing },
  number: CaseNumber,
  signed: ChainHead | null = null,
): Promise<ChainReport> {
  const [row] = await db.$queryRaw<{ id: string; seq: number; hash: string }[]>`
    select id::text, head_seq as seq, head_hash as hash from "case" where number = ${number}`;
  let head: ChainHead = { seq: 0, hash: genesisHash };
  if (row === undefined) return { ok: false, events: 0, broken: { seq: 0, kind: 'missing' } };
  for (;;) {
    const page = await db.$queryRaw<ChainRow[]>(Prisma.sql`
      select e.seq, e.at, e.type, e.actor, e.actor_for as "actorFor", e.who_salt as "whoSalt", e.who_hash as "whoHash",
             e.task_id as task, e.data_hash as "dataHash", e.prev_hash as "prevHash", e.hash, d.sealed
        from event e left join event_data d on d.case_id = e.case_id and d.seq = e.seq
       where e.case_id = ${row.id}::bigint and e.seq > ${head.seq} and e.seq <= ${row.seq}
       order by e.seq limit ${PAGE}`);
    for (const event of page) {
      const kind = faultOf(event, { number, head, signed, ring });
      if (kind !== null) return { ok: false, events: head.seq, broken: { seq: head.seq + 1, kind } };
      head = { seq: event.seq, hash: event.hash };
    }
    if (page.length < PAGE) break;
  }
  if (signed !== null && signed.seq > head.seq) return { ok: false, events: head.seq, broken: { seq: head.seq + 1, kind: 'missing' } };
  const isWhole = head.seq === row.seq && head.hash === row.hash;
  return isWhole
    ? { ok: true, events: head.seq, head }
    : { ok: false, events: head.seq, broken: { seq: head.seq + 1, kind: head.seq < row.seq ? 'missing' : 'head' } };
}

interface Known {
  readonly number: CaseNumber;
  readonly head: ChainHead;
  readonly signed: ChainHead | null;
  readonly ring: KeyRing;
}

function faultOf(event: ChainRow, { number, head, signed, ring }: Known): BrokenKind | null {
  if (event.seq !== head.seq + 1) return 'missing';
  if (event.prevHash !== head.hash) return 'link';
  if (eventHash({ ...event, number, at: event.at.toISOString() as Instant }) !== event.hash) return 'hash';
  if (!whoMatches(event)) return 'hash';
  if (event.sealed !== null && !dataMatches(event, event.sealed, { number, ring })) return 'data';
  if (event.seq === signed?.seq && event.hash !== signed.hash) return 'checkpoint';
  return null;
}

/** Nobody stands where a rule has removed who it was. */
function whoMatches({ actor, actorFor, whoSalt, whoHash: expected }: ChainRow): boolean {
  if (expected === null) return true;
  if (actor === null || whoSalt === null) return actor === null && actorFor === null;
  return whoHash(whoSalt, actor, actorFor) === expected;
}

function dataMatches(
  { seq, dataHash: expected }: ChainRow,
  sealed: Uint8Array,
  { number, ring }: { number: CaseNumber; ring: KeyRing },
): boolean {
  try {
    const { salt, data } = EventContent.parse(ring.openJson('database', sealed, eventContext(number, seq)));
    return dataHash(salt, data) === expected;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}
