import { createHash } from 'node:crypto';
import type { CaseNumber, Instant } from './ids.ts';
import { leafHash } from './merkle.ts';

/**
 * What a checkpoint of the record signs:
 *
 *   "fivefold checkpoint 1\n" number "\n" at "\n" cases "\n" root "\n" previous
 *
 * `root`: of the Merkle tree (merkle.ts) whose leaves are `case "\n" seq "\n" hash` of the last event of each of the `cases` known by then, each at its place for good;
 * `previous`: hash of the checkpoint before, 64 zeros for the first. The checkpoint's hash is the SHA-256 of that text, its signature Ed25519 over it.
 */
export interface CheckpointContent {
  readonly number: number;
  readonly at: Instant;
  readonly cases: number;
  readonly root: string;
  readonly previous: string;
}

export interface Head {
  readonly number: CaseNumber;
  readonly seq: number;
  readonly hash: string;
}

export const checkpointText = ({ number, at, cases, root, previous }: CheckpointContent): string =>
  ['fivefold checkpoint 1', number, new Date(at).toISOString(), cases, root, previous].join('\n');

export const checkpointHash = (content: CheckpointContent): string => createHash('sha256').update(checkpointText(content)).digest('hex');

export const headLeaf = ({ number, seq, hash }: Head): string => leafHash(`${number}\n${seq}\n${hash}`);
