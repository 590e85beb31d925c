import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../test/api.ts';
import { wish } from '../test/appeal.ts';
import { forgetClosed, noteLooks, stuckCases, stuckCounts } from './stuck-cases.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(() => api?.close());

const openCase = async () => {
  const { body } = await api.ask('POST /api/v1/cases', { as: 'li', body: { process: 'appeal', data: wish } });
  return body.number;
};
const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 8, minute));

test('a case is stuck since it was first found so, until it goes on or closes', async () => {
  const { db } = api.database;
  const [moving, lost, failing] = [await openCase(), await openCase(), await openCase()];
  const found = [
    { number: moving, kind: null },
    { number: lost, kind: 'missing' },
    { number: failing, kind: 'failing' },
  ] as const;
  expect(new Set(await noteLooks(db, found, at(0)))).toEqual(new Set([lost, failing]));
  await noteLooks(db, found, at(10));
  expect(await stuckCases(db, { limit: 10 })).toMatchObject([
    { number: lost, kind: 'missing', since: at(0), seenAt: at(10), looks: 2 },
    { number: failing, kind: 'failing', since: at(0), seenAt: at(10), looks: 2 },
  ]);
  await noteLooks(
    db,
    [
      { number: lost, kind: 'ended' },
      { number: failing, kind: null },
    ],
    at(20),
  );
  expect(await stuckCases(db, { limit: 10 })).toMatchObject([{ number: lost, kind: 'ended', since: at(20) }]);
  await db.$executeRaw`update "case" set state = 'closed', outcome = 'withdrawn', closed_at = opened_at where number = ${lost}`;
  expect(await noteLooks(db, [{ number: lost, kind: 'ended' }], at(30))).toEqual([]);
  await forgetClosed(db);
  expect(await stuckCounts(db)).toEqual([]);
});
