import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KillableBureau, killableBureau } from '../failure/killable-bureau.ts';
import type { TestPerson } from '../people.ts';
import { until } from '../until.ts';

let bureau: KillableBureau;
beforeAll(async () => {
  bureau = await killableBureau();
  await Promise.all([bureau.worker.start(), bureau.api.start()]);
}, 120_000);
afterAll(() => bureau?.close());

const post = (path: string, as: TestPerson, body: object = {}) =>
  bureau.ask(`POST /api/v1/${path}`, { as, body, headers: { 'idempotency-key': randomUUID() } });
const open = async () => (await post('cases', 'li', { process: 'appeal', data: { channel: 'desk', title: '宿舍', content: '漏水' } })).body;
const read = async (path: string) => (await bureau.ask(`GET /api/v1/${path}`, { as: 'supervisor-1' })).body;

/** The last day of a limit that ends at 24:00 in the bureau's zone. */
const lastDay = (dueAt: string) => new Date(Date.parse(dueAt) + 8 * 3_600_000 - 1).toISOString().slice(0, 10);

test('a day off declared while clocks run moves the dates and ladders of open tasks, once the desk has them worked out anew', async () => {
  const { number } = await open();
  const before = await read(`tasks/${number}.1`);
  const dayOff = lastDay(before.dueAt);
  bureau.changePolicy(`calendar:\n  overrides:\n    '${dayOff}': {working: false, name: 局庆}\n`);
  await Promise.all([bureau.worker.kill(), bureau.api.kill()]);
  await Promise.all([bureau.worker.start(), bureau.api.start()]);
  expect(await read(`tasks/${number}.1`)).toMatchObject({ dueAt: before.dueAt });

  const { status, body } = await post('bulk', 'supervisor-1', { kind: 'recompute', select: { filter: { process: 'appeal' } } });
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { items: [{ target: `${number}.1`, state: 'pending', effect: { dueAt: before.dueAt } }] },
  });
  await post(`bulk/${body.id}/run`, 'supervisor-1');
  // The engine may first offer the submission to the worker that was killed, and the item is then tried again.
  await until(async () => (await read(`bulk/${body.id}`)).state === 'done', 'the bulk did not end', 60_000);

  const after = await read(`tasks/${number}.1`);
  expect(after).toMatchObject({
    explain: {
      days: expect.arrayContaining([
        expect.objectContaining({ date: dayOff, working: false, name: expect.objectContaining({ zh: '局庆' }) }),
      ]),
    },
  });
  expect(Date.parse(after.dueAt)).toBeGreaterThan(Date.parse(before.dueAt));
  const rungs = (task: { ladder: { at: string }[]; dueAt: string }) =>
    task.ladder.map(({ at }) => Date.parse(at) - Date.parse(task.dueAt)).filter((ms) => ms >= 0);
  expect(rungs(after)).toEqual(rungs(before));
  const [ring] = await bureau.db.$queryRaw<[{ ring: Date }]>`select ring_at as ring from task where id = ${`${number}.1`}`;
  expect(ring.ring.toISOString()).toBe(new Date(after.ladder[0].at).toISOString());
  const { tasks } = await read(`cases/${number}/live`);
  expect(tasks).toMatchObject([{ dueAt: new Date(after.dueAt).toISOString() }]);
  const [event] = (await read(`cases/${number}/events`)).filter(({ type }: { type: string }) => type === 'due-recomputed');
  expect(event).toMatchObject({ actor: 'supervisor-1', data: { before: before.dueAt, dueAt: after.dueAt } });
  expect(await read(`cases/${number}/verify`)).toMatchObject({ ok: true });
}, 120_000);

test('whoever has the task does not work out its date, and where the calendar has not changed it stays', async () => {
  const { number } = await open();
  expect((await post(`tasks/${number}.1/recompute`, 'leader-1')).status).toBe(403);
  const { dueAt } = await read(`tasks/${number}.1`);
  expect((await post(`tasks/${number}.1/recompute`, 'supervisor-1')).status).toBe(200);
  expect((await read(`tasks/${number}.1`)).dueAt).toBe(dueAt);
}, 60_000);
