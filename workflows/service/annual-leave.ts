import { type LeaveDates, type LeaveStanding, noLeave } from '../../domain/annual-leave.ts';
import type { PlainDate } from '../../domain/ids.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { AnnualLeave } from './annual-leave.definition.ts';

type C = Case<typeof AnnualLeave>;
type Decision = FormOf<typeof AnnualLeave, 'decide'>;

/** 年休假 (domain.md §3.4): due by length of service → planned, asked for and decided, as often as there are days left → what is left is carried over once, or ends. */
export const annualLeave = procedure(AnnualLeave, async (c) => {
  const due = await established(c);
  if (due === null) return c.close('not-entitled');
  const used = await taken(c, due);
  if (used.left === 0) return c.close('taken');

  if (!(await isCarriedOver(c, used))) return unused(c, used);
  c.notify({ part: 'appellant' }, 'leave-carried-over');
  const usedLater = await taken(c, await c.leave({ act: 'carry-over' }));
  return usedLater.left === 0 ? c.close('taken') : unused(c, usedLater);
});

/** @returns null where no leave is due this year */
async function established(c: C): Promise<LeaveStanding | null> {
  const { year, workingSince } = await c.leave({ act: 'open' });
  if (workingSince !== null) return dueFrom(c, year, { workingSince, takenBefore: 0, schoolHolidays: 0, personalDays: 0, sickMonths: 0 });
  const confirmed = await c.task('confirm', { context: c.intake });
  return dueFrom(c, year, { ...confirmed, workingSince: confirmed.workingSince as PlainDate });
}

async function dueFrom(c: C, year: number, confirmed: FormOf<typeof AnnualLeave, 'confirm'> & { workingSince: PlainDate }) {
  const { workingSince, takenBefore } = confirmed;
  const ground = noLeave({ year, workingSince }, confirmed);
  if (ground === null) return c.leave({ act: 'establish', workingSince, takenBefore });
  c.event('told-of-remedy', { ground, ...noneDue });
  c.notify({ part: 'appellant' }, 'leave-not-due');
  return null;
}

const noneDue = {
  zh: '依照《职工带薪年休假条例》第二条、第四条，本年度不享受年休假。对核定的工作年限、假期有异议的，可以提出诉求；情况更正后可以重新申请。',
  en: 'By art. 2 and 4 of the Regulation on Paid Annual Leave of Employees no leave is due this year. If you disagree with what was confirmed you may appeal; once it is put right, apply again.',
};

/** What comes next: the officer does something, a leader decides, a leave begins, or the time is over. */
type Next =
  | { readonly said: FormOf<typeof AnnualLeave, 'request'> }
  | { readonly decided: Decision; readonly dates: LeaveDates }
  | 'begun'
  | 'over';

/** The account as the loop of a year sees it. */
interface Year {
  standing: LeaveStanding;
  /** Other days that a refusal offered last. */
  offered: LeaveDates | null;
  /** By the first day of what was asked for. */
  readonly deciding: Map<PlainDate, Promise<Next>>;
}

/** Until no day is left and the last leave has begun, or the year is over. What was asked for is decided beside whatever else the officer does. */
async function taken(c: C, due: LeaveStanding): Promise<LeaveStanding> {
  c.stage('on-leave');
  const year: Year = { standing: due, offered: null, deciding: new Map() };
  for (let acting: Promise<Next> | null = null; ; ) {
    acting ??= acts(c, year);
    const next: Next = await Promise.race([acting, ...year.deciding.values()]);
    if (next === 'over') break;
    if (next === 'begun') year.standing = await c.leave({ act: 'open' });
    else if ('said' in next) await carryOut(c, year, next.said);
    else {
      await judge(c, year, next);
      // It shows what was offered, and how much is left.
      c.cancel('standing-changed', 'request', 'change');
    }
    acting = null;
  }
  for (const decision of [...year.deciding.values()]) await judge(c, year, await decision);
  return year.standing;
}

/** What the officer does next, as long as there is something that can be done. */
async function acts(c: C, { standing, offered, deciding }: Year): Promise<Next> {
  const { left, endsAt, lastBegins } = standing;
  if (left > 0) {
    const said = await c.taskOrLapse('request', { dueAt: endsAt, context: { left, ...(offered && { offered }) } });
    return said === 'lapsed' ? 'over' : { said };
  }
  if (lastBegins === null && deciding.size === 0) return 'over';
  const said = await c.taskOrLapse('change', { dueAt: lastBegins ?? endsAt });
  if (said !== 'lapsed') return { said: { action: 'withdraw', ...said } };
  return lastBegins === null ? 'over' : 'begun';
}

async function carryOut(c: C, year: Year, said: FormOf<typeof AnnualLeave, 'request'>): Promise<void> {
  if (said.action === 'plan') {
    year.standing = await c.leave({ act: 'plan', periods: said.periods.map(datesOf) });
    return;
  }
  if (said.action === 'withdraw') {
    const from = said.from as PlainDate;
    const isUndecided = year.deciding.delete(from);
    if (isUndecided) c.cancel('withdrawn', `decide ${from}`);
    else c.notify({ part: 'decider' }, 'leave-withdrawn');
    year.standing = await c.leave({ act: 'withdraw', from });
    return;
  }
  const dates = datesOf(said);
  year.standing = await c.leave({ act: 'ask', dates });
  if (dates.from === year.offered?.from && dates.until === year.offered.until) {
    year.standing = await c.leave({ act: 'approve', from: dates.from });
    c.notify({ part: 'decider' }, 'leave-offer-taken');
  } else year.deciding.set(dates.from, decided(c, dates, year.standing));
}

async function decided(c: C, dates: LeaveDates, { left }: LeaveStanding): Promise<Next> {
  return { dates, decided: await c.task('decide', { series: dates.from, context: { ...dates, left } }) };
}

async function judge(c: C, year: Year, next: Next): Promise<void> {
  if (typeof next === 'string' || 'said' in next) return;
  const { dates, decided: decision } = next;
  year.deciding.delete(dates.from);
  if (decision.decision === 'approve') {
    year.standing = await c.leave({ act: 'approve', from: dates.from });
    c.notify({ part: 'appellant' }, 'leave-approved');
    return;
  }
  year.offered = datesOf(decision);
  year.standing = await c.leave({ act: 'refuse', from: dates.from, offer: year.offered });
  c.notify({ part: 'appellant' }, 'leave-refused');
}

const datesOf = ({ from, until }: { readonly from: string; readonly until: string }) => ({ from, until }) as LeaveDates;

/** 跨年度安排: once, for the sake of the work, and with the officer's consent. @source Regulation on Paid Annual Leave of Employees art. 5 */
async function isCarriedOver(c: C, { left }: LeaveStanding): Promise<boolean> {
  const proposed = await c.task('carry-over', { context: { left } });
  if (proposed.finding === 'ends') return false;
  const answer = await c.taskOrLapse('agree', { context: { left, reasons: proposed.reasons } });
  return answer !== 'lapsed' && answer.agrees;
}

function unused(c: C, { left }: LeaveStanding) {
  c.event('told-of-remedy', { left, ...pay });
  c.notify({ part: 'appellant' }, 'leave-unused');
  return c.close('unused', { left });
}

/** @source Regulation on Paid Annual Leave of Employees art. 5 */
const pay = {
  zh: '依照《职工带薪年休假条例》第五条，因工作需要未能安排的年休假，应当按日工资收入的百分之三百支付年休假工资报酬；有异议的，可以提出诉求。',
  en: 'By art. 5 of the Regulation on Paid Annual Leave of Employees, days that could not be taken for the sake of the work are paid at 300 per cent. If you disagree you may appeal.',
};
