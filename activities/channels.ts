import { dingtalkRobot, wecomRobot } from '../platform/group-robots.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import { mailer } from '../platform/mailer.ts';
import { receivers } from '../platform/receivers.ts';
import { webhook } from '../platform/webhook.ts';
import type { Channels } from './carry.ts';

export interface ChannelSettings {
  readonly smtpUrl: string | undefined;
  readonly internalReceivers: readonly string[];
}

/** The ways to reach people that this worker has. */
export function channelsFor(ring: KeyRing, { smtpUrl, internalReceivers }: ChannelSettings): Channels {
  const allowed = receivers(internalReceivers);
  return {
    webhook: webhook(ring, allowed),
    wecom: wecomRobot(allowed),
    dingtalk: dingtalkRobot(allowed),
    ...(smtpUrl !== undefined && { email: mailer(smtpUrl) }),
  };
}
