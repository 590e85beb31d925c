import { genesisHash } from '../domain/chain.ts';
import { merkleRoot } from '../domain/merkle.ts';
import type { Bureau } from './bureau.ts';
import { blockRoots, checkpoints, isOurs, type RecordCheckpoint } from './record-checkpoint.ts';

export interface VerifiedCheckpoint {
  readonly checkpoint: RecordCheckpoint;
  /** What it says is what a key of the ring signed. */
  readonly isOurs: boolean;
  /** It holds the hash of the one before. */
  readonly follows: boolean;
  /** Its root is that of the heads which are kept for it. */
  readonly hasRoot: boolean;
}

/** The newest checkpoint and whether it verifies by what is kept; null before the first. Whether the cases still continue it, the next checkpoint asks. */
export const verifiedCheckpoint = ({ db, ring }: Pick<Bureau, 'db' | 'ring'>): Promise<VerifiedCheckpoint | null> =>
  db.$transaction(
    async (tx) => {
      const [newest, before] = await checkpoints(tx, { before: undefined, limit: 2 });
      if (newest === undefined) return null;
      const follows = newest.previous === (before?.hash ?? genesisHash) && newest.number === (before?.number ?? 0) + 1;
      return { checkpoint: newest, isOurs: isOurs(ring, newest), follows, hasRoot: merkleRoot(await blockRoots(tx)) === newest.root };
    },
    { isolationLevel: 'RepeatableRead' },
  );
