import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { instantOf } from '../../domain/time-zone.ts';
import { accept, type Intake } from '../../store/accept.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { processOf } from '../../workflows/definitions.ts';
import { acceptanceOf } from '../../workflows/kit/acceptance.ts';
import { testRing } from '../key-ring.ts';
import { untilTrue } from './insist.ts';
import { type KillableBureau, killableBureau } from './killable-bureau.ts';

const CASES = 600;
const LIMIT_S = 15;
const policy = `
ladders:
  burst:
    - {at: limit, do: due, to: assignee}
processes:
  rectification:
    tasks:
      sign: {limit: {seconds: ${LIMIT_S}}, ladder: burst}
`;

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-burst-'));
let bureau: KillableBureau;
beforeAll(async () => {
  bureau = await killableBureau(policy);
  await bureau.worker.start();
}, 120_000);
afterAll(async () => {
  await bureau?.close();
  rmSync(folder, { recursive: true });
});

/** Cases whose only rung is due at the same instant. Reminding needs no workflow, so none is started. */
async function openAll(): Promise<void> {
  const overlay = path.join(folder, 'policy.yaml');
  writeFileSync(overlay, policy);
  const store = await openBureau(bureau.db, testRing, { overlay, demo: true });
  const at = instantOf(Date.now());
  const intake = (): Intake => {
    const data = { cause: 'policy', order: '整改' };
    const acceptance = acceptanceOf(processOf('rectification'), { data, subject: null, unit: 'station-1', by: 'supervisor-1' });
    return { acceptance, key: randomUUID(), bodyHash: 'body', at, engineUp: true };
  };
  for (let n = 0; n < CASES; n += 50) await accept(store, Array.from({ length: 50 }, intake));
  await bureau.db.$executeRaw`update "case" set begun = true`;
}

async function fired(): Promise<{ rungs: number; tasks: number }> {
  const [row] = await bureau.db.$queryRaw<[{ rungs: number; tasks: number }]>`
    select count(*)::integer as rungs, count(distinct task_id)::integer as tasks from event where type = 'due'`;
  return row;
}

test('a worker killed with -9 in the middle of a burst loses no rung and fires none twice, and all are fired within 30 s of its return', async () => {
  await openAll();
  await untilTrue(async () => (await fired()).rungs > 0, 'the bell did not ring');
  await bureau.worker.kill();
  const { rungs } = await fired();
  expect(rungs).toBeLessThan(CASES);

  await bureau.worker.start();
  const back = Date.now();
  await untilTrue(async () => (await fired()).rungs >= CASES, 'not all were fired');
  expect(Date.now() - back).toBeLessThan(30_000);
  expect(await fired()).toEqual({ rungs: CASES, tasks: CASES });
}, 150_000);
