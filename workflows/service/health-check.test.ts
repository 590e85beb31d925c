import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';
import { tick } from '../../test/rounds.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau({ overlay: fileURLToPath(new URL('../../test/fixtures/everyone-checked.yaml', import.meta.url)) });
}, 60_000);
afterAll(() => bureau?.close());

const facts = { sex: 'female', bornOn: '1980-03-01', post: 'frontline', rank: 'sergeant' };
const abnormal = { finding: 'abnormal', record: '血压偏高。', advice: '复查血压。' };
const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);
const whenOpen = (c: TestCase, key: string) => until(async () => (await openKeys(c)).includes(key), `${c.number} did not open ${key}`);
const whenClosed = async (c: TestCase) => {
  await until(async () => (await c.row()).state === 'closed', `${c.number} did not close`);
  return (await c.row()).outcome;
};
const daysFromNow = async (days: number) => new Date(Date.parse(await bureau.now()) + days * 86_400_000).toISOString();
const daysTo = async (c: TestCase, key: string) => {
  const { dueAt } = await c.open(key);
  return Math.round(((dueAt?.getTime() ?? 0) - Date.parse(await bureau.now())) / 86_400_000);
};

async function asked(by: TestPerson): Promise<TestCase> {
  const c = await bureau.start('health-check', by, { facts });
  await whenOpen(c, 'book');
  return c;
}

async function book(c: TestCase, days = 10, more: object = {}): Promise<void> {
  await c.complete('book', 'health-1', { hospital: '市一医院', at: await daysFromNow(days), ...more });
}

async function checked(by: TestPerson, result: object): Promise<TestCase> {
  const c = await asked(by);
  await book(c);
  await bureau.skip({ days: 10, hours: 1 });
  await c.complete('result', 'health-2', result);
  return c;
}

describe('from the wish to the result', () => {
  test('booked by the health desk, done at its time, nothing found', async () => {
    const c = await checked('zhao', { finding: 'normal', record: '各项正常。' });
    expect(await whenClosed(c)).toBe('healthy');
    expect(await c.notices('zhao')).toContain('check-result');
  });

  test('the appointment stands until its time, is moved as often as the person likes, and reminds before it', async () => {
    const c = await asked('li');
    await book(c);
    expect(await daysTo(c, 'appointment')).toBe(10);
    await c.complete('appointment', 'li', { answer: 'move', wishes: '下周有安保。' });
    await book(c, 20);
    expect(await daysTo(c, 'appointment')).toBe(20);
    await bureau.skip({ days: 19, hours: 12 });
    expect(await c.notices('li')).toContain('remind');
    await bureau.skip({ hours: 13 });
    await whenOpen(c, 'result');
    expect(await openKeys(c)).toEqual(['result']);
  });

  test('who did not come is booked anew', async () => {
    const c = await checked('deputy-1', { finding: 'missed' });
    await whenOpen(c, 'book');
    await book(c, 3);
    await bureau.skip({ days: 3, hours: 1 });
    await c.complete('result', 'health-1', { finding: 'normal', record: '正常。' });
    expect(await whenClosed(c)).toBe('healthy');
  });

  test('a check that took place before it is entered has no appointment to wait for', async () => {
    const c = await asked('leader-2');
    await book(c, -1);
    await whenOpen(c, 'result');
  });

  test('a result that is late climbs inside the health desk', async () => {
    const c = await asked('wang');
    await book(c, 1);
    await bureau.skip({ days: 30 });
    await whenOpen(c, 'result');
    expect((await c.open('result')).ladder.filter(({ firedAt }) => firedAt !== null).map(({ to }) => to)).toContain('health-desk');
    expect(await c.notices('leader-2')).toEqual([]);
    expect(await c.notices('chief')).toEqual([]);
  });
});

describe('what is found', () => {
  test('is followed up after 7 days and every 30 days, until it is settled', async () => {
    const c = await checked('handler-1', abnormal);
    await whenOpen(c, 'follow-up');
    expect(await daysTo(c, 'follow-up')).toBe(7);
    for (const round of [1, 2]) {
      await c.complete('follow-up', 'health-1', { finding: 'goes-on', record: `第 ${round} 次。` });
      await whenOpen(c, 'follow-up');
      expect(await daysTo(c, 'follow-up')).toBe(30);
    }
    await c.complete('follow-up', 'health-2', { finding: 'settled', record: '已恢复。' });
    expect(await whenClosed(c)).toBe('followed-up');
  });

  test('is the person’s own: they may end the following up', async () => {
    const c = await checked('handler-2', abnormal);
    await whenOpen(c, 'follow-up');
    await c.submit('handler-2', { action: 'withdraw', reason: '自行就医。' });
    expect(await whenClosed(c)).toBe('withdrawn');
  });
});

describe('nobody is checked who does not want to', () => {
  test('who states nothing is asked first; silence ends it, and another may begin', async () => {
    const c = await bureau.start('health-check', 'leader-1', {});
    expect(await openKeys(c)).toEqual(['register']);
    await expect(bureau.start('health-check', 'leader-1', {})).rejects.toMatchObject({ slug: 'already-has-case' });
    await bureau.skip({ days: 31 });
    expect(await whenClosed(c)).toBe('unanswered');
    const again = await bureau.start('health-check', 'leader-1', {});
    await again.complete('register', 'leader-1', { answer: 'no' });
    expect(await whenClosed(again)).toBe('declined');
  });

  test('an appointment can be declined', async () => {
    const c = await bureau.start('health-check', 'leader-1', {});
    await c.complete('register', 'leader-1', { answer: 'yes', facts, wishes: '周三。' });
    await whenOpen(c, 'book');
    await book(c);
    await c.complete('appointment', 'leader-1', { answer: 'no' });
    expect(await whenClosed(c)).toBe('declined');
  });
});

test('a bureau that says so opens one for everyone in service who has none in the year, once', async () => {
  const { db } = bureau.bureau;
  const inService = await db.person.count({ where: { leftAt: null } });
  const year = (await bureau.today()).slice(0, 4);
  const count = async () => {
    const [row] = await db.$queryRaw<{ held: number; cases: number }[]>`
      select (select count(*) from case_period where process = 'health-check' and period = ${year})::integer as held,
             (select count(*) from "case" where process = 'health-check')::integer as cases`;
    return row ?? { held: 0, cases: 0 };
  };
  expect((await count()).held).toBeLessThan(inService);
  await tick(bureau, 'health-check');
  const opened = await count();
  expect(opened.held).toBe(inService);
  await tick(bureau, 'health-check');
  expect(await count()).toEqual(opened);
  const [asked] = await db.$queryRaw<{ key: string; assignee: string }[]>`
    select t.key, t.assignee from task t join "case" c on c.id = t.case_id
     where c.process = 'health-check' and c.subject_id = 'chief' and t.state = 'open'`;
  expect(asked).toEqual({ key: 'register', assignee: 'chief' });
});
