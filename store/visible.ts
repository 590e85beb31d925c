/*
 * The list form of domain/access-sight.ts: which cases and tasks someone may see, as conditions that PostgreSQL checks with its indexes instead of a filter after the fact.
 * Aliases: `c` is the "case", `t` the task (joined to its `c`). Invariant: each condition is true of exactly the rows that the function of the same
 * meaning in domain/ grants; visible.test.ts proves it on random people and cases. A rule changed there is changed here in the same commit.
 */
import { partsWithExtract, partsWithoutFile } from '../domain/access-sight.ts';
import { type Actor, type Holder, holdsAny, leaderRoles } from '../domain/actor.ts';
import { careProcesses } from '../domain/care-team.ts';
import { partyRoles, secondPersonRoles } from '../domain/recusal.ts';
import type { Role } from '../domain/roles.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** The roles that oversee each process, from the definitions. */
export type Oversight = Readonly<Record<string, readonly Role[]>>;

export interface Viewing {
  readonly oversight: Oversight;
  readonly at: Date;
}

/** Cases of which someone may know: `sightOf` is not 'none'. */
export const visibleTo = (actor: Actor, viewing: Viewing): Prisma.Sql =>
  holdsAny(actor, ['auditor'])
    ? Prisma.sql`true`
    : Prisma.sql`(${filesVisibleTo(actor, viewing)} or c.id = any (array(select case_id from participant where person_id = ${actor.id} and role = any (${[...partsWithExtract]}))))`;

/** Cases whose contents someone may see: `sightOf` is 'full'. A search for words in titles goes through this one. */
export const contentsVisibleTo = (actor: Actor, viewing: Viewing): Prisma.Sql =>
  Prisma.sql`(c.anonymised_at is null and ${filesVisibleTo(actor, viewing)})`;

/**
 * Each alternative begins with a condition that has an index of its own (case_open_to_all, case_by_process, case_by_opener, case_by_subject, case_by_unit,
 * case_pkey), so that whoever sees few of many cases does not wait until all are looked at: the first page of an officer with 20 of 200,000 took 8 ms, of a
 * desk that oversees them all 4 ms, on two busy cores.
 */
const filesVisibleTo = (actor: Actor, { oversight, at }: Viewing): Prisma.Sql => {
  const me = actor.id;
  const overseen = processesOverseenBy(actor, oversight);
  const led = actor.roles.filter(({ role }) => leaderRoles.some((leader) => leader === role)).map(({ unitPath }) => unitPath);
  const alternatives = [
    Prisma.sql`c.confidentiality = 'open'`,
    ...(overseen.length > 0
      ? [Prisma.sql`c.process = any (${overseen}) and (c.confidentiality = 'internal' or ${isOverseer(actor, overseen)})`]
      : []),
    Prisma.sql`c.opened_by = ${me} and c.confidentiality = 'internal'`,
    Prisma.sql`c.subject_id = ${me} and (c.confidentiality = 'internal' or c.confidentiality = 'confidential' and not ${hasPart(actor, ['recused', 'reported', ...partsWithExtract])})`,
    ...(led.length > 0 ? [Prisma.sql`c.unit_id = any (${unitsUnder(led)}) and c.confidentiality = 'internal'`] : []),
    Prisma.sql`c.id = any (array(select c.id from participant part join "case" c on c.id = part.case_id
      where part.person_id = ${me} and (c.confidentiality in ('open', 'internal') or ${hasFile(actor)})))`,
    Prisma.sql`c.id = any (array(select t.case_id from task t join "case" c on c.id = t.case_id where ${myTasks(actor, oversight)}
      and not (t.role = 'subject' and ${hasPart(actor, partsWithExtract)})))`,
    Prisma.sql`c.id = any (array(select case_id from break_glass where person_id = ${me} and until > ${at}))`,
  ];
  return Prisma.sql`(${Prisma.join(alternatives, ' or ')})`;
};

/** Cases whose subject someone may learn: a filter by subject goes through this one, or it would tell a withheld name. */
export const subjectVisibleTo = (actor: Actor, viewing: Viewing): Prisma.Sql => Prisma.sql`(
  ${contentsVisibleTo(actor, viewing)} and (
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
