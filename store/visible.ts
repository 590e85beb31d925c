/*
 * The list form of domain/access-sight.ts: which cases and tasks someone may see, as conditions that PostgreSQL checks with its indexes instead of a filter after the fact.
 * Aliases: `c` is the "case", `t` the task (joined to its `c`). Invariant: each condition is true of exactly the rows that the function of the same
 * meaning in domain/ grants; visible.test.ts proves it on random people and cases. A rule changed there is changed here in the same commit.
 */
import { confidentialities } from '../domain/access-facts.ts';
import { partsWithExtract, partsWithoutFile } from '../domain/access-sight.ts';
import { type Actor, type Holder, holdsAny, leaderRoles } from '../domain/actor.ts';
import { careProcesses } from '../domain/care-team.ts';
import { partyRoles, secondPersonRoles } from '../domain/recusal.ts';
import type { Role } from '../domain/roles.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { UnitPlace } from './units-known.ts';

/** The roles that oversee each process, from the definitions. */
export type Oversight = Readonly<Record<string, readonly Role[]>>;

export interface Viewing {
  readonly oversight: Oversight;
  readonly at: Date;
}

/** Cases of which someone may know: `sightOf` is not 'none'. */
export const visibleTo = (actor: Actor, viewing: Viewing): Prisma.Sql =>
  holdsAny(actor, ['auditor']) ? Prisma.sql`true` : Prisma.sql`(${filesVisibleTo(actor, viewing)} or ${hasPart(actor, partsWithExtract)})`;

/** Cases whose contents someone may see: `sightOf` is 'full'. A search for words in titles goes through this one. */
export const contentsVisibleTo = (actor: Actor, viewing: Viewing): Prisma.Sql =>
  Prisma.sql`(c.anonymised_at is null and ${filesVisibleTo(actor, viewing)})`;

/**
 * One way of coming to see cases. A list reads each way by itself, in the order of an index and no further than a page (lists/case-parts.ts): one condition with all of them in it leaves
 * the planner the choice between reading every case and collecting all that somebody sees.
 */
export interface Sighting {
  /** Only cases of these processes, of these units; null for all. */
  readonly processes: readonly string[] | null;
  readonly units: readonly string[] | null;
  /** Leads to the cases by an index. */
  readonly where: Prisma.Sql;
  /** The same of cases that are at hand, by no index. */
  readonly check: Prisma.Sql;
  /** By an office, which may show most of all cases; not by anything of one's own. */
  readonly isOffice: boolean;
}

/** What is asked of cases, as far as it is known beside each part in one. */
export interface PartsAsked {
  readonly processes?: readonly string[] | undefined;
  /** False for closed ones. */
  readonly isOpen?: boolean | undefined;
  readonly openedFrom?: string | undefined;
  readonly openedTo?: string | undefined;
}

/** Of which cases parts need not be looked up: somebody may have tens of thousands. A part of which this is not known passes. */
function isAsked({ processes, isOpen, openedFrom, openedTo }: PartsAsked): Prisma.Sql {
  const conditions = [
    Prisma.sql`true`,
    processes && Prisma.sql`(part.process = any (${[...processes]})) is not false`,
    isOpen !== undefined && Prisma.sql`part.ended is not ${Prisma.raw(String(isOpen))}`,
    openedFrom !== undefined && Prisma.sql`(part.opened_at >= ${openedFrom}::timestamptz) is not false`,
    openedTo !== undefined && Prisma.sql`(part.opened_at < ${openedTo}::timestamptz) is not false`,
  ];
  return Prisma.join(
    conditions.filter((condition) => condition !== undefined && condition !== false),
    ' and ',
  );
}

/**
 * The ways by which someone sees cases: `visibleTo` is true of exactly those that one of these finds.
 * @param units all of them
 * @param id of the case, in the table that the list is in the order of: `c.id` or `t.case_id`
 * @param asked what the list asks of cases besides, which bounds what is looked up
 */
export function sightingsOf(
  actor: Actor,
  viewing: Viewing,
  units: readonly UnitPlace[],
  id = Prisma.sql`c.id`,
  asked: PartsAsked = {},
): Sighting[] {
  if (holdsAny(actor, ['auditor']))
    return confidentialities.map((level) => {
      const where = Prisma.sql`c.confidentiality = ${level}`;
      return { processes: null, units: null, where, check: where, isOffice: true };
    });
  const hasExtract = Prisma.sql`
    select case_id from participant part where person_id = ${actor.id} and role = any (${[...partsWithExtract]}) and ${isAsked(asked)}`;
  return [...waysToFiles(actor, viewing, asked), { among: hasExtract, where: Prisma.sql`true` }].map((way) => sightingBy(way, units, id));
}

/** The same of cases whose contents someone sees: `contentsVisibleTo`. */
export const contentSightingsOf = (
  actor: Actor,
  viewing: Viewing,
  units: readonly UnitPlace[],
  id = Prisma.sql`c.id`,
  asked: PartsAsked = {},
): Sighting[] =>
  waysToFiles(actor, viewing, asked).map((way) =>
    sightingBy({ ...way, where: Prisma.sql`c.anonymised_at is null and ${way.where}` }, units, id),
  );

function sightingBy({ processes, led, among, where }: Way, units: readonly UnitPlace[], id: Prisma.Sql): Sighting {
  const below = led && units.filter(({ path }) => led.some((top) => path.startsWith(top)));
  return {
    processes: processes ?? null,
    // Whoever leads the whole bureau is asked for no unit.
    units: below === undefined || below.length === units.length ? null : below.map(({ id: unit }) => unit),
    where: among === undefined ? where : Prisma.sql`${id} = any (array(${among})) and ${where}`,
    // Looked for in a hash table; in an array one by one.
    check: among === undefined ? where : Prisma.sql`${id} in (${among}) and ${where}`,
    isOffice: processes !== undefined || led !== undefined,
  };
}

const filesVisibleTo = (actor: Actor, viewing: Viewing): Prisma.Sql => {
  const ways = waysToFiles(actor, viewing).map(({ processes, led, here, where }) => {
    const conditions = [
      processes && Prisma.sql`c.process = any (${[...processes]})`,
      led && Prisma.sql`c.unit_id = any (${unitsUnder(led)})`,
      here,
      where,
    ];
    return Prisma.join(
      conditions.filter((condition) => condition !== undefined),
      ' and ',
    );
  });
  return Prisma.sql`(${Prisma.join(ways, ' or ')})`;
};

/** What filesVisibleTo asks of one case and sightingsOf of all, in two forms where that depends on other rows: `here` looks for those of the case, `among` gives the ids of the cases that have some. */
interface Way {
  readonly processes?: string[];
  /** Paths of units, each with everything below it. */
  readonly led?: string[];
  readonly here?: Prisma.Sql;
  readonly among?: Prisma.Sql;
  readonly where: Prisma.Sql;
}

function waysToFiles(actor: Actor, { oversight, at }: Viewing, asked: PartsAsked = {}): Way[] {
  const me = actor.id;
  const overseen = processesOverseenBy(actor, oversight);
  const led = actor.roles.filter(({ role }) => leaderRoles.some((leader) => leader === role)).map(({ unitPath }) => unitPath);
  const isToBeDone = Prisma.sql`${myTasks(actor, oversight)} and not (t.role = 'subject' and ${hasPart(actor, partsWithExtract)})`;
  return [
    { where: Prisma.sql`c.confidentiality = 'open'` },
    ...(overseen.length > 0
      ? [
          { processes: overseen, where: Prisma.sql`c.confidentiality = 'internal'` },
          { processes: overseen, where: isOverseer(actor, overseen) },
        ]
      : []),
    { where: Prisma.sql`c.opened_by = ${me} and c.confidentiality = 'internal'` },
    {
      where: Prisma.sql`c.subject_id = ${me} and (c.confidentiality = 'internal' or c.confidentiality = 'confidential' and not ${hasPart(actor, ['recused', 'reported', ...partsWithExtract])})`,
    },
    ...(led.length > 0 ? [{ led, where: Prisma.sql`c.confidentiality = 'internal'` }] : []),
    {
      here: Prisma.sql`exists (select from participant part where part.case_id = c.id and part.person_id = ${me})`,
      among: Prisma.sql`select case_id from participant part where person_id = ${me} and ${isAsked(asked)}`,
      where: Prisma.sql`(c.confidentiality in ('open', 'internal') or ${hasFile(actor)})`,
    },
    {
      among: casesHeld(actor),
      // Without the fence PostgreSQL would look through all tasks of a desk for those of each case.
      where: Prisma.sql`exists (select from (select * from task where case_id = c.id and state = 'open' offset 0) t where ${isToBeDone})`,
    },
    {
      here: Prisma.sql`exists (select from break_glass where case_id = c.id and person_id = ${me} and until > ${at})`,
      among: Prisma.sql`select case_id from break_glass where person_id = ${me} and until > ${at}`,
      where: Prisma.sql`true`,
    },
  ];
}

/**
 * Cases whose subject someone may learn: a filter by subject goes through this one, or it would tell a withheld name.
 * @param contents `contentsVisibleTo`, where that is known already
 */
export const subjectVisibleTo = (actor: Actor, viewing: Viewing, contents = contentsVisibleTo(actor, viewing)): Prisma.Sql => Prisma.sql`(
  ${contents} and (
    not c.name_withheld
    or c.subject_id = ${actor.id}
    or c.process = any (${processesOverseenBy(actor, viewing.oversight)})
    or ${hasPart(actor, ['appellant', 'subject'])}))`;

/** Open tasks that someone may do, for themselves or in place of someone absent: `bearerOf` is not null. Uses task_open_by_assignee and task_open_by_role. */
export function myTasks(actor: Actor, oversight: Oversight): Prisma.Sql {
  const own = Prisma.sql`t.role = 'subject' and t.assignee = ${actor.id} or t.role <> 'subject' and ${bears(actor)}`;
  if (actor.standsInFor.length === 0) return Prisma.sql`(t.state = 'open' and (${own}))`;
  const absent = actor.standsInFor.map((each) =>
    each.processes === null ? bears(each) : Prisma.sql`(c.process = any (${[...each.processes]}) and ${bears(each)})`,
  );
  const mayStandIn = Prisma.sql`t.role <> 'subject' and ${isNotExcluded(actor)} and (
    c.confidentiality in ('open', 'internal') or t.urgent and c.process <> all (${careProcesses}) or ${isInCircle(actor, processesOverseenBy(actor, oversight))})`;
  return Prisma.sql`(t.state = 'open' and (${own} or ${mayStandIn} and (${Prisma.join(absent, ' or ')})))`;
}

/**
 * The same desk by desk: what is assigned to the actor, what lies at each of the actor's desks, and so for whom they stand in for. Each is one stretch of an index, and its condition says no
 * more than it must: PostgreSQL takes what it cannot reckon for rare, and sorts a whole desk where it could stop at the end of the page.
 */
export function tasksByHolder(actor: Actor, oversight: Oversight): Prisma.Sql[] {
  const isOpen = Prisma.sql`t.state = 'open'`;
  const desksOf = (holders: readonly Holder[]) =>
    new Map(holders.flatMap(({ roles }) => roles.map((held) => [`${held.role}@${held.unit}`, held] as const)));
  const atDesk = ({ role, unit }: Holder['roles'][number]) =>
    Prisma.sql`${isOpen} and t.assignee is null and t.role = ${role} and t.unit_id = ${unit}`;
  const shared = desksOf(actor.standsInFor);
  const own = [...desksOf([actor])].flatMap(([name, desk]) => (shared.has(name) ? [] : [desk]));
  return [
    Prisma.sql`${isOpen} and t.assignee = ${actor.id} and (t.role = 'subject' or ${isNotExcluded(actor)})`,
    ...own.map((desk) => Prisma.sql`${atDesk(desk)} and (${isNotExcluded(actor)}) is true`),
    ...actor.standsInFor.map(({ id }) => Prisma.sql`${isOpen} and t.assignee = ${id} and ${myTasks(actor, oversight)}`),
    ...[...shared.values()].map((desk) => Prisma.sql`${atDesk(desk)} and ${myTasks(actor, oversight)}`),
  ];
}

/** Cases of the open tasks at somebody's desks or in their name, whether or not they may do them. Uses task_open_by_assignee and task_open_by_role alone. */
function casesHeld(actor: Actor): Prisma.Sql {
  const holders = [actor, ...actor.standsInFor];
  const desks = holders.flatMap(({ roles }) => roles.map(({ role, unit }) => Prisma.sql`(${role}, ${unit})`));
  return Prisma.sql`
    select case_id from task where state = 'open' and assignee = any (${holders.map(({ id }) => id)})
    union all select case_id from task where state = 'open' and assignee is null and (role, unit_id) in (${Prisma.join(desks)})`;
}

const bears = (who: Holder): Prisma.Sql => Prisma.sql`(
  (t.assignee = ${who.id} or t.assignee is null and (t.role, t.unit_id) in (${Prisma.join(
    who.roles.map(({ role, unit }) => Prisma.sql`(${role}, ${unit})`),
  )})) and ${isNotExcluded(who)})`;

const isNotExcluded = (who: Holder): Prisma.Sql => Prisma.sql`(
  not (${who.id} = any (t.excluded))
  and not exists (select 1 from participant p where p.case_id = t.case_id and (
    p.person_id = ${who.id} and (p.role = any (${[...partyRoles, 'recused']}) or ${tookPartBefore})
    or p.person_id = any (${[...who.relatives]}) and p.role = any (${[...partyRoles]}))))`;

const tookPartBefore = Prisma.join(
  Object.entries(secondPersonRoles).map(([duty, roles]) => Prisma.sql`t.duty = ${duty} and p.role = any (${[...roles]})`),
  ' or ',
);

/** In the circle of a confidential or sealed case, apart from whoever holds a task in it. */
const isInCircle = (actor: Actor, overseen: string[]): Prisma.Sql => Prisma.sql`(
  ${hasFile(actor)}
  or c.confidentiality = 'confidential' and c.subject_id = ${actor.id} and not ${hasPart(actor, ['recused', 'reported', ...partsWithExtract])}
  or ${isOverseer(actor, overseen)})`;

/** By their part in it. */
const hasFile = (actor: Actor): Prisma.Sql => Prisma.sql`(
  ${hasPart(actor, ['appellant', 'subject'])}
  or not ${hasPart(actor, ['recused'])}
    and exists (select 1 from participant p where p.case_id = c.id and p.person_id = ${actor.id} and p.role <> all (${[...partsWithoutFile]})))`;

/** By overseeing a confidential case in which they have no conflict of interest. */
const isOverseer = (actor: Actor, overseen: string[]): Prisma.Sql => Prisma.sql`(
  c.confidentiality = 'confidential' and c.process = any (${overseen}) and not ${hasPart(actor, [...partyRoles, 'recused'])}
  and not exists (
    select 1 from participant p where p.case_id = c.id and p.person_id = any (${[...actor.relatives]}) and p.role = any (${[...partyRoles]})))`;

const unitsUnder = (paths: string[]): Prisma.Sql =>
  Prisma.sql`array(select id from unit join unnest(${paths}::text[]) led on starts_with(path, led))`;

const hasPart = (who: Holder, roles: readonly string[]): Prisma.Sql => Prisma.sql`
  exists (select 1 from participant p where p.case_id = c.id and p.person_id = ${who.id} and p.role = any (${[...roles]}))`;

const processesOverseenBy = (actor: Actor, oversight: Oversight): string[] =>
  Object.keys(oversight).filter((process) => holdsAny(actor, oversight[process] ?? []));
