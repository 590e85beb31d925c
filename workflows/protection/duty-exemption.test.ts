import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const intake = { what: '制止持刀伤人时使用警械。', actOn: '2026-10-12', place: '东湖路' };
const composed = { investigator: 'inspector-1', law: 'legal-1', discipline: 'discipline-1', peers: ['peer-1'] };
const recordings = [{ device: 'ZFY-0231', from: '2026-10-12T21:03:00+08:00', shows: '警告后对方仍逼近。' }];
const established = (proposal: string) => ({
  facts: '先行警告，程序完备。',
  recordings,
  proposal,
  ground: 'leave-7',
  reasons: '依法履职，无故意或重大过失。',
});
const agree = { decision: 'approve' };
const object = { decision: 'refuse', reasons: '警告不足。' };

async function judging(proposal: string): Promise<TestCase> {
  const c = await bureau.start('duty-exemption', 'zhao', intake);
  await c.complete('compose', 'political-1', composed);
  await c.complete('establish', 'inspector-1', established(proposal));
  return c;
}

async function vote(c: TestCase, member: TestPerson, data: object): Promise<void> {
  const seat = (await c.tasks()).find(({ key, state, assignee }) => key === 'judge' && state === 'open' && assignee === member);
  if (!seat) throw new Error(`${member} has no seat`);
  await c.submit(member, { action: 'complete', task: seat.id, data });
}

test.each(['exempt', 'reduced', 'liable'])('what law, discipline and peers agree on by majority is decided: %s', async (proposal) => {
  const c = await judging(proposal);
  await vote(c, 'discipline-1', object);
  await vote(c, 'legal-1', agree);
  expect(await c.row()).toMatchObject({ state: 'open' });
  await vote(c, 'peer-1', agree);
  expect(await c.row()).toMatchObject({ state: 'closed', outcome: proposal });
  expect(await c.notices('zhao')).toContain('exemption-decided');
});

test('a proposal that the panel does not carry is made anew', async () => {
  const c = await judging('exempt');
  await vote(c, 'discipline-1', object);
  await vote(c, 'legal-1', object);
  expect(await c.row()).toMatchObject({ state: 'open', stage: 'establish' });
  await c.complete('establish', 'inspector-1', established('reduced'));
  for (const member of ['discipline-1', 'peer-1'] as const) await vote(c, member, agree);
  expect(await c.row()).toMatchObject({ outcome: 'reduced' });
});

test('whoever established the facts has no seat, and nobody has two', async () => {
  const c = await bureau.start('duty-exemption', 'zhao', intake);
  await expect(c.complete('compose', 'political-1', { ...composed, investigator: 'legal-1' })).rejects.toMatchObject({
    slug: 'invalid-form',
  });
  await expect(c.complete('compose', 'political-1', { ...composed, peers: ['peer-1', 'peer-1'] })).rejects.toMatchObject({
    slug: 'invalid-form',
  });
  await c.complete('compose', 'political-1', composed);
  await c.complete('establish', 'inspector-1', established('exempt'));
  for (const { excluded } of (await c.tasks()).filter(({ key }) => key === 'judge'))
    expect(excluded).toEqual(expect.arrayContaining(['zhao', 'inspector-1']));
});

test('the officer and their relatives take no part', async () => {
  const c = await bureau.start('duty-exemption', 'li', intake);
  expect((await c.open('compose')).excluded).toEqual(expect.arrayContaining(['li', 'handler-2']));
});

test('the rule was in force when duty was done', async () => {
  const c = await bureau.start('duty-exemption', 'zhao', { ...intake, actOn: '2019-10-12' });
  await c.complete('compose', 'political-1', composed);
  await expect(c.complete('establish', 'inspector-1', established('exempt'))).rejects.toMatchObject({ slug: 'rule-not-in-force' });
});
