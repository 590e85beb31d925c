// `npm test`: sets everything up, then checks, then tests. Further arguments go to jest. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check } from './check.mjs';
import { root, setUp } from './set-up.mjs';

setUp();
await fetchPrograms();
const checks = await check();
const tests = runJest(process.argv.slice(2));
const failed = checks.failed + tests.failed;
process.stdout.write(`${checks.passed + tests.passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;

/** Before any test runs, so that a missing Python or browser is told at once and not by forty tests. */
async function fetchPrograms() {
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  const { temporalCli, temporalTestServer } = await import('../platform/temporal-programs.ts');
  const { browserProgram } = await import('../test/browser-program.ts');
  const say = (zh, en) => process.stderr.write(`${zh}  ${en}\n`);
  try {
    await temporalCli(say);
    await temporalTestServer(say);
    // Without a browser the tests of the pages fail and say what to install; all others can be run.
    await browserProgram(say).catch((error) => process.stderr.write(`${error.message}\n`));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
  await unregister();
}

function runJest(args) {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-report-'));
  const report = path.join(folder, 'jest.json');
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', jest, '--json', `--outputFile=${report}`, ...args],
    {
      cwd: root,
      // jest prints the report itself to standard output when asked for JSON: what people read goes to standard error.
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const counts = readCounts(report, status);
  rmSync(folder, { recursive: true });
  return counts;
}

/** A file that did not load, and a run that ended badly although each test passed (something was left behind), count as failures too. */
function readCounts(report, status) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: status === 0 ? failed : Math.max(failed, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
