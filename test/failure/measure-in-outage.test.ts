import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { insist, untilTrue } from './insist.ts';
import { type KillableBureau, killableBureau } from './killable-bureau.ts';

/** A day passes in eight seconds. */
const timeScale = 10_800;

let bureau: KillableBureau;
beforeAll(async () => {
  bureau = await killableBureau(`timeScale: ${timeScale}\n`);
  await Promise.all([bureau.api.start(), bureau.worker.start()]);
}, 120_000);
afterAll(() => bureau?.close());

const confinement = {
  measure: 'confinement',
  person: 'zhao',
  days: 2,
  actOn: '2024-11-01',
  ground: 'leave-7',
  reasons: '酒后滋事，有继续违纪可能。',
};

test('a measure of which the end falls into an outage has ended at its second, and nothing that comes later can bring it back', async () => {
  const { number } = (await insist(bureau, 'POST /api/v1/cases', { as: 'inspector-1', body: { process: 'measure', data: confinement } }))
    .body;
  type Task = { id: string; key: string; state: string };
  const taskOf = ({ tasks }: { tasks: Task[] }, wanted: string) => tasks.find(({ key, state }) => key === wanted && state === 'open')?.id;
  const complete = (id: string | undefined, as: 'inspection-head' | 'inspector-1', data: object) =>
    insist(bureau, `POST /api/v1/tasks/${id}/complete`, { as, body: { data } });
  const { body: taken } = await complete(`${number}.1`, 'inspection-head', { decision: 'approve' });
  const more = { finding: 'extend', days: 3, reasons: '证人未到。' };
  const { body: proposed } = await complete(taskOf(taken, 'review'), 'inspector-1', more);
  const term = async () => {
    const [row] = await bureau.db.$queryRaw<[{ from: Date; until: Date }]>`
      select r.starts_at as "from", r.ends_at as until from restriction r join "case" c on c.id = r.case_id where c.number = ${number}`;
    return row;
  };
  const eligible = async () => (await bureau.ask('GET /api/v1/people/zhao/eligibility?for=honours', { as: 'zhao' })).body.eligible;
  const { from, until } = await term();
  expect((until.getTime() - from.getTime()) * timeScale).toBe(2 * 86_400_000);
  expect(await eligible()).toBe(false);

  await bureau.worker.kill();
  await untilTrue(async () => Date.now() > until.getTime() + 500, 'the time did not pass');
  expect(await eligible()).toBe(true);

  const approving = complete(taskOf(proposed, 'approve-longer'), 'inspection-head', { decision: 'approve' });
  await bureau.worker.start();
  expect(['/problems/limit-passed', '/problems/task-not-open']).toContain((await approving).body.type);
  const ended = async () => {
    const { body } = await bureau.ask(`GET /api/v1/cases/${number}/events`, { as: 'inspection-head' });
    return body.find(({ type }: { type: string }) => type === 'measure-ended');
  };
  await untilTrue(async () => (await ended()) !== undefined, 'nobody noticed that it had ended');
  expect((await ended()).data).toEqual({ until: until.toISOString() });
  expect(await term()).toEqual({ from, until });
}, 120_000);
