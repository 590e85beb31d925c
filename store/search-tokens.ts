import type { KeyRing } from '../platform/key-ring.ts';

/**
 * A blind index: titles are sealed, and what is searched are keyed hashes of their pairs of characters. Whoever reads the table learns neither text nor
 * words; whoever has the key can ask for the cases whose title has all pairs of a query.
 */
export const searchTokens = (ring: KeyRing, text: string): number[] => [
  ...new Set(pairs(text).map((pair) => token(ring.mac('search', pair)))),
];

/** One list of tokens per key of the ring, so that titles from before a rotation are found. Empty lists match nothing: the query is too short. */
export function queryTokens(ring: KeyRing, query: string): number[][] {
  const asked = pairs(query).map((pair) => ring.macs('search', pair));
  return ring.ids.map((_, key) => asked.flatMap((macs) => (macs[key] === undefined ? [] : [token(macs[key])])));
}

function pairs(text: string): string[] {
  const characters = [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim(),
  ];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** 31 bits of a MAC (`<key id>.<base64url>`): few enough for an integer array index, many enough to tell titles apart. */
const token = (mac: string): number => Buffer.from(mac.slice(mac.indexOf('.') + 1), 'base64url').readUInt32BE(0) >>> 1;
