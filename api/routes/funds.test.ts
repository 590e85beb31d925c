import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(() => api?.close());

const ask = (as: TestPerson, request: string, body?: unknown, key: string = randomUUID()) =>
  api.ask(request.replace(' ', ' /api/v1'), { as, ...(body === undefined ? {} : { body, headers: { 'Idempotency-Key': key } }) });
const gift = { amount: 0.29, from: '市局工会', receivedOn: '2026-11-20', reference: '银字8号' };

test('money that came in is entered by a cashier, confirmed by a second person, and stands in the ledger once', async () => {
  const key = randomUUID();
  const asked = await ask('cashier-1', 'POST /funds/mutual-aid/contributions', gift, key);
  expect(asked).toMatchObject({ status: 201, body: { amount: '0.29', state: 'open', memo: { from: '市局工会' } } });
  expect((await ask('cashier-1', 'POST /funds/mutual-aid/contributions', gift, key)).body.id).toBe(asked.body.id);
  const decide = `POST /fund-requests/${asked.body.id}/decide`;
  expect((await ask('cashier-1', decide, { decision: 'approve' })).body.type).toMatch(/needs-second-person/);
  expect((await ask('li', decide, { decision: 'approve' })).status).toBe(403);
  expect((await ask('fund-1', decide, { decision: 'approve' })).body).toMatchObject({ state: 'booked', entry: 1, decidedBy: 'fund-1' });
  expect((await ask('fund-2', decide, { decision: 'refuse', reasons: '重复。' })).status).toBe(409);
  expect((await ask('fund-1', 'GET /funds')).body.items).toEqual([
    { id: 'mutual-aid', name: '困难互助金', balance: '0.29', entries: 1, openRequests: 0, closedThrough: null },
  ]);
});

test('the ledger is shown page by page, exported, and reversed by two people', async () => {
  const asked = await ask('cashier-1', 'POST /funds/mutual-aid/reversals', { entry: 1, reason: '重复登记。' });
  expect((await ask('fund-2', `POST /fund-requests/${asked.body.id}/decide`, { decision: 'approve' })).body).toMatchObject({ entry: 2 });
  const first = (await ask('auditor', 'GET /funds/mutual-aid/entries?limit=1')).body;
  expect(first.items).toMatchObject([{ no: 2, kind: 'reversal', moved: '-0.29', reverses: 1 }]);
  const second = (await ask('auditor', `GET /funds/mutual-aid/entries?limit=1&cursor=${first.nextCursor}`)).body;
  expect(second).toMatchObject({ items: [{ no: 1, kind: 'contribution', moved: '0.29', reversedBy: 2 }], nextCursor: null });
  expect((await ask('auditor', 'GET /funds/mutual-aid/entries?format=csv')).headers.get('content-type')).toMatch(/text\/csv/);
  expect((await ask('auditor', 'GET /funds/mutual-aid/entries?format=xlsx')).status).toBe(200);
  expect((await ask('cashier-1', 'POST /funds/mutual-aid/reversals', { entry: 99, reason: '无。' })).status).toBe(404);
  expect((await ask('cashier-1', 'POST /funds/nowhere/contributions', gift)).status).toBe(404);
});

test('a month is closed by the committee once it is over and the bank agrees', async () => {
  expect((await ask('fund-1', 'GET /funds/mutual-aid/reconciliation')).body).toMatchObject({ ok: true, balance: '0.00', differences: [] });
  expect((await ask('cashier-1', 'POST /funds/mutual-aid/close', { month: '2020-01', statement: 0 })).status).toBe(403);
  expect((await ask('fund-1', 'POST /funds/mutual-aid/close', { month: '2999-01', statement: 0 })).body.type).toMatch(/not-now/);
  expect((await ask('fund-1', 'POST /funds/mutual-aid/close', { month: '2020-01', statement: 1 })).body.type).toMatch(/books-differ/);
  expect((await ask('fund-1', 'POST /funds/mutual-aid/close', { month: '2020-01', statement: 0 })).status).toBe(200);
  expect((await ask('fund-1', 'POST /funds/mutual-aid/close', { month: '2020-01', statement: 0 })).status).toBe(200);
});

test('the books are for committee, cashiers, the head of the bureau and auditors', async () => {
  for (const as of ['li', 'leader-1', 'political-1', 'welfare-1', 'admin'] as const)
    for (const request of [
      'GET /funds',
      'GET /funds/mutual-aid/entries',
      'GET /funds/mutual-aid/requests',
      'GET /funds/mutual-aid/reconciliation',
    ])
      expect((await ask(as, request)).status).toBe(403);
});
