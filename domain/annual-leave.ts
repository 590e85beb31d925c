import type { Instant, PlainDate } from './ids.ts';

/** Days of leave in one piece, both included. */
export interface LeaveDates {
  readonly from: PlainDate;
  readonly until: PlainDate;
}

/** `planned` binds nobody; `asked` waits for a decision and counts as used until then. */
export const leaveStates = ['planned', 'asked', 'approved'] as const;
export type LeaveState = (typeof leaveStates)[number];

export interface LeavePeriod extends LeaveDates {
  /** Working days in it. */
  readonly days: number;
  readonly state: LeaveState;
}

/** One person's leave of one year. */
export interface LeaveAccount {
  readonly year: number;
  /** 参加工作时间: length of service counts from then on, wherever it was. */
  readonly workingSince: PlainDate;
  /** Days of the year that were taken before the case began. */
  readonly takenBefore: number;
  /** What is left may be taken in the next year too. */
  readonly carriedOver: boolean;
  readonly periods: readonly LeavePeriod[];
}

/**
 * Days of paid leave in a year, as the service stands on a day: whole years that are complete count from the month after.
 * @source Regulation on Paid Annual Leave of Employees (职工带薪年休假条例) art. 3: 5, 10 and 15 days from 1, 10 and 20 years on; its measures for public employees (机关事业单位工作人员带薪年休假实施办法) art. 2
 */
export function leaveDays(workingSince: PlainDate, on: PlainDate): 0 | 5 | 10 | 15 {
  const years = serviceYears(workingSince, `${on.slice(0, 7)}-01` as PlainDate);
  if (years < 1) return 0;
  if (years < 10) return 5;
  return years < 20 ? 10 : 15;
}

/** The same by the end of the year. */
export const leaveDue = ({ year, workingSince }: Pick<LeaveAccount, 'year' | 'workingSince'>) => leaveDays(workingSince, lastDayOf(year));

/** Absences of the year, as art. 4 of the regulation asks for them. */
export interface Absences {
  /** School holidays, which some are entitled to by law. */
  readonly schoolHolidays: number;
  /** Days of leave for personal reasons for which nothing was deducted. */
  readonly personalDays: number;
  readonly sickMonths: number;
}

/** Why someone has no annual leave in a year. */
export type NoLeave = 'first-year' | 'school-holidays' | 'personal-leave' | 'sick-leave';

/**
 * Whether someone has no annual leave in a year, and why; null for who has.
 * @source Regulation on Paid Annual Leave of Employees art. 2 (a year of service) and art. 4 (1) to (5)
 */
export function noLeave(account: Pick<LeaveAccount, 'year' | 'workingSince'>, absences: Absences): NoLeave | null {
  const days = leaveDue(account);
  if (days === 0) return 'first-year';
  if (absences.schoolHolidays > days) return 'school-holidays';
  if (absences.personalDays >= 20) return 'personal-leave';
  const months = { 5: 2, 10: 3, 15: 4 }[days];
  return absences.sickMonths >= months ? 'sick-leave' : null;
}

/** How a year's leave stands. */
export interface LeaveBalance {
  /** By the end of the year. */
  readonly entitled: number;
  readonly taken: number;
  readonly asked: number;
  readonly planned: number;
  /** What may still be asked for; never below zero. */
  readonly left: number;
}

export function leaveBalance(account: LeaveAccount): LeaveBalance {
  const { takenBefore, periods } = account;
  const sum = (state: LeaveState) => periods.filter((each) => each.state === state).reduce((days, each) => days + each.days, 0);
  const entitled = leaveDue(account);
  const taken = takenBefore + sum('approved');
  const asked = sum('asked');
  return { entitled, taken, asked, planned: sum('planned'), left: Math.max(0, entitled - taken - asked) };
}

/** The last day on which leave of the year can be taken. @source Regulation on Paid Annual Leave of Employees art. 5: within the year, or carried over into one more */
export const lastLeaveDay = ({ year, carriedOver }: Pick<LeaveAccount, 'year' | 'carriedOver'>): PlainDate =>
  lastDayOf(carriedOver ? year + 1 : year);

export const meets = (one: LeaveDates, other: LeaveDates): boolean => one.from <= other.until && other.from <= one.until;

/** Whole years from the first day of service to a day that is not part of them. */
function serviceYears(since: PlainDate, before: PlainDate): number {
  const isShort = before.slice(5) < since.slice(5);
  return Number(before.slice(0, 4)) - Number(since.slice(0, 4)) - (isShort ? 1 : 0);
}

const lastDayOf = (year: number) => `${year}-12-31` as PlainDate;

/** What a case does to its account; the record judges it (store/leave.ts). */
export type LeaveAct =
  /** Finds out which year it is for, and what is known of the service. */
  | { readonly act: 'open' }
  | { readonly act: 'establish'; readonly workingSince: PlainDate; readonly takenBefore: number }
  /** The whole plan, instead of what was planned before. */
  | { readonly act: 'plan'; readonly periods: readonly LeaveDates[] }
  | { readonly act: 'ask'; readonly dates: LeaveDates }
  | { readonly act: 'approve'; readonly from: PlainDate }
  | { readonly act: 'refuse'; readonly from: PlainDate; readonly offer: LeaveDates }
  /** What has not begun. */
  | { readonly act: 'withdraw'; readonly from: PlainDate }
  | { readonly act: 'carry-over' };

/** How the account stands after it, as the case needs to know. */
export interface LeaveStanding {
  readonly year: number;
  /** Null where nobody has stated it yet. */
  readonly workingSince: PlainDate | null;
  readonly left: number;
  /** When the last day on which leave can be taken is over. */
  readonly endsAt: Instant;
  /** When the last leave begins that is still to come; null where there is none. */
  readonly lastBegins: Instant | null;
}
