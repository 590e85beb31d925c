import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(path.join(root, 'docs', 'add-a-process.md'), 'utf8');
/** The guide's code by the file that it is for. */
const blocks = [...guide.matchAll(/^```(?:ts|yaml) (\S+)\n([\s\S]*?)^```$/gm)].map(([, file = '', code = '']) => ({ file, code }));

let copy: string;
beforeAll(() => {
  copy = copyOfProject();
  for (const { file, code } of blocks) put(path.join(copy, file), code);
  edit('workflows/definitions.ts', /(const all\b.*= \[)/, '$1AwayReport, ');
  run('@biomejs/biome/bin/biome', ['check', '--write', 'workflows', 'test']);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('the code of docs/add-a-process.md has the right types and keeps the layers', () => {
  expect(run('typescript/bin/tsc', ['-p', '.'])).toBe('');
  const layers = "import { importFaults } from './scripts/import-directions.ts'; process.stdout.write(importFaults('.').join())";
  expect(node(['--import', 'tsx', '--input-type=module', '--eval', layers])).toBe('');
});

test('its history is recorded, its tests pass, and the lists and the policy agree', () => {
  expect(node(['scripts/run.mjs', 'test/replay/record.ts', 'away-report'])).toMatch(/^away-report-late: 1 run$/m);
  const report = run('jest/bin/jest', ['--silent', 'workflows/management/away-report', 'workflows/definitions', 'test/replay']);
  expect(report).toMatch(/^PASS workflows\/management\/away-report\.test\.ts/m);
  expect(report).toMatch(/^Test Suites: (\d+) passed, \1 total$/m);
}, 120_000);

/** Without what is made: that is linked to. */
function copyOfProject(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-guide-'));
  const left = new Set(['node_modules', 'docs', 'dist']);
  for (const name of readdirSync(root)) {
    if (!name.startsWith('.') && !left.has(name)) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  mkdirSync(path.join(folder, '.cache'));
  symlinkSync(path.join(root, '.cache', 'temporal'), path.join(folder, '.cache', 'temporal'));
  return folder;
}

/** As the guide says: a new file, an entry below `processes:`, or a line at the end of a list, which the formatter puts into order. */
function put(file: string, code: string): void {
  if (file.endsWith('default.yaml')) edit('policy/default.yaml', /^(processes:\n)/m, `$1${code}\n`);
  else if (file.endsWith('definitions.ts')) writeFileSync(file, code + readFileSync(file, 'utf8'));
  else if (file.endsWith('stories.ts')) edit('test/replay/stories.ts', /^(export const stories\b.*\{\n)/m, `$1${code}`);
  else appendFileSync(file, code);
}

function edit(name: string, pattern: RegExp, by: string): void {
  const file = path.join(copy, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(pattern, by));
}

const run = (script: string, args: readonly string[]): string =>
  node(['--no-warnings', '--experimental-vm-modules', path.join(root, 'node_modules', script), ...args]);

/** @returns what it printed */
function node(args: readonly string[]): string {
  const { FIVEFOLD_TEST_SERVICES: _, ...env } = process.env; // the copy has services of its own
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, env, encoding: 'utf8' });
  return stdout + stderr;
}
