import type { TableError } from './csv-table.ts';
import { type Instant, PersonId, type PlainDate, type Text, type UnitId } from './ids.ts';
import { missing, type PersonLine, type UnitLine } from './people-table.ts';
import type { Role } from './roles.ts';
import { type UnitNode, unitPaths } from './unit-tree.ts';

export interface KnownUnit extends UnitNode {
  readonly name: string;
}

export interface KnownPerson {
  readonly id: PersonId;
  readonly username: string;
  readonly name: string;
  readonly badge: string | null;
  readonly unit: UnitId;
  readonly category: string;
  readonly post: string | null;
  readonly rank: string | null;
  readonly workingSince: PlainDate | null;
  readonly locale: string;
  readonly leftAt: Instant | null;
}

export interface PlannedGrant {
  readonly row: number;
  readonly person: PersonId;
  readonly role: Role;
  readonly unit: UnitId;
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly acting: boolean;
  readonly reason: string | null;
}

export interface Kinship {
  readonly person: PersonId;
  readonly relative: PersonId;
  readonly kind: string;
}

export interface PeoplePlan {
  readonly people: readonly KnownPerson[];
  /** People whose roles the file lists: what they hold besides `grants` ends. */
  readonly withRoles: readonly PersonId[];
  readonly grants: readonly PlannedGrant[];
  readonly kinship: readonly Kinship[];
  readonly errors: readonly TableError[];
}

/** What the tree of units becomes when the lines of a file are laid over what is known. */
export function planUnits(lines: readonly UnitLine[], known: readonly KnownUnit[]) {
  const errors: TableError[] = [];
  const byId = new Map(known.map((unit) => [unit.id, unit]));
  const rowOf = new Map<UnitId, number>();
  for (const { row, ...unit } of lines) {
    const earlier = rowOf.get(unit.id);
    if (earlier !== undefined) errors.push({ row, column: 'id', message: repeats(earlier) });
    rowOf.set(unit.id, row);
    byId.set(unit.id, unit);
  }
  const units = [...byId.values()];
  const { paths, faults } = unitPaths(units);
  for (const { kind, unit } of faults) errors.push({ row: rowOf.get(unit) ?? 1, column: 'parent', message: treeFaults[kind] });
  return { units, paths, errors };
}

/**
 * What the bureau's people become when the lines of a file are laid over what is known. Someone is recognised by id, else by badge, else by user name; a person
 * may have several lines, each with roles of another period.
 */
export function planPeople(
  lines: readonly PersonLine[],
  known: { readonly people: readonly KnownPerson[]; readonly units: readonly KnownUnit[] },
): PeoplePlan {
  const errors: TableError[] = [];
  const fault = (row: number, column: string, message: Text) => void errors.push({ row, column, message });
  const unitOf = unitFinder(known.units);
  const people = new Map<PersonId, KnownPerson & { row: number }>();
  const grants: PlannedGrant[] = [];
  const withRoles = new Set<PersonId>();
  const relatives: { row: number; person: PersonId; cells: PersonLine['relatives'] }[] = [];
  const find = personFinder(known.people);
  const usedIds = new Set(known.people.map(({ id }) => id));

  for (const line of lines) {
    const before = find(line);
    const id = before?.id ?? line.id ?? idFrom(line.username ?? '');
    if (before === undefined && usedIds.has(id)) fault(line.row, 'id', taken);
    const earlier = people.get(id);
    if (earlier !== undefined && !continues(line, earlier)) fault(line.row, 'username', repeats(earlier.row));
    const person = earlier ?? personFrom(line, before, { id, unitOf, fault });
    if (person === null || (earlier !== undefined && !continues(line, earlier))) continue;
    people.set(id, { ...person, row: earlier?.row ?? line.row });
    relatives.push({ row: line.row, person: id, cells: line.relatives });
    if (line.roles === undefined) continue;
    withRoles.add(id);
    grants.push(...grantsOf(line, person, { unitOf, fault }));
  }
  const all = new Map([...known.people.map((person) => [person.id, { ...person, row: 0 }] as const), ...people]);
  refuseTaken([...all.values()], fault);
  refuseRepeatedGrants(grants, fault);
  return {
    people: [...people.values()].map(({ row: _, ...person }) => person),
    withRoles: [...withRoles],
    grants,
    kinship: kinshipOf(relatives, [...all.values()], fault),
    errors,
  };
}

type Fault = (row: number, column: string, message: Text) => void;
type UnitFinder = (cell: string) => UnitId | Text;
type PersonFinder = (line: PersonLine) => KnownPerson | undefined;

interface Finding {
  readonly unitOf: UnitFinder;
  readonly fault: Fault;
}

/** By id, or by a name that only one unit has. */
function unitFinder(units: readonly KnownUnit[]): UnitFinder {
  const ids = new Map<string, UnitId>(units.map(({ id }) => [id, id]));
  const named = new Map<string, UnitId[]>();
  for (const { id, name } of units) named.set(name, [...(named.get(name) ?? []), id]);
  return (cell) => {
    const id = ids.get(cell);
    if (id !== undefined) return id;
    const [unit = noSuchUnit, another] = named.get(cell) ?? [];
    return another === undefined ? unit : severalUnits;
  };
}

function personFinder(people: readonly KnownPerson[]): PersonFinder {
  const byId = new Map(people.map((person) => [person.id, person]));
  const byBadge = new Map(people.map((person) => [person.badge, person]));
  const byUsername = new Map(people.map((person) => [person.username, person]));
  return ({ id, badge, username }) => {
    if (id !== undefined) return byId.get(id);
    return (badge !== undefined ? byBadge.get(badge) : undefined) ?? (username !== undefined ? byUsername.get(username) : undefined);
  };
}

/** A further line of the same person: it brings roles and contradicts nothing. */
const continues = (line: PersonLine, first: KnownPerson): boolean =>
  line.roles !== undefined && [line.username ?? first.username, line.name ?? first.name].join() === [first.username, first.name].join();

function personFrom(
  line: PersonLine,
  before: KnownPerson | undefined,
  { id, unitOf, fault }: Finding & { id: PersonId },
): KnownPerson | null {
  const unit = line.unit === undefined ? before?.unit : unitOf(line.unit);
  const username = line.username ?? before?.username;
  const name = line.name ?? before?.name;
  if (typeof unit === 'object') fault(line.row, 'unit', unit);
  for (const [column, value] of Object.entries({ username, name, unit })) if (value === undefined) fault(line.row, column, missing);
  if (unit === undefined || typeof unit === 'object' || username === undefined || name === undefined) return null;
  const kept = before ?? { category: 'officer', locale: 'zh', badge: null, post: null, rank: null, workingSince: null, leftAt: null };
  return {
    id,
    username,
    name,
    unit,
    badge: line.badge ?? kept.badge,
    category: line.category ?? kept.category,
    post: line.post === undefined ? kept.post : line.post,
    rank: line.rank === undefined ? kept.rank : line.rank,
    workingSince: line.workingSince === undefined ? kept.workingSince : line.workingSince,
    locale: line.locale ?? kept.locale,
    leftAt: line.leftAt === undefined ? kept.leftAt : line.leftAt,
  };
}

function grantsOf(line: PersonLine, person: KnownPerson, { unitOf, fault }: Finding): PlannedGrant[] {
  const { row, from, until, acting, reason } = line;
  return (line.roles ?? []).flatMap(({ role, unit: cell }) => {
    const unit = cell === null ? person.unit : unitOf(cell);
    if (typeof unit !== 'object') return [{ row, person: person.id, role, unit, from, until, acting, reason }];
    fault(row, 'roles', unit);
    return [];
  });
}

function refuseTaken(people: readonly (KnownPerson & { readonly row: number })[], fault: Fault): void {
  for (const column of ['username', 'badge'] as const) {
    const owners = new Map<string, { row: number }>();
    for (const person of people) {
      const value = person[column];
      const owner = value === null ? undefined : owners.get(value);
      if (owner !== undefined)
        fault(Math.max(person.row, owner.row), column, owner.row > 0 && person.row > 0 ? repeats(Math.min(owner.row, person.row)) : taken);
      if (value !== null) owners.set(value, person);
    }
  }
}

function refuseRepeatedGrants(grants: readonly PlannedGrant[], fault: Fault): void {
  const rows = new Map<string, number>();
  for (const { row, person, role, unit, from } of grants) {
    const key = [person, role, unit, from].join(' ');
    const earlier = rows.get(key);
    if (earlier !== undefined) fault(row, 'roles', repeats(earlier));
    rows.set(key, row);
  }
}

/** Both directions of every tie, once. */
function kinshipOf(
  told: readonly { row: number; person: PersonId; cells: PersonLine['relatives'] }[],
  people: readonly KnownPerson[],
  fault: Fault,
): Kinship[] {
  const ids = new Map<string, PersonId>([
    ...people.map(({ username, id }) => [username, id] as const),
    ...people.map(({ id }) => [id, id] as const),
  ]);
  const ties = new Map<string, Kinship>();
  for (const { row, person, cells } of told) {
    for (const { person: name, kind } of cells) {
      const relative = ids.get(name);
      if (relative === undefined || relative === person) fault(row, 'relatives', relative === undefined ? noSuchPerson : ownRelative);
      else
        for (const tie of [
          { person, relative, kind },
          { person: relative, relative: person, kind },
        ])
          if (!ties.has(`${tie.person} ${tie.relative}`)) ties.set(`${tie.person} ${tie.relative}`, tie);
    }
  }
  return [...ties.values()];
}

/** The id of someone for whom the file brings none. */
const idFrom = (username: string): PersonId => PersonId.parse(username.replaceAll('.', '_') || '_');

const repeats = (row: number): Text => ({ zh: `与第 ${row} 行重复。`, en: `This repeats row ${row}.` });
const taken = { zh: '已为他人所用。', en: 'Someone else has this.' };
const noSuchUnit = { zh: '没有这个单位。', en: 'There is no such unit.' };
const severalUnits = { zh: '有多个单位同名，请填编号。', en: 'Several units have this name. Give the id.' };
const noSuchPerson = { zh: '没有这个人。', en: 'There is no such person.' };
const ownRelative = { zh: '不能填本人。', en: 'This is the same person.' };
const treeFaults = {
  'unknown-parent': { zh: '没有这个上级单位。', en: 'There is no such unit above it.' },
  cycle: { zh: '上级关系成环。', en: 'The units above it lead back to it.' },
  'second-root': { zh: '只能有一个没有上级的单位（市局）。', en: 'Only one unit, the bureau itself, has none above it.' },
} satisfies Record<string, Text>;
