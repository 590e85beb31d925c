import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tiers } from '../../domain/checkpoints.ts';
import { type KillableBureau, killableBureau } from '../failure/killable-bureau.ts';
import type { TestPerson } from '../people.ts';

/** So long takes a day of this bureau, in milliseconds: thirty-three pass in thirteen seconds. */
const DAY_MS = 400;
/** What happens to a checkpoint that nobody meets: policy ladder `standard`, told in days after it. */
const ladder = [
  { type: 'due', after: 0 },
  { type: 'escalate', after: 1 },
  { type: 'escalate', after: 2 },
  { type: 'inspect', after: 3 },
];
const forms: Record<string, { by: TestPerson; data: object }> = {
  sign: { by: 'leader-1', data: { handler: 'handler-1' } },
  plan: { by: 'handler-1', data: { plan: '分四周进行。' } },
  progress: { by: 'handler-1', data: { state: 'under-way', report: '仍在推进。' } },
  result: { by: 'handler-1', data: { result: '落实。', evidence: ['验收单'] } },
  verify: { by: 'supervisor-2', data: { decision: 'approve' } },
};

let bureau: KillableBureau;
beforeAll(async () => {
  bureau = await killableBureau(`timeScale: ${86_400_000 / DAY_MS}\n`);
  await Promise.all([bureau.worker.start(), bureau.api.start()]);
}, 120_000);
afterAll(() => bureau?.close());

interface Task {
  readonly id: string;
  readonly key: string;
  readonly state: string;
  readonly dueAt: string;
  readonly ladder: readonly { readonly kind: string; readonly at: string; readonly firedAt: string | null }[];
}

const read = async (number: string) => (await bureau.ask(`GET /api/v1/cases/${number}`, { as: 'supervisor-1' })).body;

/** The open task, once its last rung has fired. */
async function missed(number: string): Promise<Task> {
  for (;;) {
    const open: Task[] = (await read(number)).tasks.filter(({ state }: Task) => state === 'open');
    const [task] = open;
    if (task?.ladder.every(({ firedAt }) => firedAt !== null)) return task;
    await sleep(50);
  }
}

async function complete({ id, key }: Task): Promise<void> {
  const form = forms[key];
  const { status, body } = await bureau.ask(`POST /api/v1/tasks/${id}/complete`, {
    as: form?.by ?? 'supervisor-1',
    body: { data: form?.data },
    headers: { 'idempotency-key': randomUUID() },
  });
  expect({ status, body }).toMatchObject({ status: 200 });
}

test('a directive that misses every checkpoint of all six tiers climbs each ladder to its end, in at most 200 events of history', async () => {
  const directive = { source: 'leader', title: '值班室改造', order: '完成值班室改造。', tier: '30' };
  const { body } = await bureau.ask('POST /api/v1/cases', {
    as: 'supervisor-1',
    body: { process: 'supervision', unit: 'station-1', data: directive },
    headers: { 'idempotency-key': randomUUID() },
  });
  const { number, openedAt } = body;
  const day = (at: string) => (Date.parse(at) - Date.parse(openedAt)) / DAY_MS;

  const keys: string[] = [];
  const dates: number[] = [];
  while ((await read(number)).state !== 'closed') {
    const task = await missed(number);
    keys.push(task.key);
    if (task.key !== 'verify') dates.push(day(task.dueAt));
    await complete(task);
  }
  // Each is missed by three days; what would have been due meanwhile is due at the next checkpoint.
  expect(keys).toEqual(['sign', 'plan', 'progress', 'result', 'verify']);
  expect(dates.every((date) => tiers.some((tier) => Math.abs(date - tier) < 0.01))).toBe(true);

  const events = (await bureau.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' })).body;
  const rungs = events.filter(({ type }: { type: string }) => ladder.some((rung) => rung.type === type));
  expect(rungs.map(({ type }: { type: string }) => type)).toEqual(keys.flatMap(() => ladder.map(({ type }) => type)));
  const { historyLength } = await bureau.engine.workflow.getHandle(number).describe();
  expect(historyLength).toBeLessThanOrEqual(200);
}, 120_000);
