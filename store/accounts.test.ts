import { PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { setDisabled, setPassword, signIn } from './accounts.ts';
import { actorOfToken } from './actor.ts';
import { hashPassword, isPassword } from './password.ts';
import { endSession } from './sessions.ts';
import { countFailure, signInKeys } from './sign-in-failures.ts';

const li = PersonId.parse('li');
const right = 'correct horse battery';
const start = Date.parse('2026-11-24T08:00:00+08:00');
const after = (seconds: number) => new Date(start + seconds * 1000);

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  const { db } = database;
  await db.$executeRaw`truncate session, sign_in_failure, account`;
  await db.$executeRaw`insert into unit (id, name, path) values ('bureau', '市公安局', '/bureau/') on conflict do nothing`;
  await db.$executeRaw`insert into person (id, username, name, unit_id) values ('li', 'li', '李明', 'bureau')
    on conflict (id) do update set left_at = null`;
  await setPassword(db, li, right);
});

const attempt = (password: string, seconds = 0, { username = 'li', source = '10.0.0.1' } = {}) =>
  signIn(database.db, { username, password, source, at: after(seconds) });

/** What an attempt ends in: `signed in`, or the slug of the problem with the seconds to wait. */
const outcome = (...args: Parameters<typeof attempt>): Promise<string> =>
  attempt(...args).then(
    () => 'signed in',
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      return [error.slug, error.facts.retryAfter].filter((part) => part !== undefined).join(' ');
    },
  );

describe('signing in', () => {
  test('gives a token that stands for the person until twelve hours later', async () => {
    const { token, expiresAt } = await attempt(right);
    expect(expiresAt).toEqual(after(12 * 3600));
    expect(await actorOfToken(database.db, token, after(1))).toMatchObject({ id: 'li', name: '李明' });
    expect(await actorOfToken(database.db, token, after(12 * 3600))).toBeNull();
  });

  test('keeps no token in the database, only its hash', async () => {
    const { token } = await attempt(right);
    const rows = await database.db.$queryRaw<{ row: string }[]>`select session::text as row from session`;
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
  });

  test('clears away sessions that have run out', async () => {
    await attempt(right);
    await attempt(right, 13 * 3600);
    expect(await database.db.session.count()).toBe(1);
  });

  test.each([
    ['a wrong password', () => outcome('wrong')],
    ['an unknown name', () => outcome(right, 0, { username: 'nobody' })],
    ['a disabled account', () => setDisabled(database.db, li, true).then(() => outcome(right))],
    ['someone who has left', () => leave(after(-1)).then(() => outcome(right))],
  ])('is refused alike for %s', async (_who, refused) => {
    expect(await refused()).toBe('wrong-credentials');
  });

  test('is still possible until the day someone leaves, and their session ends then', async () => {
    await leave(after(60));
    const { token } = await attempt(right, 59);
    expect(await actorOfToken(database.db, token, after(59))).not.toBeNull();
    expect(await actorOfToken(database.db, token, after(62))).toBeNull();
  });
});

describe('a session ends', () => {
  test('at once when its holder signs out, and no other session of theirs', async () => {
    const [one, other] = [await attempt(right), await attempt(right)];
    await actorOfToken(database.db, one.token, after(1));
    await endSession(database.db, one.token);
    expect(await actorOfToken(database.db, one.token, after(1))).toBeNull();
    expect(await actorOfToken(database.db, other.token, after(1))).not.toBeNull();
  });

  test.each([
    ['the password is changed', () => setPassword(database.db, li, 'another long one')],
    ['the account is disabled', () => setDisabled(database.db, li, true)],
  ])('when %s', async (_what, change) => {
    const { token } = await attempt(right);
    await actorOfToken(database.db, token, after(1));
    await change();
    expect(await actorOfToken(database.db, token, after(1))).toBeNull();
  });
});

describe('failures', () => {
  test('slow sign-in down from the third on and lock the name from the fifth on, also for the right password', async () => {
    const outcomes = [];
    for (const seconds of [0, 1, 2, 2.5, 3, 3.5, 5, 6, 64]) outcomes.push(await outcome('wrong', seconds));
    expect(outcomes).toEqual([
      'wrong-credentials', // 1
      'wrong-credentials', // 2
      'wrong-credentials', // 3: closed for a second
      'locked-out 1',
      'wrong-credentials', // 4: closed for two seconds
      'locked-out 2',
      'wrong-credentials', // 5: closed for a minute
      'locked-out 59',
      'locked-out 1',
    ]);
    expect(await outcome(right, 64)).toBe('locked-out 1');
    expect(await outcome(right, 66)).toBe('signed in');
  });

  test('tell nothing of whether there is such an account', async () => {
    const known = [];
    const unknown = [];
    for (const seconds of [0, 1, 2, 2.5, 3, 5, 6]) {
      known.push(await outcome('wrong', seconds));
      unknown.push(await outcome('wrong', seconds, { username: 'nobody' }));
    }
    expect(unknown).toEqual(known);
  });

  test('are forgotten after a success and after half an hour; successes are never counted', async () => {
    for (const seconds of [0, 1, 2, 3, 4]) expect(await outcome(seconds % 2 ? right : 'wrong', seconds)).not.toMatch('locked-out');
    for (let n = 0; n < 6; n++) expect(await outcome(right, 10)).toBe('signed in');
    await outcome('wrong', 20);
    await outcome('wrong', 21);
    expect(await outcome('wrong', 31 * 60)).toBe('wrong-credentials');
    expect(await outcome('wrong', 31 * 60)).toBe('wrong-credentials');
  });

  test('are counted for where they come from too, across names', async () => {
    await database.db.$executeRaw`truncate sign_in_failure`;
    for (let n = 0; n < 98; n++) await countFailure(database.db, signInKeys(`guess-${n}`, '10.0.0.1'), after(n));
    expect(await outcome('wrong', 99, { username: 'guess-98' })).toBe('wrong-credentials');
    expect(await outcome('wrong', 100, { username: 'guess-99' })).toBe('wrong-credentials');
    expect(await outcome(right, 101)).toBe('locked-out 59');
    expect(await outcome(right, 101, { source: '10.0.0.2' })).toBe('signed in');
  }, 60_000);

  test('sent all at once pass the lock no more often than one after the other', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => outcome('wrong')));
    expect(outcomes.filter((each) => each === 'wrong-credentials')).toHaveLength(3);
  });
});

test('a password is the same however its characters are composed, and its hash differs each time', async () => {
  const hash = await hashPassword('Amélie 警察 ｐａｓｓ');
  expect(await isPassword('Ame\u0301lie 警察 pass', hash)).toBe(true);
  expect(await isPassword('Amelie 警察 pass', hash)).toBe(false);
  expect(await isPassword('', null)).toBe(false);
  expect(await hashPassword('Amélie 警察 ｐａｓｓ')).not.toBe(hash);
});

const leave = (at: Date) => database.db.person.update({ where: { id: 'li' }, data: { leftAt: at } });
