import type { PersonId } from '../domain/ids.ts';
import type { Bureau } from './bureau.ts';

export const channelKinds = ['email', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export interface Channel {
  readonly kind: ChannelKind;
  readonly address: string;
}

/** Where a person wants notices sent besides the inbox. */
export async function channelsOf({ db, ring }: Bureau, person: PersonId): Promise<Channel[]> {
  const rows = await db.channel.findMany({ where: { personId: person }, orderBy: { kind: 'asc' } });
  return rows.flatMap(({ kind, address }) => {
    const known = channelKinds.find((each) => each === kind);
    return known ? [{ kind: known, address: String(ring.openJson('database', address, channelContext(person, known))) }] : [];
  });
}

/** Replaces all channels of a person. */
export async function setChannels({ db, ring }: Bureau, person: PersonId, channels: readonly Channel[]): Promise<void> {
  const rows = channels.map(({ kind, address }) => ({
    personId: person,
    kind,
    address: ring.sealJson('database', address, channelContext(person, kind)),
  }));
  await db.$transaction([db.channel.deleteMany({ where: { personId: person } }), db.channel.createMany({ data: rows })]);
}

export const channelContext = (person: PersonId, kind: ChannelKind): string => `channel ${person} ${kind}`;
