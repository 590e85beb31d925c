import { z } from 'zod';
import { type ChannelKind, channelKinds, type NoticeTopic, noticeTopics } from '../domain/channels.ts';
import type { PersonId } from '../domain/ids.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { Bureau } from './bureau.ts';

/** Where to, as it is kept: sealed. The secret signs what goes to a DingTalk robot. */
export const ChannelAddress = z.object({ address: z.string(), secret: z.string().optional() });
export type ChannelAddress = z.infer<typeof ChannelAddress>;

export interface Channel extends ChannelAddress {
  readonly kind: ChannelKind;
  readonly topics: readonly NoticeTopic[];
}

/** A channel as its owner sees it: also whether it works. */
export interface ChannelState extends Channel {
  readonly failingSince: Date | null;
  readonly error: string | null;
}

/** Where a person wants notices sent besides the inbox. */
export async function channelsOf({ db, ring }: Pick<Bureau, 'db' | 'ring'>, person: PersonId): Promise<ChannelState[]> {
  const rows = await db.channel.findMany({ where: { personId: person }, orderBy: { kind: 'asc' } });
  return rows.flatMap(({ kind, address, topics, failingSince, error }) => {
    const known = channelKinds.find((each) => each === kind);
    if (!known) return [];
    const wanted = noticeTopics.filter((topic) => topics.includes(topic));
    return [{ kind: known, ...openAddress(ring, address, { person, kind: known }), topics: wanted, failingSince, error }];
  });
}

/** Replaces all channels of a person. One whose address stays keeps what is known of it; what was queued for one that goes is given up. */
export async function setChannels(bureau: Pick<Bureau, 'db' | 'ring'>, person: PersonId, channels: readonly Channel[]): Promise<void> {
  const { db, ring } = bureau;
  const before = await channelsOf(bureau, person);
  const kinds = channels.map(({ kind }) => kind);
  await db.$transaction([
    db.channel.deleteMany({ where: { personId: person, kind: { notIn: kinds } } }),
    db.$executeRaw`
      update delivery set state = 'failed', error = 'channel-removed', ended_at = now() where person_id = ${person} and state = 'queued' and channel <> all (${kinds})`,
    ...channels.map(({ kind, address, secret, topics }) => {
      const old = before.find((each) => each.kind === kind);
      const isNew = old?.address !== address || old.secret !== secret;
      const sealed = ring.sealJson('database', { address, ...(secret !== undefined && { secret }) }, channelContext({ person, kind }));
      const fresh = { address: sealed, topics: [...topics], failingSince: null, error: null, failureTold: false };
      return db.channel.upsert({
        where: { personId_kind: { personId: person, kind } },
        create: { personId: person, kind, ...fresh },
        update: isNew ? fresh : { topics: [...topics] },
      });
    }),
  ]);
}

interface Owner {
  readonly person: PersonId;
  readonly kind: ChannelKind;
}

/** Earlier releases kept the bare address. */
export function openAddress(ring: KeyRing, sealed: Uint8Array, owner: Owner): ChannelAddress {
  const opened = ring.openJson('database', sealed, channelContext(owner));
  return typeof opened === 'string' ? { address: opened } : ChannelAddress.parse(opened);
}

const channelContext = ({ person, kind }: Owner): string => `channel ${person} ${kind}`;
