import { type TestBureau, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 120_000);
afterAll(() => bureau.close());

test('a task that acceptance opened climbs its ladder like any other', async () => {
  const c = await bureau.start('appeal', 'li', { channel: 'self-service', title: '食堂', content: '中午没有热饭' });
  expect((await c.live()).tasks).toMatchObject([{ key: 'accept', dueAt: (await c.open('accept')).dueAt?.toISOString() }]);
  await bureau.skip({ days: 12 });
  expect((await c.events()).filter((type) => ['remind', 'due', 'escalate', 'inspect'].includes(type))).toEqual([
    'remind',
    'due',
    'escalate',
    'escalate',
    'inspect',
  ]);
});
