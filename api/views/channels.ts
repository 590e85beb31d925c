import { z } from 'zod';
import { type ChannelKind, channelKinds, noticeTopics, usualTopics } from '../../domain/channels.ts';
import { Instant } from '../../domain/ids.ts';
import type { NoticePreference } from '../../domain/quiet-hours.ts';
import type { Channel, ChannelState } from '../../store/channels.ts';

const email = z
  .email()
  .max(254)
  .regex(/^[^@]{1,64}@/)
  .meta({ title: '电子邮件', 'x-title': { zh: '电子邮件', en: 'Mail' } });
const address = (zh: string, en: string) =>
  z
    .url({ protocol: /^https?$/ })
    .max(500)
    .meta({ title: zh, 'x-title': { zh, en } });
const DingTalk = z.strictObject({
  url: address('钉钉群机器人地址', 'Address of a DingTalk group robot'),
  /** Of its security setting 加签. */
  secret: z.string().min(1).max(200).nullish(),
});
const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ examples: ['22:00'] });
const Topics = z.partialRecord(z.enum(channelKinds), z.array(z.enum(noticeTopics)).max(noticeTopics.length));
const QuietHours = z.strictObject({
  from: TimeOfDay.nullable(),
  to: TimeOfDay.nullable(),
  /** Whole days off, by the bureau's calendar. */
  daysOff: z.boolean(),
});

const kinds = {
  email: email.nullish(),
  webhook: address('Webhook 地址', 'Address of a webhook').nullish(),
  wecom: address('企业微信群机器人地址', 'Address of a WeCom group robot').nullish(),
  dingtalk: DingTalk.nullish(),
};

/** Channels are set as a whole: one that is not named goes. Settings that are not named stay; null takes them away. */
export const NewChannels = z.strictObject({
  ...kinds,
  /** What goes over which channel; the usual unless named. */
  topics: Topics.optional(),
  quietHours: QuietHours.nullish(),
  /** Everything in one message a day, at this time of the bureau's clock; null for at once. */
  digestAt: TimeOfDay.nullish(),
});
export type NewChannels = z.output<typeof NewChannels>;

export const ChannelsView = z.object({
  ...kinds,
  topics: Topics,
  quietHours: QuietHours.nullable(),
  digestAt: TimeOfDay.nullable(),
  /** Channels whose last tries failed. */
  failing: z.array(z.object({ channel: z.enum(channelKinds), since: Instant, error: z.string() })),
});

/** @param before channels as they are, whose topics stay where none are named */
export const channelsFrom = (body: NewChannels, before: readonly Channel[]): Channel[] =>
  channelKinds.flatMap((kind) => {
    const given = body[kind];
    if (given === null || given === undefined) return [];
    const to =
      typeof given === 'string' ? { address: given } : { address: given.url, ...(given.secret != null && { secret: given.secret }) };
    const topics = body.topics?.[kind] ?? before.find((each) => each.kind === kind)?.topics ?? usualTopics(kind);
    return [{ kind, ...to, topics }];
  });

export const preferenceFrom = ({ quietHours, digestAt }: NewChannels, before: NoticePreference): NoticePreference => ({
  ...(quietHours === undefined
    ? { quiet: before.quiet, quietDaysOff: before.quietDaysOff }
    : { quiet: quietFrom(quietHours), quietDaysOff: quietHours?.daysOff ?? false }),
  digestAt: digestAt === undefined ? before.digestAt : minutesOf(digestAt),
});

const quietFrom = (hours: NewChannels['quietHours']): NoticePreference['quiet'] => {
  const [from, to] = [minutesOf(hours?.from ?? null), minutesOf(hours?.to ?? null)];
  return from === null || to === null ? null : { from, to };
};

const minutesOf = (time: string | null): number | null => (time === null ? null : Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));

const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

export function channelsView(channels: readonly ChannelState[], { quiet, quietDaysOff, digestAt }: NoticePreference) {
  const addressOf = (kind: ChannelKind) => channels.find((each) => each.kind === kind)?.address ?? null;
  const dingtalk = channels.find(({ kind }) => kind === 'dingtalk');
  return {
    email: addressOf('email'),
    webhook: addressOf('webhook'),
    wecom: addressOf('wecom'),
    dingtalk: dingtalk ? { url: dingtalk.address, secret: dingtalk.secret ?? null } : null,
    topics: Object.fromEntries(channels.map(({ kind, topics }) => [kind, topics])),
    quietHours:
      quiet || quietDaysOff
        ? { from: quiet ? timeOf(quiet.from) : null, to: quiet ? timeOf(quiet.to) : null, daysOff: quietDaysOff }
        : null,
    digestAt: digestAt === null ? null : timeOf(digestAt),
    failing: channels.flatMap(({ kind, failingSince, error }) =>
      failingSince === null ? [] : [{ channel: kind, since: failingSince.toISOString(), error: error ?? '' }],
    ),
  };
}
