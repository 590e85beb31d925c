import { useQuery } from '@tanstack/react-query';
import { get } from '../contract/client.ts';
import { dayOf } from './instants.ts';

const DAY_MS = 86_400_000;
const REACH_DAYS = 60;

interface Day {
  readonly date: string;
  readonly working: boolean;
}

/** The working days around today, by the bureau's calendar; empty until they are read. */
export function useWorkingDays(): readonly string[] {
  const today = dayOf(new Date());
  const { data } = useQuery({
    queryKey: ['calendar', today],
    queryFn: ({ signal }) => {
      const from = dayOf(new Date(Date.now() - REACH_DAYS * DAY_MS));
      const to = dayOf(new Date(Date.now() + REACH_DAYS * DAY_MS));
      return get<readonly Day[]>(`/calendar?from=${from}&to=${to}`, signal);
    },
    staleTime: DAY_MS,
    select: (all) => all.filter(({ working }) => working).map(({ date }) => date),
  });
  return data ?? none;
}

const none: readonly string[] = [];

/** Working days after `from` up to and including `to`; null where the calendar at hand does not reach. */
export function workingDaysBetween(days: readonly string[], from: string, to: string): number | null {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined || from < first || to > last) return null;
  return days.filter((day) => day > from && day <= to).length;
}
