import { PersonId } from '../domain/ids.ts';
import { zoneClock } from '../domain/time-zone.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { actorOfPerson } from './actor.ts';
import { importPeople, type PeopleImport } from './people-import.ts';

const zone = zoneClock('Asia/Shanghai');
const today = new Date('2026-11-24T02:00:00Z');
const units = 'id,name,parent\ncity,市公安局,\nbranch,城东分局,city\nstation,东湖派出所,branch\n';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  for (const table of ['kinship', 'role_grant', 'person', 'unit']) await database.db.$executeRawUnsafe(`delete from ${table}`);
  expect(await load({ units })).toMatchObject({ ok: true, changes: { units: [{ created: true }, { created: true }, { created: true }] } });
});

const load = (given: Partial<PeopleImport>) => importPeople(database.db, { zone, at: today, by: null, dryRun: false, ...given });
const people = (...lines: string[]) => lines.join('\n');

/** What is wrong, as `row column: message`. */
async function faults(given: Partial<PeopleImport>): Promise<string[]> {
  const result = await load(given);
  return result.ok ? [] : result.errors.map(({ row, column, message }) => `${row} ${column}: ${message.en}`);
}

const rolesOf = async (person: string, at = today) =>
  (await actorOfPerson(database.db, PersonId.parse(person), at))?.roles.map(({ role, unit }) => `${role}@${unit}`).sort() ?? null;

const state = async () => database.db.$queryRaw`
  select (select json_agg(p order by id) from person p) as people, (select json_agg(u order by id) from unit u) as units,
         (select json_agg(g order by id) from role_grant g) as grants, (select json_agg(k order by person_id) from kinship k) as kinship`;

describe('an import', () => {
  test('brings people with units, roles here and elsewhere, and relatives', async () => {
    const csv = people(
      'username,name,badge,unit,category,post,rank,roles,relatives',
      'li,李明,010001,station,民警,所长,一级警督,unit-leader; 复核员@市公安局,wang:配偶',
      'wang,王芳,010002,东湖派出所,auxiliary,,,,',
    );
    expect(await load({ people: csv })).toMatchObject({
      ok: true,
      changes: {
        people: [
          { id: 'li', created: true, left: false },
          { id: 'wang', created: true },
        ],
        roles: [
          { name: '李明', role: 'unit-leader', change: 'granted' },
          { name: '李明', role: 'reviewer', unit: 'city', change: 'granted' },
        ],
      },
    });
    expect(await rolesOf('li')).toEqual(['officer@station', 'reviewer@city', 'unit-leader@station']);
    expect((await actorOfPerson(database.db, PersonId.parse('wang'), today))?.relatives).toEqual(['li']);
    expect(await database.db.person.findUnique({ where: { id: 'wang' } })).toMatchObject({
      category: 'auxiliary',
      unitId: 'station',
      post: null,
    });
  });

  test('takes Chinese headings, a byte order mark, quotes and Windows line ends', async () => {
    const csv = '\uFEFF姓名,用户名,单位,角色,代理\r\n"李, 明",li,station,单位负责人,是\r\n\r\n';
    expect(await load({ people: csv })).toMatchObject({ ok: true, changes: { people: [{ id: 'li', created: true }] } });
    expect(await rolesOf('li')).toEqual(['officer@station', 'unit-leader@station']);
    const [grant] = await database.db.$queryRaw<{ acting: boolean }[]>`select acting from role_grant`;
    expect(grant?.acting).toBe(true);
  });

  test('done again changes nothing; what is not in the file stays', async () => {
    const csv = people('username,name,badge,unit,roles', 'li,李明,010001,station,reviewer', 'wang,王芳,010002,station,');
    await load({ people: csv });
    const before = await state();
    const tomorrow = new Date(today.getTime() + 86_400_000);
    expect(await load({ people: csv, at: tomorrow })).toEqual({
      ok: true,
      changes: { units: [], people: [], roles: [] },
    });
    expect(await state()).toEqual(before);
    await load({ people: people('badge,post', '010002,内勤') });
    expect(await database.db.person.findUnique({ where: { id: 'wang' } })).toMatchObject({ username: 'wang', name: '王芳', post: '内勤' });
    expect(await rolesOf('li')).toEqual(['officer@station', 'reviewer@station']);
  });

  test('knows someone by badge who has another user name now', async () => {
    await load({ people: people('username,name,badge,unit', 'li,李明,010001,station') });
    await load({ people: people('username,name,badge,unit', 'li.ming,李明,010001,branch') });
    expect(await database.db.person.findMany()).toMatchObject([{ id: 'li', username: 'li.ming', unitId: 'branch' }]);
  });

  test('ends roles that are no longer listed, and keeps their history', async () => {
    await load({ people: people('username,name,unit,roles', 'li,李明,station,reviewer; unit-leader') });
    const later = new Date('2026-12-01T00:00:00Z');
    expect(await load({ people: people('username,roles', 'li,reviewer'), at: later })).toMatchObject({
      changes: { people: [], roles: [{ person: 'li', role: 'unit-leader', unit: 'station', change: 'ended' }] },
    });
    expect(await rolesOf('li', later)).toEqual(['officer@station', 'reviewer@station']);
    expect(await rolesOf('li', today)).toEqual(['officer@station', 'reviewer@station', 'unit-leader@station']);
  });

  test('gives a role for a period, its last day included, and one person several periods', async () => {
    const csv = people(
      'username,name,unit,roles,from,until,acting',
      'li,李明,station,unit-leader,2026-12-01,2026-12-31,true',
      'li,李明,station,reviewer,,,',
    );
    expect(await faults({ people: csv })).toEqual([]);
    const held = async (at: string) => (await rolesOf('li', new Date(at)))?.includes('unit-leader@station');
    // The bureau's day begins at 16:00 UTC of the day before.
    expect(
      await Promise.all(['2026-11-30T15:59:59Z', '2026-11-30T16:00:00Z', '2026-12-31T15:59:59Z', '2026-12-31T16:00:00Z'].map(held)),
    ).toEqual([false, true, true, false]);
    expect(await rolesOf('li')).toEqual(['officer@station', 'reviewer@station']);
  });

  test('lets someone leave at the end of a day, and come back', async () => {
    await load({ people: people('username,name,unit,roles', 'li,李明,station,reviewer') });
    await load({ people: people('username,left', 'li,2026-11-24') });
    expect(await rolesOf('li', new Date('2026-11-24T15:59:59Z'))).not.toBeNull();
    expect(await rolesOf('li', new Date('2026-11-24T16:00:00Z'))).toBeNull();
    await load({ people: people('username,left', 'li,') });
    expect(await rolesOf('li', new Date('2026-11-25T16:00:00Z'))).toEqual(['officer@station', 'reviewer@station']);
  });

  test('moves a unit with everything below it', async () => {
    await load({ units: 'id,name,parent\nwest,城西分局,city\n' });
    await load({ units: '编号,名称,上级\nbranch,城东分局,west\n' });
    expect(await database.db.unit.findUnique({ where: { id: 'station' } })).toMatchObject({ path: '/city/west/branch/station/' });
  });

  test('as a dry run says what it would do and does none of it', async () => {
    const before = await state();
    const given = {
      units: `${units}west,城西分局,city\n`,
      people: people('username,name,unit,roles', 'li,李明,west,reviewer'),
      dryRun: true,
    };
    expect(await load(given)).toMatchObject({
      ok: true,
      changes: { units: [{ id: 'west' }], people: [{ id: 'li' }], roles: [{ change: 'granted' }] },
    });
    expect(await state()).toEqual(before);
  });
});

describe('an import refuses', () => {
  test('everything when one row is wrong, and names every wrong row', async () => {
    const before = await state();
    const csv = people(
      'username,name,badge,unit,category,roles,from,until,relatives,left',
      'li,李明,010001,station,officer,reviewer,,,,',
      'Wang,王芳,010002,station,officer,,,,,',
      'zhao,,010003,station,officer,,,,,',
      'sun,孙权,010004,moon,officer,,,,,',
      'zhou,周瑜,010005,station,robot,,,,,',
      'wu,吴用,010006,station,officer,king,,,,',
      'zheng,郑和,010007,station,officer,reviewer@moon,,,,',
      'feng,冯唐,010008,station,officer,reviewer,2026-13-01,,,',
      'chen,陈平,010009,station,officer,reviewer,2026-12-01,2026-11-01,,',
      'chu,褚英,010001,station,officer,,,,,',
      'wei,卫青,010011,station,officer,,,,nobody:叔父,',
      'jiang,蒋干,010012,station,officer,,,,jiang:本人,',
      'li,李明,010001,station,officer,reviewer,,,,',
      'li,李四,010001,station,officer,,,,,',
      'han,韩信,010013,station,officer,,,,,yesterday',
      'yang,杨修,010014,station,officer,,,,,,more',
    );
    expect(await faults({ people: csv })).toEqual([
      '3 username: A user name begins with a lower-case letter or digit and has lower-case letters, digits, ".", "-" and "_", 2–40 in all.',
      '4 name: This must not be empty.',
      '5 unit: There is no such unit.',
      '6 category: A category is officer, auxiliary or staff.',
      expect.stringMatching(/^7 roles: There is no such role\. There are: officer, unit-leader, /),
      '8 roles: There is no such unit.',
      '9 from: A date is written 2026-11-24, or as an instant with its offset.',
      '10 until: The period ends before it begins.',
      '11 badge: This repeats row 2.',
      '12 relatives: There is no such person.',
      '13 relatives: This is the same person.',
      '14 roles: This repeats row 2.',
      '15 username: This repeats row 2.',
      '16 left: A date is written 2026-11-24, or as an instant with its offset.',
      '17 : This row has more than the 10 columns of the header.',
    ]);
    expect(await state()).toEqual(before);
  });

  test.each([
    ['a column that it does not know', 'username,name,unit,shoe size\n', '1 shoe size: There is no such column.'],
    ['a column that occurs twice', 'username,姓名,name,unit\n', '1 name: This column occurs twice.'],
    ['quotes that do not match', 'username,name,unit\nli,"李明,station\n', 'cannot be read'],
    ['another encoding', `username,name,unit\nli,${Buffer.from([0xc0, 0xee]).toString()},station\n`, '1 : The file is not UTF-8'],
    ['an empty file', '\n\n', '1 : The file is empty.'],
  ])('%s', async (_what, csv, expected) => {
    const [first, ...more] = await faults({ people: csv });
    expect(first).toContain(expected);
    expect(more).toEqual([]);
  });

  test.each([
    ['units in a circle', 'branch,城东分局,station', '2 parent: The units above it lead back to it.'],
    ['a unit above that there is not', 'west,城西分局,moon', '2 parent: There is no such unit above it.'],
    ['a second bureau', 'town,县公安局,', '2 parent: Only one unit, the bureau itself, has none above it.'],
    ['a unit twice', 'west,城西分局,city\nwest,城西分局,city', '3 id: This repeats row 2.'],
    ['a unit without a name', 'west,,city', '2 name: This must not be empty.'],
    ['an id with strange characters', '西,城西分局,city', '2 id: An id has letters, digits'],
  ])('%s', async (_what, lines, expected) => {
    const before = await state();
    expect((await faults({ units: `id,name,parent\n${lines}\n` })).join('\n')).toContain(expected);
    expect(await state()).toEqual(before);
  });

  test('a user name or badge that someone outside the file has', async () => {
    await load({ people: people('id,username,name,badge,unit', 'p1,li,李明,010001,station', 'p2,wang,王芳,010002,station') });
    expect(await faults({ people: people('id,username,badge', 'p1,wang,010002') })).toEqual([
      '2 username: Someone else has this.',
      '2 badge: Someone else has this.',
    ]);
    expect(await faults({ people: people('username,name,unit', 'p1,另一人,station') })).toEqual(['2 id: Someone else has this.']);
  });

  test('a unit name that several units have', async () => {
    await load({ units: 'id,name,parent\neast,内勤,branch\nwest,内勤,city\n' });
    expect(await faults({ people: people('username,name,unit', 'li,李明,内勤') })).toEqual([
      '2 unit: Several units have this name. Give the id.',
    ]);
  });

  test('to let someone change their own roles', async () => {
    await load({ people: people('username,name,unit,roles', 'li,李明,city,political-department') });
    const by = PersonId.parse('li');
    const before = await state();
    expect(await faults({ people: people('username,roles', 'li,political-department; auditor'), by })).toEqual([
      '2 roles: You cannot change your own roles. Let another person import this row.',
    ]);
    expect(await state()).toEqual(before);
    expect(await faults({ people: people('username,roles,post', 'li,political-department,主任'), by })).toEqual([]);
  });
});
