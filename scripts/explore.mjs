// `npm run test:explore [files]`: the property and random tests with a fresh seed and many runs. A failure names its seed; what it finds becomes a test with an example.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, setUp } from './set-up.mjs';

setUp();
const seed = process.env.SEED ?? String(Date.now() % 2 ** 31);
const runs = process.env.RUNS ?? '2000';
const files = process.argv.length > 2 ? process.argv.slice(2) : propertyTests();
process.stdout.write(`SEED=${seed} RUNS=${runs}\n${files.join('\n')}\n`);
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', jest, '--testTimeout=3600000', '--runTestsByPath', ...files],
  { cwd: root, stdio: 'inherit', env: { ...process.env, SEED: seed, RUNS: runs } },
);
process.exitCode = status ?? 1;

/** Those of rules: each run takes no time. What plays whole cases is named by whoever has the night for it. */
function propertyTests() {
  return readdirSync(path.join(root, 'domain'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `domain/${name}`)
    .filter((file) => /fast-check/.test(readFileSync(path.join(root, file), 'utf8')));
}
