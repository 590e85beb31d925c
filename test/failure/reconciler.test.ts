import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CaseNumber } from '../../domain/ids.ts';
import { taskQueue } from '../../platform/temporal.ts';
import { noteLooks } from '../../store/stuck-cases.ts';
import { workflowType } from '../../workflows/kit/submission.ts';
import type { Answer } from '../api.ts';
import { forms, wish } from '../appeal.ts';
import type { TestPerson } from '../people.ts';
import { insist, untilTrue } from './insist.ts';
import { type KillableBureau, killableBureau } from './killable-bureau.ts';

let bureau: KillableBureau;
beforeAll(async () => {
  bureau = await killableBureau();
  await Promise.all([bureau.api.start(), bureau.worker.start()]);
}, 120_000);
afterAll(() => bureau?.close());

const act = (request: string, as: TestPerson, body: unknown): Promise<Answer> =>
  insist(bureau, `POST /api/v1/${request}`, { as, body, headers: { 'Idempotency-Key': randomUUID() } });

async function openCase(): Promise<string> {
  const { body } = await act('cases', 'li', { process: 'appeal', data: wish });
  await untilTrue(() => hasBegun(body.number), 'its workflow did not begin');
  return body.number;
}

const hasBegun = async (number: string): Promise<boolean> => {
  const [row] = await bureau.db.$queryRaw<[{ begun: boolean }]>`select begun from "case" where number = ${number}`;
  return row.begun;
};

const workflowOf = (number: string) => bureau.engine.workflow.getHandle(number);
const stateOf = async (number: string): Promise<string> => (await workflowOf(number).describe()).status.name;

/** Has the reconciler look until `reached`: a look that is asked for while another goes on is left out. */
const untilLooked = (reached: () => Promise<boolean>, otherwise: string): Promise<void> =>
  untilTrue(async () => {
    await bureau.engine.schedule.getHandle('reconciler').trigger();
    return reached();
  }, otherwise);
const stuck = async (): Promise<{ number: string; kind: string }[]> =>
  (await bureau.ask('GET /api/v1/stuck', { as: 'admin' })).body.items.map(({ number, kind }: { number: string; kind: string }) => ({
    number,
    kind,
  }));

const gauge = async (kind: string): Promise<string | undefined> =>
  String((await bureau.ask('GET /metrics')).body)
    .split('\n')
    .find((line) => line.startsWith(`fivefold_stuck_cases{kind="${kind}"}`));

test('an open case whose workflow was ended is found and goes on from the record, although nobody touches it', async () => {
  const number = await openCase();
  await workflowOf(number).terminate('by mistake');
  await untilLooked(async () => (await stateOf(number)) === 'RUNNING', 'its workflow was not started anew');
  await untilLooked(async () => (await stuck()).length === 0, 'it is still said to be stuck');
  const { body } = await act(`tasks/${number}.1/complete`, 'desk-1', { data: forms.accept });
  expect(body.stage).toBe('classify');
}, 90_000);

test('a case whose workflow can not take its next step is shown to administrators alone, who start it anew from the record', async () => {
  const number = await openCase();
  await workflowOf(number).terminate('replaced');
  // A workflow that no build can carry on: it was started from something that is no case.
  await bureau.engine.workflow.start(workflowType('appeal'), { workflowId: number, taskQueue, args: [{ number }] });
  await untilTrue(async () => ((await workflowOf(number).describe()).raw.pendingWorkflowTask?.attempt ?? 0) >= 3, 'it does not fail');
  await untilLooked(async () => (await stuck()).some((each) => each.number === number), 'it was not found');
  expect(await stuck()).toEqual([{ number, kind: 'failing' }]);
  expect(await gauge('failing')).toMatch(/ 1$/);
  for (const as of ['li', 'supervisor-1', 'auditor'] as const) expect((await bureau.ask('GET /api/v1/stuck', { as })).status).toBe(403);

  const headers = { 'Idempotency-Key': randomUUID() };
  const restart = (as: TestPerson) => bureau.ask(`POST /api/v1/stuck/${number}/restart`, { as, headers, body: { reason: '流程版本不符' } });
  expect((await restart('supervisor-1')).status).toBe(403);
  for (const _ of ['first', 'repeated']) expect(await restart('admin')).toMatchObject({ status: 200, body: { started: true } });
  const { body: events } = await bureau.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' });
  expect(events.filter(({ type }: { type: string }) => type === 'restart-asked')).toHaveLength(1);
  const { body } = await act(`tasks/${number}.1/complete`, 'desk-1', { data: forms.accept });
  expect(body.stage).toBe('classify');
  expect((await bureau.ask(`GET /api/v1/cases/${number}/verify`, { as: 'supervisor-1' })).body.ok).toBe(true);
  expect(await stuck()).toEqual([]);
}, 90_000);

test('a workflow that has recovered since it was looked at is left alone', async () => {
  const number = await openCase();
  await noteLooks(bureau.db, [{ number: CaseNumber.parse(number), kind: 'failing' }], new Date());
  const { runId } = await workflowOf(number).describe();
  expect(await act(`stuck/${number}/restart`, 'admin', { reason: '试试' })).toMatchObject({ status: 200, body: { started: true } });
  expect(await workflowOf(number).describe()).toMatchObject({ runId, status: { name: 'RUNNING' } });
  expect(await stuck()).toEqual([]);
  const { body: events } = await bureau.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' });
  expect(events.map(({ type }: { type: string }) => type)).not.toContain('restart-asked');
}, 60_000);

test('a case that the engine holds to be over is not said to have been started, and stays listed', async () => {
  const number = await openCase();
  await workflowOf(number).terminate('replaced');
  await bureau.engine.workflow.execute('unusedAttachments', { workflowId: number, taskQueue, memo: { run: 1 } });
  await untilLooked(async () => (await stuck()).some((each) => each.number === number), 'it was not found');
  expect(await act(`stuck/${number}/restart`, 'admin', { reason: '试试' })).toMatchObject({ status: 200, body: { started: false } });
  expect(await stuck()).toContainEqual({ number, kind: 'ended' });
}, 60_000);

test('a case that is not stuck can not be started anew, and is not told from one that does not exist', async () => {
  const number = await openCase();
  for (const which of [number, 'SQ-2026-999999']) {
    const refused = await act(`stuck/${which}/restart`, 'admin', { reason: '试试' });
    expect([refused.status, refused.body.type]).toEqual([404, '/problems/not-found']);
  }
  expect((await workflowOf(number).describe()).status.name).toBe('RUNNING');
}, 60_000);
