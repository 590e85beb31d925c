import { z } from 'zod';
import type { Text } from './ids.ts';

/** Largest unit first: the order in which a duration is added, shown and explained. */
export const durationUnits = ['workingDays', 'days', 'workingHours', 'hours', 'minutes', 'seconds'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** A hundred years of plain time, ten of working time: more is a slip of the pen. */
const most = { workingDays: 2_500, days: 36_525, workingHours: 20_000, hours: 876_600, minutes: 52_596_000, seconds: 3_155_760_000 };

const amount = (unit: DurationUnit) => z.number().nonnegative().max(most[unit]).optional();

const noUnit = {
  zh: `时长须写明至少一个单位：${durationUnits.join('、')}`,
  en: `a duration names at least one of ${durationUnits.join(', ')}`,
} satisfies Text;

/**
 * A length of time as policy and forms write it: `{workingDays: 5}`, `{hours: 4, minutes: 30}`. What each unit means is said in clock.ts.
 * @source api.md "Policy"
 */
export const Duration = z
  .strictObject({
    workingDays: amount('workingDays'),
    days: amount('days'),
    workingHours: amount('workingHours'),
    hours: amount('hours'),
    minutes: amount('minutes'),
    seconds: amount('seconds'),
  })
  .refine((duration) => durationUnits.some((unit) => duration[unit] !== undefined), {
    error: `${noUnit.zh} / ${noUnit.en}`,
    params: { text: noUnit },
    when: ({ issues }) => issues.length === 0,
  })
  .readonly();
export type Duration = z.infer<typeof Duration>;

const millisecondsIn = {
  workingDays: 86_400_000,
  days: 86_400_000,
  workingHours: 3_600_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
};

/** Milliseconds of one or several units taken as plain time; a working day counts as 24 hours, a working hour as one. */
export const plainMs = (duration: Duration, units: readonly DurationUnit[] = durationUnits): number =>
  units.reduce((sum, unit) => sum + (duration[unit] ?? 0) * millisecondsIn[unit], 0);

/** For people: `5 个工作日` / `5 working days`. Units that are zero are left out unless nothing else is there. */
export const describeDuration = (duration: Duration): Text => {
  const stated = durationUnits.flatMap((unit) => {
    const value = duration[unit];
    return value === undefined ? [] : [{ unit, value }];
  });
  const counted = stated.filter(({ value }) => value > 0);
  const shown = counted.length > 0 ? counted : stated.slice(0, 1);
  return {
    zh: shown.map(({ unit, value }) => `${value} ${names[unit].zh}`).join(' '),
    en: shown.map(({ unit, value }) => `${value} ${value === 1 ? names[unit].one : names[unit].many}`).join(' '),
  };
};

const names: Record<DurationUnit, { zh: string; one: string; many: string }> = {
  workingDays: { zh: '个工作日', one: 'working day', many: 'working days' },
  days: { zh: '天', one: 'day', many: 'days' },
  workingHours: { zh: '个工作小时', one: 'working hour', many: 'working hours' },
  hours: { zh: '小时', one: 'hour', many: 'hours' },
  minutes: { zh: '分钟', one: 'minute', many: 'minutes' },
  seconds: { zh: '秒', one: 'second', many: 'seconds' },
};
