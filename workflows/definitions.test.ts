import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { limitOf, type Policy } from '../domain/policy.ts';
import { loadPolicy } from '../store/open-bureau.ts';
import * as clockwork from './clockwork.ts';
import { processes } from './definitions.ts';
import * as procedures from './index.ts';
import { workflowType } from './kit/submission.ts';
import { commonTasks } from './kit/tasks.ts';

let policy: Policy;
beforeAll(async () => {
  policy = await loadPolicy({ demo: false });
});

const all = [...processes.values()].map((definition) => [definition.id, definition] as const);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('the list of definitions and the list of procedures name the same processes', () => {
  const types = Object.keys(procedures).filter((type) => !Object.hasOwn(clockwork, type));
  expect([...processes.keys()].map(workflowType).sort()).toEqual(types.sort());
});

test('no two processes share a prefix', () => {
  expect(new Set(all.map(([, { prefix }]) => prefix)).size).toBe(all.length);
});

describe.each(all)('%s', (id, definition) => {
  test('has its definition, procedure and test side by side in the folder of its group', () => {
    for (const suffix of ['.definition.ts', '.ts', '.test.ts']) expect(existsSync(here(`./${definition.group}/${id}${suffix}`))).toBe(true);
  });

  test('has a ladder in the shipped policy for every task, and a limit unless the procedure gives it a date', () => {
    const procedure = readFileSync(here(`./${definition.group}/${id}.ts`), 'utf8');
    const isDated = (key: string) => new RegExp(`'${key}',[^;]*\\b(dueAt|checkpoints):`).test(procedure);
    for (const key of [...Object.keys(definition.tasks), ...Object.keys(commonTasks)]) {
      const { limit, rungs } = limitOf(policy, id, key);
      expect({ key, hasLadder: rungs.length > 0, hasEnd: limit !== null || isDated(key) }).toEqual({ key, hasLadder: true, hasEnd: true });
    }
  });

  test('opens known tasks first, and names stages that exist in its commands', () => {
    const stages = [...Object.entries(definition.tasks).map(([key, { stage }]) => stage ?? key), ...Object.keys(definition.stages)];
    expect(Object.keys(definition.tasks)).toEqual(expect.arrayContaining([...definition.first]));
    for (const { stages: allowed = [] } of Object.values(definition.commands)) expect(stages).toEqual(expect.arrayContaining([...allowed]));
  });

  test('titles every outcome in both languages', () => {
    for (const outcome of [...definition.outcomes, 'withdrawn', 'merged']) {
      expect(definition.outcomeTitles).toHaveProperty(outcome, {
        zh: expect.stringMatching(/\p{Script=Han}/u),
        en: expect.stringMatching(/\w/),
      });
    }
  });
});
