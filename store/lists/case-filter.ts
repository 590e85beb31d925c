import { type Actor, holdsAny } from '../../domain/actor.ts';
import type { CaseNumber, PersonId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { type UnitPlace, unitsFrom } from '../units-known.ts';
import { contentsVisibleTo, subjectVisibleTo, type Viewing } from '../visible.ts';
import { among, type Narrowing } from './case-parts.ts';
import { isNumber } from './case-search.ts';

export interface CaseFilter {
  /** One, or several with commas between, as of a stage. */
  readonly process?: string | undefined;
  readonly state?: string | undefined;
  /** One, or several with commas between. */
  readonly confidentiality?: string | undefined;
  readonly stage?: string | undefined;
  /** With its sub-units. */
  readonly unit?: UnitId | undefined;
  readonly handler?: PersonId | undefined;
  readonly subject?: PersonId | undefined;
  readonly overdue?: boolean | undefined;
  readonly level?: number | undefined;
  readonly dueBefore?: string | undefined;
  /** Due after the first and at or before the second instant. */
  readonly due?: { readonly after: Date | null; readonly until: Date } | undefined;
  readonly openedFrom?: string | undefined;
  readonly openedTo?: string | undefined;
  readonly closedFrom?: string | undefined;
  readonly closedTo?: string | undefined;
  readonly outcome?: string | undefined;
  readonly reopened?: boolean | undefined;
  /** What a form said that figures count by: `route=policy`. */
  readonly label?: string | undefined;
  readonly labelledFrom?: string | undefined;
  readonly labelledTo?: string | undefined;
  /** Those by which someone is restricted now, and until when at most. */
  readonly restriction?: string | undefined;
  readonly restrictedUntil?: string | undefined;
  /** At least two characters of a title, or the beginning of a number. */
  readonly q?: string | undefined;
  /** Open cases that may be about the same matter as this one. */
  readonly like?: CaseNumber | undefined;
}

interface Asking {
  readonly actor: Actor;
  readonly viewing: Viewing;
  readonly filter: CaseFilter;
}

/**
 * What of a filter is also a bound of what somebody sees. A word of a title finds cases for those who may read it; what a case is counted as is for whoever sees its contents, and for
 * auditors, who count everything.
 */
export function narrowingOf({ actor, filter }: Pick<Asking, 'actor' | 'filter'>, units: readonly UnitPlace[]): Narrowing {
  const { process, unit, q, label, restriction } = filter;
  const isCounted = label !== undefined || restriction !== undefined;
  return {
    processes: process?.split(','),
    units: unit === undefined ? undefined : unitsFrom(units, unit),
    contents: (q !== undefined && !isNumber(q)) || (isCounted && !holdsAny(actor, ['auditor'])),
    isOpen: asksForOpen(filter),
    openedFrom: filter.openedFrom,
    openedTo: filter.openedTo,
  };
}

/** Whether all that is asked for is open, or closed; undefined where it may be either. */
function asksForOpen({
  state,
  stage,
  overdue,
  level,
  dueBefore,
  due,
  like,
  closedFrom,
  closedTo,
  outcome,
}: CaseFilter): boolean | undefined {
  const isClosed = state === 'closed' || [closedFrom, closedTo, outcome].some((each) => each !== undefined);
  const isDated = overdue === true || dueBefore !== undefined || due !== undefined;
  const isOpen = isDated || like !== undefined || (level ?? 0) > 0 || (stage !== undefined && !stage.split(',').includes('closed'));
  if (isClosed) return false;
  return isOpen || state !== undefined ? true : undefined;
}

/**
 * The rest of it, each a condition on the case `c`. What only open cases have says so, for the indexes that hold no others; but not twice: PostgreSQL takes conditions for independent, and
 * `due_at < now() and state = 'open'` for a tenth of what it is.
 */
export function conditionsOf({ actor, viewing, filter }: Asking): Prisma.Sql[] {
  const { state, confidentiality, stage, handler, subject, overdue, level, dueBefore, due, openedFrom, openedTo, like } = filter;
  const { closedFrom, closedTo, outcome, reopened, label, restriction } = filter;
  return [
    state !== undefined && Prisma.sql`c.state = ${state}`,
    confidentiality !== undefined && among(Prisma.sql`c.confidentiality`, confidentiality.split(',')),
    stage !== undefined && isAt(stage.split(',')),
    handler !== undefined && Prisma.sql`c.handler_id = ${handler}`,
    subject !== undefined && Prisma.sql`c.subject_id = ${subject} and ${subjectVisibleTo(actor, viewing)}`,
    overdue !== undefined && (overdue ? isDueBefore(viewing.at) : Prisma.sql`(${isDueBefore(viewing.at)}) is not true`),
    level !== undefined && (level > 0 ? Prisma.sql`c.level = ${level} and c.state <> 'closed'` : Prisma.sql`c.level = 0`),
    dueBefore !== undefined && isDueBefore(dueBefore),
    due !== undefined && Prisma.sql`c.due_at <= ${due.until} and c.state <> 'accepted'`,
    due?.after != null && Prisma.sql`c.due_at > ${due.after}`,
    openedFrom !== undefined && Prisma.sql`c.opened_at >= ${openedFrom}::timestamptz`,
    openedTo !== undefined && Prisma.sql`c.opened_at < ${openedTo}::timestamptz`,
    closedFrom !== undefined && Prisma.sql`c.state = 'closed' and c.closed_at >= ${closedFrom}::timestamptz`,
    closedTo !== undefined && Prisma.sql`c.state = 'closed' and c.closed_at < ${closedTo}::timestamptz`,
    outcome !== undefined && Prisma.sql`c.state = 'closed' and c.outcome = ${outcome}`,
    reopened !== undefined && Prisma.sql`(c.runs > 1) = ${reopened}`,
    label !== undefined && isLabelled(label, filter),
    restriction !== undefined && restricts(restriction, filter, viewing.at),
    like !== undefined && isLike(like, actor, viewing),
  ].filter((condition) => condition !== false);
}

/** Nothing but an open case and one that is only accepted yet has a due date. */
const isDueBefore = (at: Date | string): Prisma.Sql => Prisma.sql`c.due_at < ${at}::timestamptz and c.state <> 'accepted'`;

const isAt = (stages: readonly string[]): Prisma.Sql => {
  const isOpen = stages.includes('closed') ? Prisma.sql`true` : Prisma.sql`c.state <> 'closed'`;
  return Prisma.sql`${among(Prisma.sql`c.stage`, stages)} and ${isOpen}`;
};

/**
 * Open cases of the same process by the same person, or whose title shares half of its pairs of characters. Both cases must be open to the actor's eyes: who asks
 * learns nothing of a case that is not. Uses case_by_subject and case_by_search.
 */
const isLike = (number: CaseNumber, actor: Actor, viewing: Viewing): Prisma.Sql => Prisma.sql`
  c.state <> 'closed' and c.number <> ${number} and ${contentsVisibleTo(actor, viewing)} and exists (
    select from (select c.process, c.search, c.subject_id, ${subjectVisibleTo(actor, viewing)} as "seesSubject" from "case" c
                  where c.number = ${number} and ${contentsVisibleTo(actor, viewing)}) given
     where given.process = c.process and (
       given."seesSubject" and given.subject_id = c.subject_id and ${subjectVisibleTo(actor, viewing)}
       or given.search && c.search and 2 * (select count(*) from unnest(given.search) pair where pair = any (c.search)) >= cardinality(given.search)))`;

/** Uses case_label_by_value. */
function isLabelled(label: string, { labelledFrom, labelledTo }: CaseFilter): Prisma.Sql {
  const [key = '', value = ''] = label.split('=');
  return Prisma.sql`c.id = any (array(select case_id from case_label where key = ${key} and value = ${value}
    and at >= ${labelledFrom ?? '-infinity'}::timestamptz and at < ${labelledTo ?? 'infinity'}::timestamptz))`;
}

const restricts = (kind: string, { restrictedUntil }: CaseFilter, at: Date): Prisma.Sql => Prisma.sql`c.id = any (array(
  select case_id from restriction where kind = ${kind} and starts_at <= ${at} and ends_at > ${at} and ends_at <= ${restrictedUntil ?? 'infinity'}::timestamptz))`;
