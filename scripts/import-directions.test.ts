import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importFaults } from './import-directions.ts';

const root = mkdtempSync(path.join(tmpdir(), 'fivefold-layers-'));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => rmSync(path.join(root, 'tree'), { recursive: true }));

/** @returns the faults of a project that consists of these files */
function faultsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const tree = path.join(root, 'tree');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  return importFaults(tree);
}

test.each([
  ['domain/rule.ts', `import { x } from '../platform/log.ts';`],
  ['domain/rule.ts', `import type { X } from '../store/case.ts';`],
  ['domain/rule.ts', `export { x } from '../api/server.ts';`],
  ['domain/rule.ts', `import { condition } from '@temporalio/workflow';`],
  ['domain/rule.ts', `import { readFileSync } from 'node:fs';`],
  ['workflows/interests/appeal.definition.ts', `import { x } from './appeal.ts';`],
  ['workflows/interests/appeal.definition.ts', `import { x } from '../kit/procedure.ts';`],
  ['workflows/interests/appeal.definition.ts', `import { log } from '@temporalio/workflow';`],
  ['workflows/interests/appeal.ts', `import { x } from '../../activities/record.ts';`],
  ['workflows/interests/appeal.ts', `import type { X } from '../../store/record.ts';`],
  ['workflows/interests/appeal.ts', `import { readFileSync } from 'node:fs';`],
  ['workflows/kit/case.ts', `import { appeal } from '../interests/appeal.ts';`],
  ['workflows/kit/case.ts', `import { x } from '../../platform/log.ts';`],
  ['platform/log.ts', `import type { CaseNumber } from '../domain/ids.ts';`],
  ['store/record.ts', `import { x } from '../activities/record.ts';`],
  ['store/record.ts', `import { x } from '../workflows/definitions.ts';`],
  ['activities/record.ts', `import { x } from '../api/server.ts';`],
  ['activities/record.ts', `import { x } from '../workflows/interests/appeal.ts';`],
  ['api/routes/cases.ts', `import { x } from '../../workflows/interests/appeal.ts';`],
  ['api/routes/cases.ts', `import { x } from '../../activities/record.ts';`],
  ['api/routes/cases.ts', `import { x } from '../../test/database.ts';`],
  ['web/pages/inbox.tsx', `import { Problem } from '../../domain/problems.ts'; export const page = <p />;`],
  ['server.ts', `import { x } from './test/database.ts';`],
])('%s may not say %s', (file, text) => {
  expect(faultsOf({ [file]: text })).toEqual([expect.stringContaining(`${file} imports `)]);
});

test('what the drawing allows passes', () => {
  const files = {
    'domain/rule.ts': `import { z } from 'zod'; import { createHash } from 'node:crypto'; import { other } from './other.ts';`,
    'domain/other.ts': '',
    'workflows/interests/appeal.definition.ts': `import { rule } from '../../domain/rule.ts'; import { defineProcess } from '../kit/define.ts';`,
    'workflows/interests/appeal.ts': `import { Appeal } from './appeal.definition.ts'; import { condition } from '@temporalio/workflow';`,
    'workflows/kit/procedure.ts': `import type { RecordActivities } from '../../activities/record.ts';`,
    'workflows/kit/define.ts': '',
    'activities/record.ts': `import { record } from '../store/record.ts';`,
    'store/record.ts': `import { db } from '../platform/database.ts'; import { rule } from '../domain/rule.ts';`,
    'platform/database.ts': `import { PrismaClient } from '../generated/prisma/client.ts';`,
    'api/server.ts': `import { Appeal } from '../workflows/interests/appeal.definition.ts'; import { readFileSync } from 'node:fs';`,
    'api/server.test.ts': `import { freshDatabase } from '../test/database.ts';`,
    'server.ts': `import { createApi } from './api/server.ts';`,
  };
  expect(faultsOf(files)).toEqual([]);
});

test('files that import each other in a circle are named, unless one needs types only', () => {
  const circle = {
    'store/a.ts': `import { b } from './b.ts';`,
    'store/b.ts': `import { c } from './c.ts';`,
    'store/c.ts': `import { a } from './a.ts';`,
  };
  expect(faultsOf(circle)).toEqual(['store/a.ts → store/b.ts → store/c.ts → store/a.ts: a circle']);
  expect(faultsOf({ ...circle, 'store/c.ts': `import type { a } from './a.ts';` })).toEqual([]);
});

test('a folder that the drawing does not have is refused', () => {
  expect(() => faultsOf({ 'domain/rule.ts': `import { x } from '../utils/x.ts';` })).toThrow('utils/x.ts belongs to no layer');
});
