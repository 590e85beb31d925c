import { z } from 'zod';
import type { TaskSeen, Visit } from './visit.ts';

const Text = z.object({ zh: z.string(), en: z.string() });
const Day = z.object({ date: z.string(), working: z.boolean(), counts: z.number().nullable(), name: Text.optional() });
const Explained = z.object({ dueAt: z.string(), explain: z.object({ days: z.array(Day) }) });

/** Says when a task is due, and why, day by day. */
export async function explainDue({ bureau, teller }: Visit, who: string, task: TaskSeen): Promise<void> {
  const { dueAt, explain } = Explained.parse(await bureau.ask(who, `GET /tasks/${task.id}`));
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
