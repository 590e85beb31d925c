import type { TestBureau, TestCase } from '../bureau.ts';
import { until } from '../until.ts';

const approve = { decision: 'approve' };

/** A year's leave, and what was carried over from it. */
export const leaveStories = {
  'annual-leave-refused-once-and-carried-over': async (bureau) => {
    const year = Number((await bureau.today()).slice(0, 4));
    const day = (text: string, of = year + 1) => `${of}-${text}`;
    const c = await bureau.start('annual-leave', 'li', { year: 'next', workingSince: `${year - 3}-03-01` });
    const open = (key: string) =>
      until(async () => (await c.tasks()).some((task) => task.key === key && task.state === 'open'), `no ${key}`);
    const ask = (from: string, to: string) => c.complete('request', 'li', { action: 'ask', from, until: to });
    await open('confirm');
    const none = { schoolHolidays: 0, personalDays: 0, sickMonths: 0 };
    await c.complete('confirm', 'political-1', { workingSince: `${year - 3}-03-01`, takenBefore: 3, ...none });
    await c.complete('request', 'li', { action: 'plan', periods: [{ from: day('03-08'), until: day('03-09') }] });
    await ask(day('03-08'), day('03-08'));
    await c.complete('decide', 'leader-1', { decision: 'refuse', reasons: '安保。', from: day('03-09'), until: day('03-09') });
    await ask(day('03-09'), day('03-09'));
    await ask(day('03-10'), day('03-10'));
    await c.complete('change', 'li', { from: day('03-10') });
    await bureau.skip({ days: 366 + 31 });
    await open('carry-over');
    await c.complete('carry-over', 'leader-1', { finding: 'carried-over', reasons: '全年安保任务。' });
    await c.complete('agree', 'li', { agrees: true });
    await ask(day('03-08', year + 2), day('03-08', year + 2));
    await c.complete('decide', 'leader-1', approve);
    await bureau.skip({ days: 90 });
    return c;
  },
} satisfies Record<string, (bureau: TestBureau) => Promise<TestCase>>;
