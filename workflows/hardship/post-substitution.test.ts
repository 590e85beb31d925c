import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const limited = { fitness: 'limited', limits: '不参加夜班和抓捕。', certificate: '健字〔2026〕31号' };
const fit = { fitness: 'fit', certificate: '健字〔2026〕32号' };
const lasting = { ...limited, fitness: 'lasting' };
const post = {
  proposal: 'post',
  unit: 'station-2',
  post: '内勤',
  duties: '户籍窗口，白班。',
  from: '2026-12-01',
  pay: '职级、待遇不变。',
};
const none = { proposal: 'none', reasons: '暂无合适岗位。' };
const agreed = { answer: 'agreed' };
const declined = { answer: 'refused', reasons: '离家太远。' };
const approve = { decision: 'approve' };
const object = { decision: 'refuse', reasons: '编制已满。' };

const asked = () => bureau.start('post-substitution', 'zhao', { wish: '夜班难以胜任，希望换到白班。' });
const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);
const whenOpen = (c: TestCase, key: string) => until(async () => (await openKeys(c)).includes(key), `${c.number} did not open ${key}`);

async function proposed(): Promise<TestCase> {
  const c = await asked();
  await c.complete('assess', 'health-1', limited);
  await c.complete('propose', 'political-1', post);
  return c;
}

async function inNewPost(): Promise<TestCase> {
  const c = await proposed();
  await c.complete('consent', 'zhao', agreed);
  await c.complete('receive', 'leader-2', approve);
  await c.complete('approve', 'supervising-1', approve);
  await c.complete('hand-over', 'leader-1', { note: '在手办件交由李某。' });
  await c.complete('welcome', 'leader-2', { note: '由老内勤带教一月。' });
  return c;
}

async function reviewed(c: TestCase, finding: object): Promise<void> {
  await bureau.skip({ days: 90, minutes: 1 });
  await whenOpen(c, 'review');
  await c.complete('review', 'health-1', finding);
}

describe('the assessment', () => {
  test('is made by the health desk, and of two who look at it the second is another person', async () => {
    const c = await asked();
    expect(await c.open('assess')).toMatchObject({ role: 'health-desk' });
    await c.complete('assess', 'health-1', fit);
    await c.complete('contest', 'zhao', { reasons: '夜班后需要就医。' });
    expect(await c.open('assess-again')).toMatchObject({ excluded: expect.arrayContaining(['health-1', 'zhao']) });
    await c.complete('assess-again', 'health-2', limited);
    expect(await openKeys(c)).toEqual(['propose']);
  });

  test('that finds nothing ends the case in silence about it, or after a second one, with the remedies told', async () => {
    const silent = await asked();
    await silent.complete('assess', 'health-1', fit);
    await bureau.skip({ days: 15 });
    await until(async () => (await silent.row()).state === 'closed', 'it did not end');
    expect(await silent.row()).toMatchObject({ outcome: 'fit' });

    const contested = await asked();
    await contested.complete('assess', 'health-1', fit);
    await contested.complete('contest', 'zhao', { reasons: '仍不能胜任。' });
    await contested.complete('assess-again', 'health-2', fit);
    expect(await contested.row()).toMatchObject({ state: 'closed', outcome: 'fit' });
    expect(await contested.events()).toContain('told-of-remedy');
    expect(await contested.notices('zhao')).toContain('post-not-changed');
  });

  test('has no field for what ails the officer', async () => {
    const c = await asked();
    await expect(c.complete('assess', 'health-1', { ...limited, diagnosis: '腰椎' })).rejects.toMatchObject({ slug: 'invalid-form' });
  });
});

describe('consent', () => {
  test('that is refused or not given brings another proposal, and nobody is moved without it', async () => {
    const c = await proposed();
    await c.complete('consent', 'zhao', declined);
    expect(await openKeys(c)).toEqual(['propose']);
    await c.complete('propose', 'political-2', { ...post, unit: 'station-1' });
    await bureau.skip({ days: 15 }); // no answer
    await whenOpen(c, 'propose');
    await c.complete('propose', 'political-1', none);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'no-post' });
    expect(await c.events()).toContain('told-of-remedy');
  });

  test('can be taken back until it is approved', async () => {
    const c = await proposed();
    await c.complete('consent', 'zhao', agreed);
    await c.submit('zhao', { action: 'withdraw', reason: '家里另有安排。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
    await expect(c.complete('receive', 'leader-2', approve)).rejects.toThrow('has 0 open tasks receive');
  });

  test('is given once: a second answer changes nothing', async () => {
    const c = await proposed();
    const { id: task } = await c.open('consent');
    await c.submit('zhao', { action: 'complete', task, data: agreed });
    await expect(c.submit('zhao', { action: 'complete', task, data: declined })).rejects.toMatchObject({ slug: 'task-not-open' });
    expect(await openKeys(c)).toEqual(['receive']);
  });
});

describe('the approval', () => {
  test('takes two people who did not propose it: the receiving unit, then the leader over both', async () => {
    const c = await proposed();
    await c.complete('consent', 'zhao', agreed);
    expect(await c.open('receive')).toMatchObject({ unit: 'station-2', excluded: expect.arrayContaining(['political-1', 'health-1']) });
    await c.complete('receive', 'leader-2', approve);
    expect(await c.open('approve')).toMatchObject({ excluded: expect.arrayContaining(['leader-2', 'political-1']) });
    await c.complete('approve', 'supervising-1', { decision: 'return', reasons: '先核对编制。' });
    expect(await openKeys(c)).toEqual(['propose']);
  });

  test('that the receiving unit refuses brings another proposal; refused above it ends the case with the remedies told', async () => {
    const c = await proposed();
    await c.complete('consent', 'zhao', agreed);
    await c.complete('receive', 'leader-2', object);
    await c.complete('propose', 'political-1', post);
    await c.complete('consent', 'zhao', agreed);
    await c.complete('receive', 'leader-2', approve);
    await c.complete('approve', 'supervising-1', object);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
    expect(await c.notices('zhao')).toContain('post-not-changed');
  });
});

test('the officer and their relatives decide nothing in it', async () => {
  const c = await bureau.start('post-substitution', 'li', { wish: '希望调整勤务。' });
  expect((await c.open('assess')).excluded).toEqual(expect.arrayContaining(['li', 'handler-2']));
});

describe('the new post', () => {
  // Each goes through most of a year, and the calendar ends with the next one.
  beforeEach(async () => {
    await bureau.close();
    bureau = await testBureau();
  }, 60_000);

  test('is reviewed after ninety days, again and again until the officer is fit and goes back', async () => {
    const c = await inNewPost();
    expect(await c.row()).toMatchObject({ stage: 'in-new-post' });
    await reviewed(c, limited);
    await reviewed(c, fit);
    await c.complete('return', 'leader-1', { on: '2027-06-01', note: '回原班组。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'returned' });
  });

  test('becomes permanent only where the officer agrees and a leader approves', async () => {
    const c = await inNewPost();
    await reviewed(c, lasting);
    await c.complete('agree-to-stay', 'zhao', declined);
    await reviewed(c, lasting);
    await c.complete('agree-to-stay', 'zhao', agreed);
    await c.complete('make-permanent', 'supervising-1', object);
    await reviewed(c, lasting);
    await c.complete('agree-to-stay', 'zhao', agreed);
    await c.complete('make-permanent', 'supervising-1', approve);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'permanent' });
  });

  test('ends with the service of the officer', async () => {
    const c = await inNewPost();
    await reviewed(c, { fitness: 'left', note: '已退休。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'left' });
  });
});
