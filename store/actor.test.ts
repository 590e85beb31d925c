import { PersonId } from '../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { insertPeople } from '../test/people.ts';
import { actorOfPerson, actorOfToken, forgetActors } from './actor.ts';
import { openSession } from './sessions.ts';

const start = Date.parse('2026-11-24T00:00:00Z');
const after = (seconds: number) => new Date(start + seconds * 1000);
const id = (name: string) => PersonId.parse(name);

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  await database.db.$executeRaw`insert into account (person_id, password_hash) select id, 'none' from person`;
});
afterAll(() => database.drop());

test('someone brings their roles with paths, being an officer of their unit included, and their relatives', async () => {
  expect(await actorOfPerson(database.db, id('leader-1'), after(0))).toEqual({
    id: 'leader-1',
    username: 'leader-1',
    name: '姓名-leader-1',
    locale: 'zh',
    roles: [
      { role: 'officer', unit: 'station-1', unitPath: '/city/branch/station-1/' },
      { role: 'unit-leader', unit: 'station-1', unitPath: '/city/branch/station-1/' },
    ],
    relatives: [],
    standsInFor: [],
  });
  expect((await actorOfPerson(database.db, id('li'), after(0)))?.relatives).toEqual(['handler-2']);
});

test('whom an absent person stands in for is not passed on, and an absence begins and ends to the instant', async () => {
  await database.db.$executeRaw`
    insert into substitution (person_id, to_id, starts_at, ends_at, processes) values
      ('leader-1', 'deputy-1', ${after(10)}, ${after(20)}, '{appeal}'), ('leader-2', 'leader-1', ${after(0)}, ${after(100)}, null)`;
  const standsInFor = async (at: Date) => (await actorOfPerson(database.db, id('deputy-1'), at))?.standsInFor.map((absent) => absent.id);
  expect(await Promise.all([9.999, 10, 19.999, 20].map((seconds) => standsInFor(after(seconds))))).toEqual([
    [],
    ['leader-1'],
    ['leader-1'],
    [],
  ]);
  const [absent] = (await actorOfPerson(database.db, id('deputy-1'), after(15)))?.standsInFor ?? [];
  expect(absent).toMatchObject({ processes: ['appeal'], roles: [{ role: 'officer' }, { role: 'unit-leader' }] });
});

test('for someone who has left nobody stands in', async () => {
  await database.db.$executeRaw`
    insert into substitution (person_id, to_id, starts_at, ends_at) values ('supervisor-1', 'supervisor-2', ${after(0)}, ${after(100)})`;
  await database.db.$executeRaw`update person set left_at = ${after(50)} where id = 'supervisor-1'`;
  expect((await actorOfPerson(database.db, id('supervisor-2'), after(49)))?.standsInFor).toHaveLength(1);
  expect((await actorOfPerson(database.db, id('supervisor-2'), after(50)))?.standsInFor).toHaveLength(0);
});

test('a change of roles is seen within two seconds, and at once where it was made', async () => {
  const { token } = await openSession(database.db, id('zhao'), after(0));
  const roles = async (seconds: number) => (await actorOfToken(database.db, token, after(seconds)))?.roles.map(({ role }) => role);
  expect(await roles(1)).toEqual(['officer']);
  await database.db.$executeRaw`insert into role_grant (person_id, role, unit_id) values ('zhao', 'reviewer', 'city')`;
  expect(await roles(3)).toEqual(['reviewer', 'officer']);
  await database.db.$executeRaw`delete from role_grant where person_id = 'zhao'`;
  forgetActors(database.db);
  expect(await roles(3)).toEqual(['officer']);
});

test('an unknown token stands for nobody', async () => {
  expect(await actorOfToken(database.db, 'no such token', after(0))).toBeNull();
});
