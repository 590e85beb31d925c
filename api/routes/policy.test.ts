import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(() => api?.close());

const get = (path: string, as: TestPerson = 'supervisor-1') => api.ask(`GET /api/v1${path}`, { as });
const from = '2026-09-30T10:00:00%2B08:00';

test('the policy in force is told by version with its tasks and limits, to those who answer for it', async () => {
  const { body } = await get('/policy');
  expect(body).toMatchObject({ version: expect.stringMatching(/^[0-9a-f]{12}$/), timeScale: 1, loadedAt: expect.any(String) });
  expect(body.entries.filter(({ differs }: { differs: boolean }) => differs)).toEqual([]);
  const appeal = body.processes.find(({ id }: { id: string }) => id === 'appeal');
  expect(appeal.tasks.find(({ key }: { key: string }) => key === 'handle')).toEqual({
    key: 'handle',
    title: expect.objectContaining({ zh: '办理' }),
    limit: { days: 15 },
    limits: Object.fromEntries([1, 3, 5, 7, 15, 30].map((days) => [String(days), { days }])),
    ladder: 'standard',
  });
  const statusFor = async (as: TestPerson) => (await get('/policy', as)).status;
  for (const as of ['admin', 'political-1', 'auditor'] as const) expect(await statusFor(as)).toBe(200);
  for (const as of ['li', 'leader-1', 'chief'] as const) expect(await statusFor(as)).toBe(403);
});

test('the simulator answers the date that the calendar answers, with its days and rungs', async () => {
  const { body } = await get(`/policy/simulate?process=appeal&task=classify&from=${from}`);
  expect(body.dueAt).toBe((await get(`/calendar/due?from=${from}&workingDays=3`)).body.dueAt);
  expect(body.days.at(-1)).toMatchObject({ working: true, counts: 3 });
  expect(body.rungs.map(({ kindTitle, toTitle }: Record<string, { en: string }>) => `${kindTitle?.en}: ${toTitle?.en}`)).toEqual([
    'Remind: Whoever has it',
    'Falls due: Whoever has it',
    'Escalate: Unit leader',
    'Escalate: Supervising leader',
    'Inspection: Inspection',
  ]);
});

test('what the policy does not know is refused with the reason in the language of whoever asks', async () => {
  const { status, body } = await get(`/policy/simulate?process=appeal&task=nothing&from=${from}`);
  expect([status, body.detail]).toEqual([400, '政策中没有这项任务。']);
  expect((await get(`/policy/simulate?process=nothing&task=accept&from=${from}`)).status).toBe(400);
  expect((await get(`/policy/simulate?process=appeal&task=accept&from=2099-01-01T00:00:00Z`)).body.type).toBe('/problems/calendar-gap');
  expect((await get(`/policy/simulate?process=appeal&task=accept&from=${from}`, 'wang')).status).toBe(403);
});
