import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { forms, stepsToSatisfaction, wish } from '../appeal.ts';
import { insist } from './insist.ts';
import { type KillableBureau, killableBureau } from './killable-bureau.ts';

let bureau: KillableBureau;
beforeAll(async () => {
  bureau = await killableBureau();
  await Promise.all([bureau.worker.start(), bureau.api.start()]);
}, 120_000);
afterAll(() => bureau?.close());

/** Carries an appeal from intake to satisfaction. @returns its number */
async function carryOut(betweenSteps: () => Promise<void>): Promise<string> {
  let { body: view } = await insist(bureau, 'POST /api/v1/cases', { as: 'li', body: { process: 'appeal', data: wish } });
  for (const [as, key] of stepsToSatisfaction) {
    await betweenSteps();
    const task = view.tasks.find(({ state }: { state: string }) => state === 'open');
    expect(task).toMatchObject({ key });
    const done = await insist(bureau, `POST /api/v1/tasks/${task.id}/complete`, { as, body: { data: forms[key] } });
    expect({ key, status: done.status, problem: done.body.type }).toEqual({ key, status: 200, problem: undefined });
    view = done.body;
  }
  expect(view).toMatchObject({ state: 'closed', outcome: 'satisfied' });
  return view.number;
}

/** All that a case leaves behind, but for its times. */
async function tracesOf(number: string) {
  const { db } = bureau;
  const [events, tasks, notices, marks] = await Promise.all([
    db.$queryRaw`select e.seq, e.type, e.actor, t.key from event e left join task t on t.id = e.task_id join "case" c on c.id = e.case_id where number = ${number} order by seq`,
    db.$queryRaw`select ordinal, key, t.state, closed_by from task t join "case" c on c.id = t.case_id where number = ${number} order by ordinal`,
    db.$queryRaw`select person_id, kind, substr(task_id, 15) as task from notice n join "case" c on c.id = n.case_id where number = ${number} order by 1, 2, 3`,
    db.$queryRaw`select person_id, kind from mark m join "case" c on c.id = m.case_id where number = ${number}`,
  ]);
  return { events, tasks, notices, marks };
}

test('an appeal whose worker is killed after every step leaves the same traces as one that nothing disturbs', async () => {
  const disturbed = await carryOut(async () => {
    await bureau.worker.kill();
    await bureau.worker.start();
  });
  const undisturbed = await carryOut(async () => undefined);
  expect(await tracesOf(disturbed)).toEqual(await tracesOf(undisturbed));
  for (const number of [disturbed, undisturbed]) {
    expect((await bureau.ask(`GET /api/v1/cases/${number}/verify`, { as: 'li' })).body).toMatchObject({ ok: true });
  }
}, 120_000);
