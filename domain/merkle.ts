import { createHash } from 'node:crypto';

/*
 * A Merkle tree as RFC 6962 §2.1 has it, all hashes as lower-case hex of SHA-256: a leaf is hashed behind a byte 0, a pair of nodes behind a byte 1, and a node
 * without a partner goes up as it is. A block of 2^k leaves at a multiple of 2^k is a subtree: the root over the roots of such blocks is the root over their leaves.
 */

export const leafHash = (text: string): string => sha256(0, Buffer.from(text));

/** @param nodes hashes of leaves or of equal blocks, in order; the last block may be shorter */
export function merkleRoot(nodes: readonly string[]): string {
  let level = nodes;
  while (level.length > 1) level = parents(level);
  return level[0] ?? createHash('sha256').digest('hex');
}

/** The hashes that lead from the node at `index` to the root. */
export function merklePath(nodes: readonly string[], index: number): string[] {
  const path: string[] = [];
  for (let [level, at] = [nodes, index]; level.length > 1; [level, at] = [parents(level), at >> 1]) {
    const partner = level[at ^ 1];
    if (partner !== undefined) path.push(partner);
  }
  return path;
}

/** The root to which a path leads from a leaf, given its place and the number of leaves. */
export function rootOfPath(leaf: string, { index, size, path }: { index: number; size: number; path: readonly string[] }): string {
  const partners = path.values();
  let node = leaf;
  for (let [at, count] = [index, size]; count > 1; [at, count] = [at >> 1, (count + 1) >> 1]) {
    if ((at ^ 1) >= count) continue;
    const partner = partners.next().value ?? '';
    node = at % 2 === 0 ? pairHash(node, partner) : pairHash(partner, node);
  }
  return node;
}

const parents = (level: readonly string[]): string[] =>
  Array.from({ length: (level.length + 1) >> 1 }, (_, index) => {
    const [left = '', right] = level.slice(2 * index, 2 * index + 2);
    return right === undefined ? left : pairHash(left, right);
  });

const pairHash = (left: string, right: string): string => sha256(1, Buffer.from(left + right, 'hex'));

const sha256 = (prefix: number, bytes: Uint8Array): string =>
  createHash('sha256').update(Uint8Array.of(prefix)).update(bytes).digest('hex');
