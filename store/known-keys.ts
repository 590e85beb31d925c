import type { Bureau } from './bureau.ts';

export interface KnownKey {
  readonly id: string;
  /** Whether new data is sealed and signed with it; the others only open what is old. */
  readonly isFirst: boolean;
  /** The first and the last checkpoint that it signed; null where it has signed none. */
  readonly signedFrom: Date | null;
  readonly signedUntil: Date | null;
}

/** The keys of the ring by name, in order, and when each has signed. */
export async function knownKeys({ db, ring }: Pick<Bureau, 'db' | 'ring'>): Promise<KnownKey[]> {
  const signed = await db.$queryRaw<{ publicKey: string; from: Date; until: Date }[]>`
    select public_key as "publicKey", min(at) as "from", max(at) as until from record_checkpoint group by public_key`;
  return ring.ids.map((id, index) => {
    const by = signed.find(({ publicKey }) => publicKey === ring.signingKeys[index]?.publicKey);
    return { id, isFirst: index === 0, signedFrom: by?.from ?? null, signedUntil: by?.until ?? null };
  });
}
