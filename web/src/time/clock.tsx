import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useMemo, useSyncExternalStore } from 'react';
import { get } from '../contract/client.ts';
import { dayOf } from './instants.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const REACH_DAYS = 60;

interface Day {
  readonly date: string;
  readonly working: boolean;
}

interface Clock {
  /** The present, to the minute. */
  readonly now: number;
  /** The working days around today, by the bureau's calendar; none until they are read. */
  readonly workingDays: readonly string[];
}

const Present = createContext<Clock>({ now: Date.now(), workingDays: [] });

/** The present, once for all dates in words on the page: they move by themselves. */
export function ClockProvider({ children }: { readonly children: ReactNode }) {
  const now = useSyncExternalStore(everyMinute, () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
  const today = dayOf(new Date(now));
  const { data } = useQuery({
    queryKey: ['calendar', today],
    queryFn: ({ signal }) => {
      const at = Date.parse(`${today}T12:00:00Z`);
      const [from, to] = [at - REACH_DAYS * DAY_MS, at + REACH_DAYS * DAY_MS].map((ms) => dayOf(new Date(ms)));
      return get<readonly Day[]>(`/calendar?from=${from}&to=${to}`, signal);
    },
    staleTime: DAY_MS,
  });
  const clock = useMemo(() => ({ now, workingDays: (data ?? []).filter(({ working }) => working).map(({ date }) => date) }), [now, data]);
  return <Present value={clock}>{children}</Present>;
}

export const useClock = (): Clock => use(Present);

export const useMinute = (): number => useClock().now;

function everyMinute(tell: () => void): () => void {
  const timer = setInterval(tell, MINUTE_MS / 4);
  return () => clearInterval(timer);
}

/** Working days after `from` up to and including `to`; null where the calendar at hand does not reach. */
export function workingDaysBetween(days: readonly string[], from: string, to: string): number | null {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined || from < first || to > last) return null;
  return days.filter((day) => day > from && day <= to).length;
}
