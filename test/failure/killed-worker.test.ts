import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { forms, wish } from '../appeal.ts';
import { insist } from './insist.ts';
import { type KillableBureau, killableBureau, type Part } from './killable-bureau.ts';

let bureau: KillableBureau;
let worker: Part | undefined;
beforeAll(async () => {
  bureau = await killableBureau();
  await bureau.api.start();
}, 120_000);
afterEach(() => worker?.kill());
afterAll(() => bureau?.close());

describe.each([
  ['before', 'start', 'mark'],
  ['after', 'start', 'mark'],
  ['before', 'submission', 'complete-task'],
  ['after', 'submission', 'complete-task'],
] as const)('a worker killed with -9 %s the commit of a %s', (when, _, change) => {
  test('leaves one event and no second effect', async () => {
    const mortal = bureau.mortalWorker(when, change, ['worker']);
    worker = mortal;
    await mortal.start();
    const revived = mortal.ended().then(() => mortal.start());

    const { number } = (await insist(bureau, 'POST /api/v1/cases', { as: 'li', body: { process: 'appeal', data: wish } })).body;
    const complete = (task: number, as: 'desk-1' | 'handler-1', data: object) =>
      insist(bureau, `POST /api/v1/tasks/${number}.${task}/complete`, { as, body: { data } });
    expect((await complete(1, 'desk-1', forms.accept)).body).toMatchObject({ stage: 'classify' });
    expect((await complete(2, 'handler-1', forms.classify)).body).toMatchObject({ stage: 'handle' });
    await revived;

    const { body: events } = await bureau.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' });
    const types: string[] = events.map(({ type }: { type: string }) => type);
    for (const once of ['case-accepted', 'marked', 'handler-named']) expect(types.filter((type) => type === once)).toHaveLength(1);
    expect(types.filter((type) => type === 'task-completed')).toHaveLength(2);
    expect(types.filter((type) => type === 'task-opened')).toHaveLength(3);
    expect((await bureau.ask(`GET /api/v1/cases/${number}/verify`, { as: 'supervisor-1' })).body).toMatchObject({ ok: true });
  }, 90_000);
});
