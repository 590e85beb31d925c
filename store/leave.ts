/*
 * 年休假: a person's account of one year's leave (docs/how-to/leave.md).
 *
 * Invariants
 * - What is asked for or granted is judged here, under a lock of the person, by the calendar in force: accounts of two years, and two nodes, can't grant the same day or day off twice.
 * - It changes in the transaction that appends the event that tells it, or not at all.
 * - Days belong to the person and the year: a further case of the same year finds what an earlier one granted.
 */
import {
  type LeaveAccount,
  type LeaveAct,
  type LeaveDates,
  type LeavePeriod,
  type LeaveStanding,
  lastLeaveDay,
  leaveBalance,
  leaveDue,
  meets,
} from '../domain/annual-leave.ts';
import { dayNumberOf } from '../domain/calendar.ts';
import type { PersonId, PlainDate } from '../domain/ids.ts';
import { againstLeave, workingDaysIn } from '../domain/leave-request.ts';
import { Problem } from '../domain/problems.ts';
import { instantOf } from '../domain/time-zone.ts';
import type { Transaction } from '../platform/database.ts';
import { type StepDraft, tell } from './step-draft.ts';

/** @throws Problem `leave-outside` · `leave-overlaps` · `leave-exceeded` · `leave-begun` */
export async function actOnLeave(draft: StepDraft, act: LeaveAct): Promise<LeaveStanding> {
  const { context, file } = draft;
  if (file.subject === null) throw new Error(`${file.number} is nobody's leave`);
  const of: Of = { draft, person: file.subject, year: await yearOf(draft) };
  await context.tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`leave ${of.person}`}, 0))`;
  await carryOut(of, act);
  return standingOf(of);
}

interface Of {
  readonly draft: StepDraft;
  readonly person: PersonId;
  readonly year: number;
}

async function yearOf({ context, file }: StepDraft): Promise<number> {
  const [row] = await context.tx.$queryRaw<{ period: string }[]>`select period from case_period where case_id = ${file.id}::bigint`;
  if (row === undefined) throw new Error(`${file.number} has no year`);
  return Number(row.period);
}

function carryOut(of: Of, act: LeaveAct): Promise<void> | undefined {
  switch (act.act) {
    case 'open':
      return;
    case 'establish':
      return establish(of, act);
    case 'plan':
      return plan(of, act.periods);
    case 'ask':
      return ask(of, act.dates);
    case 'approve':
      return approve(of, act.from);
    case 'refuse':
      return refuse(of, act.from, act.offer);
    case 'withdraw':
      return withdraw(of, act.from);
    case 'carry-over':
      return carryOver(of);
  }
}

async function establish({ draft, person, year }: Of, { workingSince, takenBefore }: Extract<LeaveAct, { act: 'establish' }>) {
  const { context, file } = draft;
  await context.tx.$executeRaw`
    insert into leave_year (person_id, year, case_id, working_since, entitled, taken_before)
    values (${person}, ${year}, ${file.id}::bigint, ${workingSince}::date, ${leaveDue({ year, workingSince })}, ${takenBefore})
    on conflict (person_id, year) do update set case_id = excluded.case_id, working_since = excluded.working_since, entitled = excluded.entitled, taken_before = greatest(leave_year.taken_before, excluded.taken_before)`;
  tell(draft, 'leave-established', { year, workingSince, takenBefore });
}

async function plan(of: Of, periods: readonly LeaveDates[]) {
  const { draft } = of;
  const { tx } = draft.context;
  await tx.$executeRaw`delete from leave_period where case_id = ${draft.file.id}::bigint and state = 'planned'`;
  const { account, standing } = await accountOf(of);
  // Planned one after the other as if each were granted, so that the plan as a whole can be kept.
  let planned: readonly LeavePeriod[] = [];
  for (const dates of periods) {
    const days = demandFree(of, dates, {
      account: { ...account, periods: [...account.periods, ...planned] },
      standing: [...standing, ...planned],
    });
    planned = [...planned, { ...dates, days, state: 'approved' }];
  }
  for (const period of planned) await add(of, { ...period, state: 'planned' });
}

async function ask(of: Of, dates: LeaveDates) {
  const { draft } = of;
  const known = await accountOf(of);
  const days = demandFree(of, dates, known);
  const met = known.account.periods.filter((each) => each.state === 'planned' && meets(each, dates));
  for (const { from } of met)
    await draft.context.tx
      .$executeRaw`delete from leave_period where case_id = ${draft.file.id}::bigint and from_on = ${from}::date and state = 'planned'`;
  await add(of, { ...dates, days, state: 'asked' });
  tell(draft, 'leave-asked', { ...dates, days });
}

async function approve({ draft }: Of, from: PlainDate) {
  await draft.context.tx.$executeRaw`
    update leave_period set state = 'approved' where case_id = ${draft.file.id}::bigint and from_on = ${from}::date and state = 'asked'`;
  tell(draft, 'leave-approved', { from });
}

/** The other days that are offered can be taken, unless the time for any is over. */
async function refuse(of: Of, from: PlainDate, offer: LeaveDates) {
  const { draft } = of;
  await draft.context.tx.$executeRaw`
    delete from leave_period where case_id = ${draft.file.id}::bigint and from_on = ${from}::date and state = 'asked'`;
  const known = await accountOf(of);
  if (lastLeaveDay(known.account) >= todayOf(draft)) demandFree(of, offer, known);
  tell(draft, 'leave-refused', { from, offer });
}

async function withdraw(of: Of, from: PlainDate) {
  const { draft } = of;
  const gone = await draft.context.tx.$executeRaw`
    delete from leave_period where case_id = ${draft.file.id}::bigint and from_on = ${from}::date
       and (state = 'asked' or (state = 'approved' and from_on > ${todayOf(draft)}::date))`;
  if (gone === 0) throw new Problem('leave-begun');
  tell(draft, 'leave-withdrawn', { from });
}

async function carryOver({ draft, person, year }: Of) {
  await draft.context.tx.$executeRaw`update leave_year set carried_over = true where person_id = ${person} and year = ${year}`;
  tell(draft, 'leave-carried-over');
}

interface Known {
  readonly account: LeaveAccount;
  readonly standing: readonly LeaveDates[];
}

/** @returns the working days in it */
function demandFree({ draft }: Of, dates: LeaveDates, known: Known): number {
  const calendar = calendarOf(draft);
  const refusal = againstLeave(dates, { ...known, today: todayOf(draft), calendar });
  if (refusal !== null) throw new Problem(refusal);
  return workingDaysIn(dates, calendar);
}

async function add({ draft, person, year }: Of, { from, until, days, state }: LeavePeriod) {
  await draft.context.tx.$executeRaw`
    insert into leave_period (case_id, person_id, year, from_on, until_on, days, state)
    values (${draft.file.id}::bigint, ${person}, ${year}, ${from}::date, ${until}::date, ${days}, ${state})`;
}

async function accountOf(of: Of): Promise<Known> {
  const found = await accountFrom(of.draft.context.tx, of);
  if (found === null) throw new Error(`the leave of ${of.draft.file.number} was not established`);
  return found;
}

type Row = LeavePeriod & { readonly year: number };

/** A person's account of a year, and all the days on which they have leave or asked for it, of any year; null where nothing is known of that year. Uses leave_period_of_person. */
export async function accountFrom(
  tx: Pick<Transaction, '$queryRaw'>,
  { person, year }: Pick<Of, 'person' | 'year'>,
): Promise<Known | null> {
  const [row] = await tx.$queryRaw<(Omit<LeaveAccount, 'year' | 'periods'> & { readonly periods: readonly Row[] })[]>`
    select y.working_since::text as "workingSince", y.taken_before as "takenBefore", y.carried_over as "carriedOver",
           (select coalesce(json_agg(json_build_object('year', p.year, 'from', p.from_on, 'until', p.until_on, 'days', p.days, 'state', p.state) order by p.from_on), '[]')
              from leave_period p join "case" c on c.id = p.case_id
             where p.person_id = y.person_id and (p.state = 'approved' or c.state <> 'closed')) as periods
      from leave_year y where y.person_id = ${person} and y.year = ${year}`;
  if (row === undefined) return null;
  const { periods, ...account } = row;
  return {
    account: { ...account, year, periods: periods.filter((each) => each.year === year) },
    standing: periods.filter(({ state }) => state !== 'planned'),
  };
}

async function standingOf({ draft, person, year }: Of): Promise<LeaveStanding> {
  const calendar = calendarOf(draft);
  const startOf = (day: PlainDate, shift = 0) => instantOf(calendar.startOf(dayNumberOf(day) + shift));
  const known = await accountFrom(draft.context.tx, { person, year });
  const lastDay = lastLeaveDay(known?.account ?? { year, carriedOver: false });
  const endsAt = startOf(lastDay, 1);
  if (known === null) return { year, workingSince: await serviceOf(draft, person), left: 0, endsAt, lastBegins: null };
  const { account } = known;
  const last = account.periods.findLast(({ state, from }) => state === 'approved' && from > todayOf(draft));
  return {
    year,
    workingSince: account.workingSince,
    left: leaveBalance(account).left,
    endsAt,
    lastBegins: last === undefined ? null : startOf(last.from),
  };
}

/** As the personnel file has it, or as it was stated for the leave of an earlier year. */
async function serviceOf({ context }: StepDraft, person: PersonId): Promise<PlainDate | null> {
  const [row] = await context.tx.$queryRaw<{ since: PlainDate | null }[]>`
    select coalesce(working_since, (select working_since from leave_year where person_id = ${person} order by year desc limit 1))::text as since
      from person where id = ${person}`;
  return row?.since ?? null;
}

/** Days off are those of today's calendar: a holiday notice may have come since the case began. */
const calendarOf = ({ context }: StepDraft) => context.policies.current.calendar;
const todayOf = (draft: StepDraft): PlainDate => calendarOf(draft).dayAt(Date.parse(draft.step.at)).date;
