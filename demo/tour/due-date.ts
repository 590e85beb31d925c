import { z } from 'zod';
import type { TaskSeen, Visit } from './visit.ts';

const Text = z.object({ zh: z.string(), en: z.string() });
const Day = z.object({ date: z.string(), working: z.boolean(), counts: z.number().nullable(), name: Text.optional() });
const Explained = z.object({ dueAt: z.string(), explain: z.object({ from: z.string(), days: z.array(Day) }) });

/** The limits that the tour shows are days: shorter ones tell of a clock that is sped up. In milliseconds. */
const SPED_UP_BELOW_MS = 3_600_000;

/** Says when a task is due, and why, day by day. */
export async function explainDue({ bureau, teller }: Visit, who: string, task: TaskSeen): Promise<void> {
  const { dueAt, explain } = Explained.parse(await bureau.ask(who, `GET /tasks/${task.id}`));
  const lastsMs = Date.parse(dueAt) - Date.parse(explain.from);
  if (lastsMs < SPED_UP_BELOW_MS) {
    const seconds = (lastsMs / 1000).toFixed(1);
    return teller.outcome(
      `“${task.title.zh}”须在 ${seconds} 秒内办结（演示时钟）。`,
      `“${task.title.en}” is due within ${seconds} s (fast clock).`,
    );
  }
  const days = explain.days.map(dayText);
  const at = inBureauTime(dueAt);
  teller.outcome(
    `“${task.title.zh}”须于 ${at} 前办结：${days.map(({ zh }) => zh).join('，')}。`,
    `“${task.title.en}” is due by ${at}: ${days.map(({ en }) => en).join(', ')}.`,
  );
}

function dayText({ date, counts, name }: z.output<typeof Day>, index: number): z.output<typeof Text> {
  const day = date.slice(5);
  if (counts !== null) return { zh: `${day} 第 ${counts} 天`, en: `${day} is day ${counts}` };
  if (index === 0) return { zh: `${day} 起算，当日不计`, en: `${day} it begins, which does not count` };
  return { zh: `${day} ${name?.zh ?? '休息日'}，不计`, en: `${day} ${name?.en ?? 'a day off'}, which does not count` };
}

/** `2026-11-26 24:00` for the end of a day: what a limit in days runs out with. */
function inBureauTime(instant: string): string {
  const shown = (ms: number) => new Date(ms).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
  const at = shown(Date.parse(instant));
  return at.endsWith(' 00:00') ? `${shown(Date.parse(instant) - 60_000).slice(0, 10)} 24:00` : at;
}
