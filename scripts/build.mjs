// `npm run build`: JavaScript for production in dist/, with the workflow bundle and the pages. The Dockerfile calls it; nothing in dist/ needs TypeScript.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root, setUp } from './set-up.mjs';

/** Read at run time beside the code. */
const data = ['package.json', 'package-lock.json', 'prisma/migrations', 'policy', 'demo', 'api/static', 'platform/failure-converter.cjs'];

setUp();
const dist = path.join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
for (const name of data)
  cpSync(path.join(root, name), path.join(dist, name), { recursive: true, filter: (file) => !/\.test\.ts$|\.ts$/.test(file) });
cpSync(path.join(root, 'generated', 'web'), path.join(dist, 'web'), { recursive: true });
run('dist/operate.js', ['bundle']);
process.stdout.write(`dist/: ${readdirSync(dist).join(' ')}\n`);

function run(script, args) {
  const { status } = spawnSync(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
