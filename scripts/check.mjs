import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUp } from './set-up.mjs';

/** What `npm run check` looks at. Each gives what is wrong, or nothing. */
const checks = {
  'format and lint': () => tool('@biomejs/biome/bin/biome', ['check', '--colors=off', '.']),
  types: () => tool('typescript/bin/tsc', ['-p', '.']),
  'types of the pages': () => tool('typescript/bin/tsc', ['-p', 'web']),
  'import directions': importFaults,
  'decision numbers': () => repeatedNumbers(readdirIfThere(path.join(root, 'docs', 'decisions'))),
};

/** @returns {Promise<{passed: number, failed: number}>} after printing what is wrong */
export async function check() {
  const results = await Promise.all(Object.entries(checks).map(async ([name, find]) => ({ name, fault: await find() })));
  for (const { name, fault } of results) process.stdout.write(fault ? `✗ ${name}\n${fault}\n` : `✓ ${name}\n`);
  const failed = results.filter(({ fault }) => fault).length;
  return { passed: results.length - failed, failed };
}

async function importFaults() {
  const { tsImport } = await import('tsx/esm/api');
  const directions = await tsImport('./import-directions.ts', import.meta.url);
  return directions.importFaults(root).join('\n');
}

/** @returns {string} the decision numbers that more than one file has */
export function repeatedNumbers(files) {
  const numbers = files.map((name) => /^(\d{4})-/.exec(name)?.[1]).filter(Boolean);
  const repeated = numbers.filter((number, index) => numbers.indexOf(number) !== index);
  return repeated.map((number) => `docs/decisions: ${number} is used more than once`).join('\n');
}

function tool(script, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], { cwd: root });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('close', (code) => resolve(code === 0 ? '' : output.trimEnd() || `ended with ${code}`));
  });
}

const readdirIfThere = (folder) => (existsSync(folder) ? readdirSync(folder) : []);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  setUp();
  const { failed } = await check();
  process.exitCode = failed > 0 ? 1 : 0;
}
