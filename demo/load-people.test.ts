import { Instant, type PersonId, UnitId } from '../domain/ids.ts';
import { roleIds } from '../domain/roles.ts';
import { zoneClock } from '../domain/time-zone.ts';
import { signIn } from '../store/accounts.ts';
import { resolveRoles } from '../store/resolve-role.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { loadDemoPeople, openDemoBureau } from './load-people.ts';

const at = new Date('2026-11-24T02:00:00Z');
const password = 'a demo password';
const nobody: PersonId[] = [];

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await loadDemoPeople(database.db, { password, zone: zoneClock('Asia/Shanghai'), at });
});
afterAll(() => database.drop());

test('the demo bureau has 200 police officers and their staff in 12 units under one', async () => {
  const { db } = database;
  expect(await db.person.count({ where: { category: 'officer' } })).toBe(200);
  expect(await db.unit.count()).toBe(12);
  expect((await db.unit.findMany({ where: { parentId: null } })).map(({ id }) => id)).toEqual(['bureau']);
});

test.each(['admin', 'supervisor', 'chief', 'auditor', 'acceptance', 'acceptance2', 'reviewer1', 'leader-donghu', 'officer', 'handler1'])(
  '%s signs in with the one password of all demo accounts',
  async (username) => {
    await expect(signIn(database.db, { username, password, source: 'test', at })).resolves.toMatchObject({ person: username });
  },
);

test('every role is held by two people or more', async () => {
  const rows = await database.db.$queryRaw<
    { role: string; people: bigint }[]
  >`select role, count(distinct person_id) as people from role_grant group by role`;
  const held = new Map(rows.map(({ role, people }) => [role, Number(people)]));
  const scarce = roleIds.filter((role) => role !== 'officer' && (held.get(role) ?? 0) < 2);
  expect(scarce).toEqual([]);
});

test('whatever task falls to a role in a unit, two people or more could do it; and someone is left when the first takes no part', async () => {
  const units = (await database.db.unit.findMany()).map(({ id }) => UnitId.parse(id));
  const asked = units.flatMap((unit) => roleIds.map((role) => ({ unit, role, at: Instant.parse(at.toISOString()), excluded: nobody })));
  const first = await database.db.$transaction((tx) => resolveRoles(tx, asked));
  expect(first.filter(({ holders, role }, index) => holders.length === 0 || role !== asked[index]?.role)).toEqual([]);
  // No task is for deputies: they stand in where nobody else can.
  const alone = first.filter(({ holders, role }) => holders.length < 2 && role !== 'deputy-leader');
  expect(alone).toEqual([]);
  const again = asked.map((request, index) => ({ ...request, excluded: first[index]?.holders.slice(0, 1) ?? [] }));
  const second = await database.db.$transaction((tx) => resolveRoles(tx, again));
  expect(second.filter(({ holders }) => holders.length === 0)).toEqual([]);
});

test('loading it again changes nobody', async () => {
  const { db } = database;
  const state = () =>
    db.$queryRaw`select (select json_agg(p order by id) from person p) as people, (select json_agg(g order by id) from role_grant g) as grants`;
  const before = await state();
  await loadDemoPeople(db, { password, zone: zoneClock('Asia/Shanghai'), at: new Date(at.getTime() + 86_400_000) });
  expect(await state()).toEqual(before);
});

test('a later start gives the demo accounts its password and leaves the rest as people changed it', async () => {
  const { db } = database;
  await db.person.update({ where: { id: 'liuwei' }, data: { post: '警务技术岗' } });
  await openDemoBureau(db, { password: 'another password', zone: zoneClock('Asia/Shanghai'), at });
  await expect(signIn(db, { username: 'liuwei', password: 'another password', source: 'test', at })).resolves.toMatchObject({
    person: 'liuwei',
  });
  expect(await db.person.findUnique({ where: { id: 'liuwei' } })).toMatchObject({ post: '警务技术岗' });
});

test("another bureau's people keep their passwords, and the start says why", async () => {
  const other = await freshDatabase();
  await other.db.unit.create({ data: { id: 'city', name: '市公安局', path: '/city/' } });
  await other.db.person.create({ data: { id: 'chief', username: 'chief', name: '王五', badge: '990001', unitId: 'city' } });
  const opening = openDemoBureau(other.db, { password, zone: zoneClock('Asia/Shanghai'), at });
  await expect(opening).rejects.toThrow('FIVEFOLD_DEMO=0');
  expect(await other.db.account.count()).toBe(0);
  await other.drop();
});
