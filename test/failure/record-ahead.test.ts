import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../api.ts';
import { forms, stepsToSatisfaction, wish } from '../appeal.ts';
import type { TestPerson } from '../people.ts';
import { insist, untilTrue } from './insist.ts';
import { type KillableBureau, killableBureau, type Part } from './killable-bureau.ts';

let bureau: KillableBureau;
beforeAll(async () => {
  bureau = await killableBureau();
  await bureau.api.start();
}, 120_000);
afterAll(() => bureau?.close());

const act = (request: string, as: TestPerson, body: unknown, key: string = randomUUID()): Promise<Answer> =>
  insist(bureau, `POST /api/v1/${request}`, { as, body, headers: { 'Idempotency-Key': key } });

/** An appeal that has come to where this task is open. */
async function cameTo(until: keyof typeof forms): Promise<string> {
  const { body } = await act('cases', 'li', { process: 'appeal', data: wish });
  for (const [as, key] of stepsToSatisfaction) {
    if (key === until) break;
    await act(`tasks/${await openTask(body.number, key)}/complete`, as, { data: forms[key] });
  }
  return body.number;
}

async function openTask(number: string, key: string): Promise<string> {
  const { body } = await bureau.ask(`GET /api/v1/cases/${number}`, { as: 'supervisor-1' });
  const found = body.tasks.find((task: { key: string; state: string }) => task.key === key && task.state === 'open');
  if (!found) throw new Error(`${number} has no open ${key}`);
  return found.id;
}

async function keysOf(number: string): Promise<string[]> {
  const { body } = await bureau.ask(`GET /api/v1/cases/${number}`, { as: 'supervisor-1' });
  return body.tasks.filter(({ state }: { state: string }) => state === 'open').map(({ key }: { key: string }) => key);
}

const liveOf = async (number: string): Promise<Answer['body']> =>
  (await insist(bureau, `GET /api/v1/cases/${number}/live`, { as: 'supervisor-1' })).body;

/** The record and the workflow have the same tasks open, and the record verifies. */
async function expectAgreement(number: string): Promise<void> {
  const { body: record } = await bureau.ask(`GET /api/v1/cases/${number}`, { as: 'supervisor-1' });
  const live = await liveOf(number);
  const openOf = (tasks: { id: string; key: string; state?: string }[]) =>
    tasks.filter(({ state = 'open' }) => state === 'open').map(({ id, key }) => `${id} ${key}`);
  expect({ outcome: live.outcome, tasks: openOf(live.tasks) }).toEqual({ outcome: record.outcome, tasks: openOf(record.tasks) });
  expect((await bureau.ask(`GET /api/v1/cases/${number}/verify`, { as: 'supervisor-1' })).body.ok).toBe(true);
}

describe('when Temporal and the worker die right after a commit', () => {
  let worker: Part | undefined;
  afterEach(() => worker?.kill());

  /** Starts a worker that dies, with Temporal, at the first step that makes such a change. What runs in its place later is this one again: it compares nothing at its start. */
  async function begin(change: string): Promise<void> {
    worker = bureau.mortalWorker('after', change, ['temporal', 'worker']);
    await worker.start();
  }

  /** Sends what the record takes and the engine loses. */
  async function lose(request: string, as: TestPerson, body: unknown, key: string = randomUUID()): Promise<void> {
    const died = bureau.temporal.ended();
    const lost = await bureau.ask(`POST /api/v1/${request}`, { as, body, headers: { 'Idempotency-Key': key } });
    expect([lost.status, lost.body.type]).toEqual([503, '/problems/outcome-unknown']);
    await died;
    await bureau.temporal.start();
  }

  test('the next submission finds the workflow where the record is', async () => {
    await begin('complete-task');
    const number = await cameTo('accept');
    await lose(`tasks/${number}.1/complete`, 'desk-1', { data: forms.accept });
    await worker?.start();
    const next = await act(`tasks/${await openTask(number, 'classify')}/complete`, 'handler-1', { data: forms.classify });
    expect([next.status, next.body.type, next.body.stage]).toEqual([200, undefined, 'handle']);
    await expectAgreement(number);
  }, 90_000);

  test('an opinion that was asked for is waited for', async () => {
    await begin('participant');
    const number = await cameTo('handle');
    const task = await openTask(number, 'handle');
    await lose(`tasks/${task}/consult`, 'handler-1', { to: 'zhao', question: '是否属实？' });
    await worker?.start();
    const early = await act(`tasks/${task}/complete`, 'handler-1', { data: forms.handle });
    expect([early.status, early.body.type]).toEqual([409, '/problems/not-now']);
    await act(`tasks/${await openTask(number, 'consult')}/complete`, 'zhao', { data: { opinion: '属实。' } });
    expect((await act(`tasks/${task}/complete`, 'handler-1', { data: forms.handle })).status).toBe(200);
    await expectAgreement(number);
  }, 90_000);

  test.each(['its sender asks again', 'a worker starts'])(
    'a case that was closed closes in the engine too once %s',
    async (cure) => {
      await begin('close');
      const number = await cameTo('confirm');
      const request = `tasks/${await openTask(number, 'confirm')}/complete`;
      const key = randomUUID();
      await lose(request, 'li', { data: forms.confirm }, key);
      if (cure === 'a worker starts') worker = bureau.worker;
      await worker?.start();
      if (cure === 'its sender asks again') expect((await act(request, 'li', { data: forms.confirm }, key)).body.outcome).toBe('satisfied');
      await untilTrue(async () => (await liveOf(number)).outcome === 'satisfied', 'the workflow did not hear that its case is closed');
      await expectAgreement(number);
    },
    90_000,
  );
});

const losses: Readonly<Record<string, (number: string) => Promise<void>>> = {
  'whose engine lost everything': async () => {
    await bureau.loseTemporal();
    await bureau.temporal.start();
  },
  'whose workflow was terminated': async (number) => void (await bureau.engine.workflow.getHandle(number).terminate('as instructed')),
  'whose workflow was set back to its beginning': async (number) => {
    const handle = bureau.engine.workflow.getHandle(number);
    const [{ runId }, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()]);
    const begun = events?.find(({ workflowTaskCompletedEventAttributes }) => workflowTaskCompletedEventAttributes)?.eventId ?? null;
    const workflowExecution = { workflowId: number, runId };
    await bureau.engine.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution,
      workflowTaskFinishEventId: begun,
      requestId: randomUUID(),
    });
  },
};

test('a reopened case whose workflow was terminated goes on from the record, where the reopening began', async () => {
  await bureau.worker.start();
  const number = await cameTo('approve-reply');
  await act(`cases/${number}/withdraw`, 'li', { reason: '已解决' });
  await act(`cases/${number}/reopen`, 'li', { reason: '又漏水了' });
  await untilTrue(async () => (await keysOf(number)).includes('review'), 'the case did not begin again');
  await act(`tasks/${await openTask(number, 'review')}/complete`, 'reviewer-1', { data: { finding: 'changed', explanation: '改正。' } });
  await bureau.engine.workflow.getHandle(number).terminate('as instructed');
  const task = await openTask(number, 'confirm-review');
  const confirmed = await act(`tasks/${task}/complete`, 'li', { data: { answer: 'unsatisfied', reasons: '仍漏水。' } });
  expect([confirmed.status, confirmed.body.type, confirmed.body.stage]).toEqual([200, undefined, 're-review']);
  await expectAgreement(number);
  await bureau.worker.kill();
}, 90_000);

test.each(Object.entries(losses))(
  'a case %s goes on from the record',
  async (_, lose) => {
    await bureau.worker.start();
    const number = await cameTo('approve-reply');
    const task = await openTask(number, 'approve-reply');
    await lose(number);
    const approved = await act(`tasks/${task}/complete`, 'leader-1', { data: forms['approve-reply'] });
    expect([approved.status, approved.body.type, approved.body.stage]).toEqual([200, undefined, 'confirm']);
    await expectAgreement(number);
    await bureau.worker.kill();
  },
  90_000,
);
