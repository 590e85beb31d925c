import { PersonId, UnitId } from '../../domain/ids.ts';
import type { Role } from '../../domain/roles.ts';
import type { Database } from '../../platform/database.ts';
import { type Chance, oneOf } from './chance.ts';

/** Sixty units in a tree and everyone who works there. */
export interface Staff {
  readonly units: readonly StaffUnit[];
  readonly people: readonly StaffPerson[];
  /** Those who hold the role in the unit, or in the nearest one above it that has holders. */
  holders(role: Role, unit: UnitId): Place;
  /** Who belongs to the unit. */
  of(unit: UnitId): readonly PersonId[];
}

export interface Place {
  readonly unit: UnitId;
  readonly people: readonly PersonId[];
}

export interface StaffUnit {
  readonly id: UnitId;
  readonly name: string;
  readonly parent: UnitId | null;
  readonly path: string;
}

interface StaffPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly unit: UnitId;
  /** Held in the own unit. */
  readonly role: Role | null;
}

const branches = ['城东', '城西', '城南', '城北', '开发区', '高新区', '临江'];
const stations = ['东湖', '西山', '南门', '北桥', '中街', '新村'];
const departments = [
  '指挥中心',
  '刑侦支队',
  '治安支队',
  '交警支队',
  '巡特警支队',
  '网安支队',
  '法制支队',
  '出入境支队',
  '看守所',
  '警保部',
];
const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
const givenNames = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂华建国文斌辉鹏飞宇晨'];

/** How many hold what in the bureau itself, in a branch, and in a station or department. */
const posts = {
  city: {
    'bureau-leader': 1,
    'supervising-leader': 4,
    'acceptance-desk': 2,
    'supervision-desk': 3,
    'inspection-head': 2,
    inspector: 6,
    'discipline-inspector': 6,
    reviewer: 3,
    'political-department': 5,
    'welfare-desk': 3,
    'health-desk': 3,
    counsellor: 4,
    'fund-committee': 3,
    'fund-cashier': 2,
    'legal-adviser': 2,
    'peer-member': 4,
    'hospital-liaison': 2,
    'duty-desk': 4,
    auditor: 1,
    administrator: 1,
  },
  branch: { 'unit-leader': 1, 'deputy-leader': 2, 'supervising-leader': 1, 'acceptance-desk': 2, reviewer: 2 },
  unit: { 'unit-leader': 1, 'deputy-leader': 1 },
} as const satisfies Record<string, Partial<Record<Role, number>>>;
/** With whoever holds one of the posts. */
const heads = { city: 320, department: 90, branch: 60, station: 80 };

export function staffOf(chance: Chance): Staff {
  const units = unitsOf();
  const people: StaffPerson[] = [];
  const byUnit = new Map<UnitId, PersonId[]>();
  const byRole = new Map<string, PersonId[]>();
  for (const unit of units) {
    const { size, roles } = fillingOf(unit);
    for (let nth = 0; nth < size; nth++) {
      const n = people.length + 1;
      const id = PersonId.parse(`p-${String(n).padStart(4, '0')}`);
      const name = `${oneOf(surnames, chance(n, 'surname'))}${oneOf(givenNames, chance(n, 'given'))}${chance(n, 'third') < 0.7 ? oneOf(givenNames, chance(n, 'second')) : ''}`;
      const role = roles[nth] ?? null;
      people.push({ id, name, unit: unit.id, role });
      put(byUnit, unit.id, id);
      put(byRole, `officer@${unit.id}`, id);
      if (role !== null) put(byRole, `${role}@${unit.id}`, id);
    }
  }
  const parents = new Map(units.map(({ id, parent }) => [id, parent]));
  const holders = (role: Role, unit: UnitId): Place => {
    const here = byRole.get(`${role}@${unit}`);
    if (here !== undefined) return { unit, people: here };
    const above = parents.get(unit);
    // Nobody leads the bureau as a unit but its leader.
    return above ? holders(role, above) : holders('bureau-leader', unit);
  };
  return { units, people, holders, of: (unit) => holders('officer', unit).people };
}

export async function insertStaff(db: Database, { units, people }: Staff, chance: Chance): Promise<void> {
  await db.unit.createMany({ data: units.map(({ id, name, parent, path }) => ({ id, name, parentId: parent, path })) });
  await db.person.createMany({
    data: people.map(({ id, name, unit }, index) => ({ id, username: id, name, unitId: unit, badge: String(100_000 + index) })),
  });
  await db.account.createMany({ data: people.map(({ id }) => ({ personId: id, passwordHash: 'none' })) });
  await db.$executeRaw`
    insert into role_grant (person_id, role, unit_id)
    select x.* from jsonb_to_recordset(${JSON.stringify(people.filter(({ role }) => role !== null))}::jsonb) as x(id text, role text, unit text)`;
  // One in fifty has a relative in the bureau, one in fifty is away and has somebody who stands in.
  const other = (n: number, matter: string) => people[Math.floor(chance(n, matter) * people.length)]?.id;
  const ties = people.flatMap(({ id }, n) =>
    chance(n, 'tie') < 0.02 && other(n, 'relative') !== id ? [{ id, other: other(n, 'relative') }] : [],
  );
  await db.$executeRaw`
    insert into kinship (person_id, relative_id, kind)
    select id, other, 'spouse' from jsonb_to_recordset(${JSON.stringify(ties)}::jsonb) as x(id text, other text)
    union select other, id, 'spouse' from jsonb_to_recordset(${JSON.stringify(ties)}::jsonb) as x(id text, other text) on conflict do nothing`;
  const absent = people.flatMap(({ id, unit }, n) => {
    const to = people.find((each, index) => index > n && each.unit === unit)?.id;
    return chance(n, 'absent') < 0.02 && to !== undefined ? [{ id, to }] : [];
  });
  await db.$executeRaw`
    insert into substitution (person_id, to_id, starts_at, ends_at)
    select x.id, x.to, now() - interval '1 day', now() + interval '30 days' from jsonb_to_recordset(${JSON.stringify(absent)}::jsonb) as x(id text, "to" text)`;
}

function unitsOf(): StaffUnit[] {
  const unit = (id: string, name: string, above?: StaffUnit): StaffUnit => ({
    id: UnitId.parse(id),
    name,
    parent: above?.id ?? null,
    path: `${above?.path ?? '/'}${id}/`,
  });
  const city = unit('city', '市公安局');
  return [
    city,
    ...departments.map((name, index) => unit(`department-${index + 1}`, name, city)),
    ...branches.flatMap((name, index) => {
      const branch = unit(`branch-${index + 1}`, `${name}分局`, city);
      return [branch, ...stations.map((each, nth) => unit(`station-${index + 1}-${nth + 1}`, `${name}${each}派出所`, branch))];
    }),
  ];
}

function fillingOf({ id, parent }: StaffUnit): { size: number; roles: Role[] } {
  if (parent === null) return { size: heads.city, roles: rolesOf(posts.city) };
  if (id.startsWith('branch')) return { size: heads.branch, roles: rolesOf(posts.branch) };
  return { size: id.startsWith('department') ? heads.department : heads.station, roles: rolesOf(posts.unit) };
}

const rolesOf = (filled: Partial<Record<Role, number>>): Role[] =>
  Object.entries(filled).flatMap(([role, many]) => Array.from({ length: many }, () => role as Role));

function put<K>(map: Map<K, PersonId[]>, key: K, person: PersonId): void {
  const list = map.get(key) ?? [];
  list.push(person);
  map.set(key, list);
}
