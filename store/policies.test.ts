import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { limitOf, type Policy, policyVersion } from '../domain/policy.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { loadPolicy } from './open-bureau.ts';
import { openPolicies } from './policies.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

/** The shipped policy of a release that had no task `verify` yet, and another limit for `sign`. */
async function earlier(): Promise<Policy> {
  const policy = await loadPolicy({ demo: false });
  const { rectification, ...processes } = policy.processes;
  if (!rectification) throw new Error('there is no rectification');
  const { verify: _, ...tasks } = rectification.tasks;
  return {
    ...policy,
    processes: { ...processes, rectification: { ...rectification, tasks: { ...tasks, sign: { limit: { hours: 7 }, ladder: 'quick' } } } },
  };
}

test('a case keeps the policy of its start, and has that of today for a task that came later', async () => {
  const before = await earlier();
  await openPolicies(database.db, before);
  const { of } = await openPolicies(database.db, await loadPolicy({ demo: false }));
  const { policy } = await of(policyVersion(before));
  expect(limitOf(policy, 'rectification', 'sign').limit).toEqual({ hours: 7 });
  expect(limitOf(policy, 'rectification', 'verify').limit).toEqual({ workingDays: 5 });
});

test('a policy that was never in force is no policy', async () => {
  const { of } = await openPolicies(database.db, await loadPolicy({ demo: false }));
  await expect(of('0123456789ab')).rejects.toThrow();
});
