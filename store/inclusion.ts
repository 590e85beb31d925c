import type { CaseNumber } from '../domain/ids.ts';
import { merklePath } from '../domain/merkle.ts';
import { type Head, headLeaf } from '../domain/record-checkpoint.ts';
import type { Database } from '../platform/database.ts';
import { blockRoots, headsOfBlock, LEAVES_PER_BLOCK, newestCheckpoint, type RecordCheckpoint } from './record-checkpoint.ts';

/** That the newest checkpoint covers a case: from the leaf of `head` at `index`, `path` leads to the checkpoint's root (domain/merkle.ts). */
export interface Inclusion {
  readonly checkpoint: RecordCheckpoint;
  readonly head: Head;
  readonly index: number;
  readonly path: readonly string[];
}

/** Null for a case that is younger than the newest checkpoint. Reads one block of heads and the roots of all blocks, in one snapshot. */
export const inclusionOf = (db: Database, number: CaseNumber): Promise<Inclusion | null> =>
  db.$transaction(
    async (tx) => {
      const checkpoint = await newestCheckpoint(tx);
      const [place] = await tx.$queryRaw<{ index: number }[]>`
        select position as index from record_head where number = ${number} order by checkpoint desc limit 1`;
      if (checkpoint === null || place === undefined) return null;
      const block = Math.floor(place.index / LEAVES_PER_BLOCK);
      const heads = await headsOfBlock(tx, block);
      const head = heads[place.index % LEAVES_PER_BLOCK];
      if (head === undefined) throw new Error(`the head of ${number} is not in its block`);
      const inBlock = merklePath(heads.map(headLeaf), place.index % LEAVES_PER_BLOCK);
      const overBlocks = merklePath(await blockRoots(tx), block);
      return { checkpoint, head, index: place.index, path: [...inBlock, ...overBlocks] };
    },
    { isolationLevel: 'RepeatableRead' },
  );
