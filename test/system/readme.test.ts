import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../../platform/child-process.ts';
import { type NpmStart, npmStart } from './npm-start.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, script = ''] = /^```bash\n([\s\S]*?)^```$/m.exec(readme) ?? [];

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-readme-'));
let env: { FIVEFOLD_DATA: string; PORT: string };
let bureau: NpmStart;
beforeAll(async () => {
  env = { FIVEFOLD_DATA: folder, PORT: String(await freePort()) };
  bureau = npmStart(env);
  await bureau.untilServing();
});
afterAll(async () => {
  process.kill(bureau.pid, 'SIGTERM');
  await bureau.ended;
  rmSync(folder, { recursive: true });
});

test('the first ten minutes of the README go as they say', async () => {
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env: { ...process.env, ...env } });
  const lines = stdout.trim().split('\n');
  expect(lines[0]).toMatch(/^SQ-\d{4}-\d{6}$/);
  expect(lines.slice(1, 7).map((line) => /"stage":"([^"]*)"/.exec(line)?.[1])).toEqual([
    'classify',
    'handle',
    'draft-reply',
    'approve-reply',
    'confirm',
    'closed',
  ]);
  expect(stdout).toContain('"zh":"陈斌登记了诉求。"');
  expect(stdout).toMatch(/\{"ok":true,"events":\d+/);
  expect(lines.at(-1)).toMatch(/回避|利害关系/);
});
