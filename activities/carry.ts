import type { ChannelKind } from '../domain/channels.ts';
import { sendableFrom } from '../domain/quiet-hours.ts';
import type { Logger } from '../platform/log.ts';
import { type Send, Undelivered } from '../platform/outbound.ts';
import type { Bureau } from '../store/bureau.ts';
import { bundle, type DueDelivery, type DueMail, giveBack, hold, markSent, markTried, tellFailure } from '../store/post.ts';
import { messageOf } from './compose.ts';

export type Channels = Readonly<Partial<Record<ChannelKind, Send>>>;

const minute = 60_000;
const hour = 60 * minute;
/** How long after each try the next one comes, in milliseconds: twelve tries over a day, then it stands as failed. */
const waits = [10_000, minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 4 * hour, 6 * hour, 6 * hour];
export const deliveryAttempts = waits.length + 1;

/** A receiver that answers slowly holds up what else goes to it, nobody else: after this time the rest waits for its next turn. */
const TURN_MS = 20_000;
/** Group robots take twenty messages a minute. */
const ROBOT_PAUSE_MS = 3000;

export interface Carrying {
  readonly bureau: Bureau;
  readonly channels: Channels;
  readonly log: Logger;
  /** Aborted when the worker ends: what was not begun is left to the next post. */
  readonly ending: AbortSignal;
}

const isRobot = (kind: ChannelKind): boolean => kind === 'wecom' || kind === 'dingtalk';

/**
 * Sends what is due over one channel, in order, and gives the channel back. What may not go out yet is held. A receiver that can't be reached counts as a try for everything that is due
 * there; a message that it refuses counts for that one.
 */
export async function carry(carrying: Carrying, mail: DueMail, begun: Date): Promise<void> {
  const { bureau, log, ending } = carrying;
  const { db } = bureau;
  const ready = await withoutHeld(bureau, mail, begun);
  const until = Date.now() + TURN_MS;
  let failure: Undelivered | null = null;
  let isTried = false;
  for (const message of await messagesOf(bureau, mail, ready)) {
    if (Date.now() > until || ending.aborted) break;
    const at = new Date();
    if (failure === null || failure.isOfThisMessage) failure = await sent(carrying, mail, message);
    isTried = true;
    if (failure === null) await markSent(db, message.deliveries, at);
    else await failed(bureau, mail, message.deliveries, failure);
  }
  if (failure) log.warn({ channel: mail.kind, failure: failure.message }, 'a channel did not take what was sent over it');
  const works = isTried ? failure === null : null;
  await giveBack(db, mail, {
    error: failure?.message ?? null,
    works,
    at: new Date(),
    pause: isTried && isRobot(mail.kind) ? ROBOT_PAUSE_MS : 0,
  });
}

/** @returns null once it is out. A fault of ours counts for its message only: it must not stop all that comes after it */
async function sent({ channels, log }: Carrying, mail: DueMail, { id, deliveries }: Bundle): Promise<Undelivered | null> {
  const send = channels[mail.kind];
  if (!send) return new Undelivered('not-configured');
  try {
    await send(messageOf(mail, deliveries, id));
    return null;
  } catch (error) {
    if (error instanceof Undelivered) return error;
    log.error({ err: error, delivery: id }, 'a message could not be made');
    return new Undelivered('fault', undefined, { cause: error });
  }
}

async function failed({ db }: Bureau, mail: DueMail, deliveries: readonly DueDelivery[], { message: error }: Undelivered): Promise<void> {
  const at = new Date();
  const tries = grouped(deliveries, ({ attempts }) => attempts);
  for (const [attempts, same] of tries) {
    const wait = waits[attempts];
    await markTried(db, same, { error, at, again: wait === undefined ? null : new Date(at.getTime() + wait) });
    if (wait === undefined) await tellFailure(db, mail, at);
  }
}

/** Emergencies pass; everything else waits for the end of quiet hours, or for the digest. */
async function withoutHeld({ db, policies }: Bureau, { deliveries, preference }: DueMail, at: Date): Promise<DueDelivery[]> {
  const { calendar } = policies.current;
  const untilOf = ({ urgent, held }: DueDelivery) => (urgent ? at.getTime() : sendableFrom(at.getTime(), preference, calendar, held));
  for (const [until, same] of grouped(deliveries, untilOf)) if (until > at.getTime()) await hold(db, same, new Date(until));
  return deliveries.filter((delivery) => untilOf(delivery) <= at.getTime());
}

interface Bundle {
  readonly id: string;
  readonly deliveries: readonly DueDelivery[];
}

/** One message each, but for what waited together and for robots: those say at once all that is due. */
async function messagesOf({ db }: Bureau, { kind }: DueMail, ready: readonly DueDelivery[]): Promise<Bundle[]> {
  const bundled = grouped(ready, (each) => each.bundle ?? (each.held || isRobot(kind) ? 'new' : each.id));
  const messages: Bundle[] = [];
  for (const [id, deliveries] of bundled) {
    const [first] = deliveries;
    if (first === undefined) continue;
    if (id === 'new' && deliveries.length > 1) await bundle(db, deliveries, first.id);
    messages.push({ id: id === 'new' ? first.id : id, deliveries });
  }
  return messages;
}

function grouped<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
