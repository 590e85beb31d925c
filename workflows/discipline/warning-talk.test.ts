import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestBureau, testBureau, until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const proposal = (person: TestPerson) => ({
  person,
  occasion: 'sign',
  source: 'supervision',
  matter: '近期多次迟到。',
  actOn: '2026-10-01',
  ground: 'leave-7',
});
const propose = (person: TestPerson) => bureau.start('warning-talk', 'leader-1', proposal(person), { subject: null, unit: 'station-1' });
const tomorrow = async () => new Date(Date.parse(await bureau.now()) + 86_400_000).toISOString();
const appointment = async () => ({ talker: 'handler-1', at: await tomorrow(), place: '所会议室' });
const held = { record: '谈及迟到。', said: '家中有病人。', agreed: '调整班次，帮助联系医院。' };

async function talked(person: TestPerson) {
  const c = await propose(person);
  await c.complete('schedule', 'leader-1', await appointment());
  await c.complete('hold', 'handler-1', held);
  return c;
}

test('is due when it was scheduled for, and ends with its follow-up', async () => {
  const c = await propose('zhao');
  const at = await appointment();
  await c.complete('schedule', 'leader-1', at);
  expect(await c.notices('zhao')).toContain('talk-scheduled');
  expect(await c.open('hold')).toMatchObject({ assignee: 'handler-1', dueAt: new Date(at.at) });
  await c.complete('hold', 'handler-1', held);
  expect(await c.open('countersign')).toMatchObject({ assignee: 'zhao' });
  await c.complete('countersign', 'zhao', { answer: 'commented', comment: '迟到一次，非多次。' });
  await c.complete('follow-up', 'handler-1', { finding: 'settled', note: '已改进。' });
  expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'settled', handler: 'handler-1' });
});

test('a record that the officer does not sign stands without a signature', async () => {
  const c = await talked('zhao');
  await bureau.skip({ days: 8 });
  await until(
    async () => (await c.tasks()).some(({ key, state }) => key === 'follow-up' && state === 'open'),
    'it waits for the signature',
  );
  await c.complete('follow-up', 'handler-1', { finding: 'persists', note: '仍迟到。' });
  expect(await c.row()).toMatchObject({ outcome: 'persists' });
});

test('neither the officer nor a relative schedules or holds it', async () => {
  const c = await propose('li');
  expect((await c.open('schedule')).excluded).toEqual(['handler-2', 'li']);
});

test('with someone whom a no-retaliation mark protects it takes a statement and a second approval', async () => {
  await bureau.start('appeal', 'wang', { channel: 'self-service', title: '值班', content: '排班不公。' });
  const c = await propose('wang');
  const at = await appointment();
  await expect(c.complete('schedule', 'leader-1', at)).rejects.toMatchObject({ slug: 'invalid-form' });
  await c.complete('schedule', 'leader-1', { ...at, unrelated: '考勤系统记录，与诉求无关。' });
  expect((await c.open('approve-again')).excluded).toContain('leader-1');
  await c.complete('approve-again', 'supervising-1', { decision: 'refuse', reasons: '说明不足。' });
  expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'dropped' });
  expect(await c.notices('wang')).not.toContain('talk-scheduled');
});

test('a second approval lets it go on', async () => {
  await bureau.start('appeal', 'handler-2', { channel: 'self-service', title: '值班', content: '排班不公。' });
  const c = await propose('handler-2');
  await c.complete('schedule', 'leader-1', { ...(await appointment()), unrelated: '考勤系统记录，与诉求无关。' });
  await c.complete('approve-again', 'supervising-1', { decision: 'approve' });
  expect(await c.open('hold')).toMatchObject({ assignee: 'handler-1' });
});
