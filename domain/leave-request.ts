import { type LeaveAccount, type LeaveDates, lastLeaveDay, leaveBalance, leaveDays, meets } from './annual-leave.ts';
import { type Calendar, dayNumberOf } from './calendar.ts';
import type { PlainDate } from './ids.ts';

/** Working days in it: holidays and days of rest do not count. @source Regulation on Paid Annual Leave of Employees art. 3 */
export function workingDaysIn({ from, until }: LeaveDates, calendar: Calendar): number {
  const first = dayNumberOf(from);
  const length = Math.max(0, dayNumberOf(until) - first + 1);
  return Array.from({ length }, (_, index) => calendar.day(first + index)).filter(({ working }) => working).length;
}

export type LeaveRefusal = 'leave-outside' | 'leave-overlaps' | 'leave-exceeded';

export interface AskedLeave {
  readonly account: LeaveAccount;
  readonly today: PlainDate;
  readonly calendar: Calendar;
  /** What is asked for or approved of any year's leave of the person. */
  readonly standing: readonly LeaveDates[];
}

/** Why leave can't be taken on these days, or null: it lies within its time, holds a working day, meets no other leave, and there is enough of it on its first day. */
export function againstLeave(dates: LeaveDates, { account, today, calendar, standing }: AskedLeave): LeaveRefusal | null {
  const { from, until } = dates;
  const isInTime = from >= `${account.year}-01-01` && from >= today && from <= until && until <= lastLeaveDay(account);
  if (!isInTime) return 'leave-outside';
  const days = workingDaysIn(dates, calendar);
  if (days === 0) return 'leave-outside';
  if (standing.some((other) => meets(dates, other))) return 'leave-overlaps';
  const { entitled, taken, asked } = leaveBalance(account);
  const due = Number(from.slice(0, 4)) === account.year ? leaveDays(account.workingSince, from) : entitled;
  return taken + asked + days > due ? 'leave-exceeded' : null;
}
