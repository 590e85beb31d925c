/*
 * Checkpoints of the record: a signed statement of where the chain of every case ended, each holding the hash of the one before (format: domain/record-checkpoint.ts).
 *
 * Invariants
 * - A case has one leaf for good. Its head is kept for each checkpoint with which it changed, so that the tree of any checkpoint can be made again.
 * - Only what continues the last checkpoint is signed: its signature is ours, every case of it is there, and each chain still runs through the head that was signed to the one that the case names now.
 *   A vanished case, a cut-off tail or a chain written anew is reported, and there is no new checkpoint until someone has looked.
 * - One at a time: an advisory lock.
 */
import { genesisHash } from '../domain/chain.ts';
import type { CaseNumber, Instant } from '../domain/ids.ts';
import { merkleRoot } from '../domain/merkle.ts';
import { checkpointHash, checkpointText, type Head, headLeaf } from '../domain/record-checkpoint.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Transaction } from '../platform/database.ts';
import { isSignedBy } from '../platform/ed25519.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { Bureau } from './bureau.ts';

export const LEAVES_PER_BLOCK = 1024;
const CHECKPOINT_LOCK = 5_550_080;
/** The first checkpoint of a million cases takes about a minute. */
const LIMIT_MS = 600_000;
/** Faults are reported up to this number. */
const MOST_FAULTS = 100;

export interface RecordCheckpoint {
  readonly number: number;
  readonly at: Date;
  readonly cases: number;
  readonly root: string;
  readonly previous: string;
  readonly hash: string;
  readonly publicKey: string;
  readonly signature: string;
}

/** Why there is no new checkpoint: `signature` the last one is not ours · `vanished` the case is gone · `rewritten` its chain no longer runs through the signed head, or not to where the case says that it ends. */
export interface CheckpointFault {
  readonly kind: 'signature' | 'vanished' | 'rewritten';
  readonly number: CaseNumber | null;
}

export type CheckpointOutcome =
  | { readonly taken: RecordCheckpoint; readonly faults?: never }
  | { readonly taken: null; readonly faults: readonly CheckpointFault[] };

/** Signs where all chains end now, unless something does not continue the last checkpoint. */
export const takeCheckpoint = ({ db, ring }: Pick<Bureau, 'db' | 'ring'>, at: Date): Promise<CheckpointOutcome> =>
  db.$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(${CHECKPOINT_LOCK})`;
      const last = await newestCheckpoint(tx);
      if (last !== null && !isOurs(ring, last)) return { taken: null, faults: [{ kind: 'signature', number: null }] };
      const faults = await faultsSince(tx);
      return faults.length > 0 ? { taken: null, faults } : { taken: await signNext(tx, { ring, last, at }) };
    },
    { maxWait: 2000, timeout: LIMIT_MS },
  );

async function signNext(
  tx: Transaction,
  { ring, last, at }: { ring: KeyRing; last: RecordCheckpoint | null; at: Date },
): Promise<RecordCheckpoint> {
  const number = (last?.number ?? 0) + 1;
  const added = await addHeads(tx, number, last?.cases ?? 0);
  await addBlocks(tx, number);
  const blocks = await blockRoots(tx);
  const content = {
    number,
    at: at.toISOString() as Instant,
    cases: (last?.cases ?? 0) + added,
    root: merkleRoot(blocks),
    previous: last?.hash ?? genesisHash,
  };
  const [key] = ring.signingKeys;
  const signature = key.sign(checkpointText(content));
  const taken = { ...content, at, hash: checkpointHash(content), publicKey: key.publicKey, signature };
  await tx.$executeRaw`
    insert into record_checkpoint (number, at, cases, root, previous, hash, public_key, signature)
    values (${number}, ${at}, ${taken.cases}, ${taken.root}, ${taken.previous}, ${taken.hash}, ${taken.publicKey}, ${signature})`;
  return taken;
}

export async function newestCheckpoint(db: Transaction): Promise<RecordCheckpoint | null> {
  const [newest] = await checkpoints(db, { before: undefined, limit: 1 });
  return newest ?? null;
}

/** Checkpoints, newest first. */
export const checkpoints = (
  db: Transaction,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<RecordCheckpoint[]> =>
  db.$queryRaw(Prisma.sql`
    select number, at, cases, root, previous, hash, public_key as "publicKey", signature from record_checkpoint
     where ${before === undefined ? Prisma.sql`true` : Prisma.sql`number < ${before}`} order by number desc limit ${limit}`);

/** Signed by a key of the ring, over what stands there. */
export function isOurs(ring: KeyRing, { publicKey, signature, hash, at, ...rest }: RecordCheckpoint): boolean {
  const content = { ...rest, at: at.toISOString() as Instant };
  const isOurKey = ring.signingKeys.some((key) => key.publicKey === publicKey);
  return isOurKey && hash === checkpointHash(content) && isSignedBy(publicKey, checkpointText(content), signature);
}

/** The newest known head of every case beside the case as it stands; those that differ have changed, or were made to. Reads all cases once. */
const changed = Prisma.sql`
  select coalesce(k.number, c.number) as number, c.id, k.position, k.seq as known_seq, k.hash as known_hash, c.head_seq as seq, c.head_hash as hash
    from (select distinct on (number) number, position, seq, hash from record_head order by number, checkpoint desc) k
    full join "case" c on c.number = k.number
   where (k.seq, k.hash) is distinct from (c.head_seq, c.head_hash)`;

const faultsSince = (tx: Transaction): Promise<CheckpointFault[]> =>
  tx.$queryRaw(Prisma.sql`
    select number, case when id is null then 'vanished' else 'rewritten' end as kind
      from (${changed}) x
     where not exists (select 1 from event e where e.case_id = x.id and e.seq = x.seq and e.hash = x.hash)
        or position is not null
           and not exists (select 1 from event e where e.case_id = x.id and e.seq = x.known_seq and e.hash = x.known_hash and x.seq > x.known_seq)
     order by number limit ${MOST_FAULTS}`);

/** @returns how many cases are new */
async function addHeads(tx: Transaction, checkpoint: number, known: number): Promise<number> {
  const [row] = await tx.$queryRaw<[{ added: number }]>(Prisma.sql`
    with added as (
      insert into record_head (checkpoint, position, number, seq, hash)
      select ${checkpoint}, coalesce(position, ${known} - 1 + row_number() over (partition by position is null order by id))::integer, number, seq, hash
        from (${changed}) x where id is not null
      returning position)
    select count(*) filter (where position >= ${known})::integer as added from added`);
  return row.added;
}

async function addBlocks(tx: Transaction, checkpoint: number): Promise<void> {
  const touched = await tx.$queryRaw<{ block: number }[]>`
    select distinct position / ${LEAVES_PER_BLOCK}::integer as block from record_head where checkpoint = ${checkpoint} order by block`;
  for (const { block } of touched) {
    const root = merkleRoot((await headsOfBlock(tx, block)).map(headLeaf));
    await tx.$executeRaw`insert into record_block (checkpoint, block, root) values (${checkpoint}, ${block}, ${root})`;
  }
}

/** The newest heads of a block, by their places. Uses record_head_pkey. */
export const headsOfBlock = (tx: Transaction, block: number): Promise<Head[]> =>
  tx.$queryRaw`
    select distinct on (position) number, seq, hash from record_head
     where position >= ${block * LEAVES_PER_BLOCK} and position < ${(block + 1) * LEAVES_PER_BLOCK}
     order by position, checkpoint desc`;

export async function blockRoots(tx: Transaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ root: string }[]>`
    select distinct on (block) root from record_block order by block, checkpoint desc`;
  return rows.map(({ root }) => root);
}
