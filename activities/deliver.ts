import { Context } from '@temporalio/activity';
import { noticeText } from '../domain/notice-texts.ts';
import type { OutboundMessage, Send } from '../platform/outbound.ts';
import type { ChannelKind } from '../store/channels.ts';
import { type DueDelivery, dueDeliveries, markSent, markTried } from '../store/deliveries.ts';
import { processOf } from '../workflows/definitions.ts';
import { taskDefinition } from '../workflows/kit/tasks.ts';
import type { ActivityDeps } from './deps.ts';

export type DeliverActivities = ReturnType<typeof deliverActivities>;

/** How often a delivery is tried before it stands as failed; the kit spaces the tries from seconds to an hour apart. */
export const deliveryAttempts = 12;

export const deliverActivities = ({ bureau, channels }: ActivityDeps) => ({
  /** Sends what is still to be sent; what fails is tried again with the whole activity, what was sent is not sent twice. */
  async deliver(ids: readonly string[]): Promise<void> {
    const isLast = Context.current().info.attempt >= deliveryAttempts;
    const failed: string[] = [];
    for (const due of await dueDeliveries(bureau, ids)) {
      const error = await sent(channels, due);
      if (error === null) await markSent(bureau.db, due.id);
      else await markTried(bureau.db, due.id, error, isLast);
      if (error !== null) failed.push(due.id);
    }
    if (failed.length > 0 && !isLast) throw new Error(`${failed.length} of ${ids.length} deliveries failed`);
  },
});

/** @returns null once it is out, else why it isn't */
async function sent(channels: Partial<Record<ChannelKind, Send>>, due: DueDelivery): Promise<string | null> {
  const send = channels[due.channel];
  if (!send) return `no ${due.channel} service is configured`;
  try {
    await send(messageOf(due));
    return null;
  } catch (error) {
    return error instanceof Error ? error.name : 'failed';
  }
}

/** Notices leave the house: no title, no form, no name. */
function messageOf({ id, address, kind, number, process, taskKey, locale, at }: DueDelivery): OutboundMessage {
  const definition = processOf(process);
  const task = taskKey ? taskDefinition(definition, taskKey).title : definition.title;
  const text = noticeText(kind, { number, process: definition.title, task })[locale];
  return {
    id,
    to: address,
    subject: `${definition.title[locale]} ${number}`,
    text,
    facts: { case: number, kind, task: taskKey, at: at.toISOString(), text },
  };
}
