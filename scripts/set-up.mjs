// Brings a clone to the point where TypeScript entry points run. Plain Node without dependencies: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const file = (name) => path.join(root, name);
const say = (zh, en) => process.stderr.write(`${zh}  ${en}\n`);

/** Checks Node, installs dependencies that are missing or out of date, generates the database client, builds the pages. Ends the process when one of these fails. */
export function setUp() {
  refuseOldNode();
  if (!isInstalled()) {
    say('正在安装依赖（约 1 分钟，仅首次或更新后）…', 'Installing dependencies (about a minute; only now and after updates) …');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--progress=true'], {
      zh: '依赖安装失败：请检查网络或 npm 镜像设置后重试。',
      en: 'Installing failed: check the network or the npm registry setting and try again.',
    });
  }
  generateClient();
  buildPages();
}

/** Sets up, then runs a TypeScript file in this process, so that signals reach it. */
export async function runEntry(entry, args) {
  setUp();
  process.chdir(root);
  process.argv.splice(1, process.argv.length, file(entry), ...args);
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(file(entry)).href);
}

function refuseOldNode() {
  const wanted = JSON.parse(readFileSync(file('package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  end(
    `需要 Node.js ${wanted} 或更新版本，当前为 ${process.versions.node}：请先升级。`,
    `Node.js ${wanted} or newer is needed, this is ${process.versions.node}.`,
  );
}

/** npm's own note of what it put into node_modules agrees with the lock file. */
function isInstalled() {
  const note = file('node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const wanted = JSON.parse(readFileSync(file('package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([place, { version, optional }]) => place === '' || optional || installed[place]?.version === version,
  );
}

function generateClient() {
  const sources = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'];
  whenChanged('generated/schema-hash', sources, () => {
    say('正在生成数据库客户端…', 'Generating the database client …');
    // The schema engine is not needed to generate, and its download is not reachable everywhere.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' };
    const failure = { zh: '生成失败，见上。', en: 'Generating failed, see above.' };
    run(process.execPath, [file('node_modules/prisma/build/index.js'), 'generate'], failure, env);
  });
}

/** web/ into generated/web/, from where the API serves it. */
function buildPages() {
  const sources = readdirSync(file('web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(path.relative(root, entry.parentPath), entry.name))
    .sort();
  whenChanged('generated/pages-hash', [...sources, 'node_modules/.package-lock.json'], () => {
    say('正在构建页面…', 'Building the pages …');
    const failure = { zh: '页面构建失败，见上。', en: 'Building the pages failed, see above.' };
    const env = { ...process.env, NODE_ENV: 'production' };
    run(process.execPath, [file('node_modules/vite/bin/vite.js'), 'build', file('web'), '--logLevel', 'warn'], failure, env);
  });
}

/** Makes something again when what it is made of has changed since the stamp was written. */
function whenChanged(stamp, sources, make) {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(source).update(readFileSync(file(source)));
  const wanted = hash.digest('hex');
  if (existsSync(file(stamp)) && readFileSync(file(stamp), 'utf8') === wanted) return;
  make();
  writeFileSync(file(stamp), wanted);
}

function run(command, args, failure, env = process.env) {
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) end(failure.zh, failure.en);
}

function end(zh, en) {
  process.stderr.write(`${zh}\n${en}\n`);
  process.exit(78);
}
