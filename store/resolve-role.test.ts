import { Instant, PersonId, UnitId } from '../domain/ids.ts';
import type { Role } from '../domain/roles.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { insertPeople } from '../test/people.ts';
import { type RoleRequest, resolveRole, resolveRoles } from './resolve-role.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  await database.db.$executeRaw`
    insert into role_grant (person_id, role, unit_id, starts_at, ends_at, acting) values
      ('handler-1', 'unit-leader', 'station-1', '2026-12-01T00:00:00Z', '2026-12-08T00:00:00Z', true)`;
  await database.db.$executeRaw`update person set left_at = '2026-12-15T00:00:00Z' where id = 'desk-2'`;
});
afterAll(() => database.drop());

interface Asked {
  readonly at?: string;
  readonly excluded?: readonly string[];
  readonly above?: boolean;
  readonly instead?: readonly Role[];
}

const request = (
  role: Role,
  unit: string,
  { at = '2026-11-24T00:00:00Z', excluded = [], above = false, ...more }: Asked = {},
): RoleRequest => ({
  role,
  unit: UnitId.parse(unit),
  at: Instant.parse(at),
  excluded: excluded.map((id) => PersonId.parse(id)),
  above,
  ...more,
});
const resolve = async (...asked: Parameters<typeof request>) => {
  const { role, unit, holders } = await database.db.$transaction((tx) => resolveRole(tx, request(...asked)));
  return `${role}@${unit}: ${holders.join(' ')}`;
};

test('a role falls to the nearest unit upward in which someone holds it', async () => {
  expect(await resolve('acceptance-desk', 'station-1')).toBe('acceptance-desk@branch: desk-1 desk-2');
  expect(await resolve('reviewer', 'station-1')).toBe('reviewer@branch: reviewer-1');
  expect(await resolve('reviewer', 'station-1', { excluded: ['reviewer-1'] })).toBe('reviewer@city: reviewer-2 reviewer-3');
  expect(await resolve('reviewer', 'branch', { above: true })).toBe('reviewer@city: reviewer-2 reviewer-3');
});

test('above the bureau there is nobody, so it answers for itself', async () => {
  expect(await resolve('reviewer', 'city', { above: true })).toBe('reviewer@city: reviewer-2 reviewer-3');
});

test('every member of staff of a unit is an officer there', async () => {
  expect(await resolve('officer', 'station-2', { excluded: ['wang'] })).toBe('officer@station-2: handler-2 leader-2');
});

test('an acting leader counts from the first instant of the period to the last, and no longer', async () => {
  const leaders = (at: string) => resolve('unit-leader', 'station-1', { at });
  expect(await leaders('2026-11-30T23:59:59.999Z')).toBe('unit-leader@station-1: leader-1');
  expect(await leaders('2026-12-01T00:00:00Z')).toBe('unit-leader@station-1: handler-1 leader-1');
  expect(await leaders('2026-12-08T00:00:00Z')).toBe('unit-leader@station-1: leader-1');
});

test('who has left holds nothing', async () => {
  expect(await resolve('acceptance-desk', 'branch', { at: '2026-12-15T00:00:00Z' })).toBe('acceptance-desk@branch: desk-1');
});

test('where nobody holds the role a leader steps in', async () => {
  const counsellors = ['counsellor-1', 'counsellor-2'];
  expect(await resolve('counsellor', 'station-1', { excluded: counsellors })).toBe('unit-leader@station-1: leader-1');
  expect(await resolve('counsellor', 'station-1', { excluded: [...counsellors, 'leader-1', 'branch-leader'] })).toBe(
    'deputy-leader@station-1: deputy-1',
  );
});

test('in a case that leaders may not know of, its own team steps in and no leader ever', async () => {
  const instead = ['counsellor', 'health-desk'] as const;
  const excluded = ['counsellor-1', 'counsellor-2'];
  expect(await resolve('counsellor', 'station-1', { instead, excluded })).toBe('health-desk@city: health-1 health-2');
  expect(await resolve('counsellor', 'station-1', { instead, excluded: [...excluded, 'health-1', 'health-2'] })).toBe(
    'counsellor@station-1: ',
  );
});

test('several questions are answered at once, each by itself', async () => {
  const asked = [
    request('reviewer', 'station-1'),
    request('unit-leader', 'station-2'),
    request('reviewer', 'station-1', { above: true, excluded: ['reviewer-1'] }),
  ];
  const answers = await database.db.$transaction((tx) => resolveRoles(tx, asked));
  expect(answers.map(({ unit, holders }) => [unit, ...holders])).toEqual([
    ['branch', 'reviewer-1'],
    ['station-2', 'leader-2'],
    ['city', 'reviewer-2', 'reviewer-3'],
  ]);
});
