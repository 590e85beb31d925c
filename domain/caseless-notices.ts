import { z } from 'zod';
import { channelKinds } from './channels.ts';
import { dutyAdvice, dutyAdvices } from './duty-advice.ts';
import { PersonId, PlainDate, type Text, UnitId } from './ids.ts';

/** Notices that belong to no case, with what they state; kept with the notice. */
export const CaselessNotice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('brief'),
    on: PlainDate,
    /** None for the whole bureau. */
    units: z.array(z.object({ id: UnitId, name: z.string() })),
    overdue: z.int(),
    today: z.int(),
    week: z.int(),
    /** Units with so many overdue tasks that the policy sounds an alarm, those below them included; none in notices of before. */
    alarms: z.array(z.object({ name: z.string(), overdue: z.int() })).default([]),
  }),
  /** Whom it is about is shown where somebody signed in reads it, and never sent. */
  z.object({ kind: z.literal('duty-advice'), about: PersonId, advice: z.enum(dutyAdvices) }),
  z.object({ kind: z.literal('channel-failed'), channel: z.enum(channelKinds) }),
]);
export type CaselessNotice = z.infer<typeof CaselessNotice>;

const channelNames: Readonly<Record<(typeof channelKinds)[number], Text>> = {
  email: { zh: '电子邮件', en: 'mail' },
  webhook: { zh: 'Webhook', en: 'webhook' },
  wecom: { zh: '企业微信', en: 'WeCom' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
};

/** What such a notice says. */
export function caselessText(notice: CaselessNotice): Text {
  switch (notice.kind) {
    case 'brief': {
      const { on, overdue, today, week } = notice;
      const units = notice.units.map(({ name }) => name).join('、');
      const alarms = notice.alarms.map((alarm) => `${alarm.name} ${alarm.overdue}`).join('、');
      return {
        zh: `${on} 交办清单（${units || '全局'}）：逾期 ${overdue} 项，今日到期 ${today} 项，本周内到期 ${week} 项。${alarms && `逾期达到警戒线：${alarms}。`}`,
        en: `Daily brief of ${on} (${units || 'the whole bureau'}): ${overdue} overdue, ${today} due today, ${week} due later this week.${alarms && ` Alarm, too many overdue: ${alarms}.`}`,
      };
    }
    case 'duty-advice': {
      const { zh, en } = dutyAdvice[notice.advice];
      return {
        zh: `健康岗对您单位一名人员的勤务有建议：${zh}。请登录查看是谁；不必也不得追问缘由。`,
        en: `The health desk advises on the duties of one of your people: ${en}. Sign in to read of whom; nobody asks why.`,
      };
    }
    case 'channel-failed': {
      const { zh, en } = channelNames[notice.channel];
      return {
        zh: `通知渠道“${zh}”连续发送失败，有通知未能送达。请在“通知渠道”中检查地址。`,
        en: `Your channel “${en}” keeps failing and a notice could not be delivered. Check its address under “Where notices are sent”.`,
      };
    }
  }
}
