import type { Calendar } from './calendar.ts';

export const dueWindows = ['overdue', 'today', 'week'] as const;
export type DueWindow = (typeof dueWindows)[number];

/**
 * Between which instants (the first not included, none for overdue) a task is due to count as overdue, due today, or due in the week from Monday to Sunday.
 * 24:00 belongs to the day that ends.
 * @param now milliseconds
 */
export function windowOf(window: DueWindow, now: number, calendar: Calendar): { readonly after: Date | null; readonly until: Date } {
  const today = calendar.dayAt(now).number;
  const between = (first: number, days: number) => ({
    after: new Date(calendar.startOf(first)),
    until: new Date(calendar.startOf(first + days)),
  });
  switch (window) {
    case 'overdue':
      return { after: null, until: new Date(now) };
    case 'today':
      return between(today, 1);
    case 'week':
      return between(today - daysSinceMonday(today), 7);
  }
}

/** 1970-01-01, day 0, was a Thursday. */
const daysSinceMonday = (day: number): number => (((day + 3) % 7) + 7) % 7;
