import { z } from 'zod';
import { dayNumberOf } from '../../domain/calendar.ts';
import { dueAt } from '../../domain/clock.ts';
import { Duration, durationUnits } from '../../domain/duration.ts';
import { Instant, PlainDate, Text } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';

const MOST_DAYS = 800;

const amount = z.coerce.number().nonnegative().optional();
const DueQuery = z.object({
  from: Instant,
  workingDays: amount,
  workingHours: amount,
  days: amount,
  hours: amount,
  minutes: amount,
  seconds: amount,
});

export const calendarRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/calendar',
    {
      title: { zh: '工作日历', en: 'The working calendar' },
      permission: 'calendar.read',
      query: z.object({ from: PlainDate, to: PlainDate }),
      view: z.array(z.object({ date: PlainDate, working: z.boolean(), name: Text.optional(), provisional: z.boolean().optional() })),
      problems: ['calendar-gap'],
    },
    async ({ query, locale }) => {
      const [first, last] = [dayNumberOf(query.from), dayNumberOf(query.to)];
      if (last < first || last - first >= MOST_DAYS)
        throw new Problem('malformed', { errors: [{ path: 'query.to', message: tooFar[locale] }] });
      const { calendar } = deps.policies.current;
      return Array.from({ length: last - first + 1 }, (_, index) => {
        const { date, working, name, provisional } = calendar.day(first + index);
        return { date, working, ...(name && { name }), ...(provisional && { provisional }) };
      });
    },
  ),
  route.get(
    '/calendar/due',
    {
      title: { zh: '推算到期时间', en: 'When a limit ends' },
      permission: 'calendar.read',
      query: DueQuery,
      view: z.object({ dueAt: Instant }),
      problems: ['calendar-gap'],
    },
    async ({ query: { from, ...units }, locale }) => {
      const duration = Duration.safeParse(units);
      if (!duration.success) throw new Problem('malformed', { errors: [{ path: 'query', message: noLimit[locale] }] });
      const { calendar, policy } = deps.policies.current;
      return { dueAt: dueAt(from, duration.data, calendar, policy.timeScale) };
    },
  ),
];

const tooFar = { zh: `须不早于 from，且不超过 ${MOST_DAYS} 天`, en: `not before from, and at most ${MOST_DAYS} days` };
const noLimit = {
  zh: `须至少给出 ${durationUnits.join('、')} 之一，且不过大`,
  en: `give at least one of ${durationUnits.join(', ')}, none too large`,
};
