import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { endProcess, freePort, untilEnded } from '../../platform/child-process.ts';
import { readConfig, serviceConfig } from '../../platform/config.ts';
import { readKeyRing } from '../../platform/key-file.ts';
import { freshDatabase } from '../database.ts';
import { startDevServer } from '../dev-server.ts';
import { testKeys } from '../key-ring.ts';

/** The part of the compose format that our file uses; what is not named here is refused, so that a misspelt key does not pass. */
const Healthcheck = z.strictObject({
  test: z.array(z.string()).min(2),
  interval: z.string(),
  timeout: z.string(),
  retries: z.number(),
});
const Service = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  init: z.boolean().optional(),
  restart: z.string().optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  healthcheck: Healthcheck.optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) })).optional(),
  stop_grace_period: z.string().optional(),
});
const Compose = z.looseObject({ name: z.string(), services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) });

const dotEnv = { POSTGRES_PASSWORD: 'secret123', FIVEFOLD_KEYS: testKeys };
const { services, volumes } = Compose.parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }));
const ours = ['prepare', 'api', 'worker'];

/** As compose does it: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`. */
const filledIn = (text: string): string =>
  text.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_all, name: keyof typeof dotEnv, kind?: string, rest = '') => dotEnv[name] ?? (kind === '-' ? rest : ''),
  );
const environmentOf = (name: string) =>
  Object.fromEntries(Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => [variable, filledIn(value)]));
const dockerfile = readFileSync('Dockerfile', 'utf8');
const imageEnvironment = Object.fromEntries(
  [...(/^ENV (.+)$/m.exec(dockerfile)?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
);

test.each(ours)('the environment of %s is what the configuration accepts, with every service named', (name) => {
  const config = serviceConfig(readConfig({ ...imageEnvironment, ...environmentOf(name) }));
  expect(readKeyRing(config.keys).ids).toHaveLength(1);
  expect(config).toMatchObject({ host: '0.0.0.0', demo: false, temporalAddress: 'temporal:7233', smtpUrl: undefined });
  expect(new URL(config.databaseUrl).host).toBe('postgres:5432');
});

test('every secret is asked for: compose refuses to start without it', () => {
  const text = readFileSync('docker-compose.yml', 'utf8');
  for (const secret of Object.keys(dotEnv)) expect(text).not.toMatch(new RegExp(`\\$\\{${secret}(:-[^}]*)?\\}`));
  expect(text).not.toMatch(/PASSWORD: (?!\$)\S|PWD: (?!\$)\S/);
});

test('every variable of .env.example is used, and every one used is there', () => {
  const inExample = [...readFileSync('.env.example', 'utf8').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  const used = [...readFileSync('docker-compose.yml', 'utf8').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  expect(new Set(inExample)).toEqual(new Set(used.filter((name) => name !== 'FIVEFOLD_VERSION')));
});

test('who waits for whom exists, is waited for in a way that it can meet, and in no circle', () => {
  const waitsFor = (name: string): readonly string[] =>
    Object.keys(services[name]?.depends_on ?? {}).flatMap((other) => [other, ...waitsFor(other)]);
  for (const [name, { depends_on = {} }] of Object.entries(services)) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      if (condition === 'service_healthy') expect(services[other]?.healthcheck).toBeDefined();
      else expect(services[other]?.restart ?? 'no').not.toBe('unless-stopped');
    }
    expect(waitsFor(name)).not.toContain(name);
  }
  expect(waitsFor('api')).toEqual(expect.arrayContaining(['prepare', 'temporal', 'temporal-schema', 'postgres']));
});

test('volumes, ports, files and the programs that are run exist', () => {
  const mounts = Object.values(services).flatMap((service) => service.volumes ?? []);
  for (const mount of mounts) {
    const [from = ''] = mount.split(':');
    if (from.startsWith('./')) expect(readFileSync(from, 'utf8')).not.toBe('');
    else expect(Object.keys(volumes)).toContain(from);
  }
  expect(services.api?.ports?.map(filledIn)).toEqual([`127.0.0.1:8080:${imageEnvironment.PORT}`]);
  expect(dockerfile).toContain(`EXPOSE ${imageEnvironment.PORT}`);
  expect(dockerfile).toMatch(/^USER (?!root)/m);
  for (const name of ours) expect(readFileSync(String(services[name]?.command?.[1]).replace(/\.js$/, '.ts'), 'utf8')).toContain('runEntry');
});

test('the script that makes Temporal’s databases is sound', () => {
  expect(spawnSync('sh', ['-n', 'deploy/temporal-schema.sh']).status).toBe(0);
});

describe('the same programs with the same environment, run natively from the build', () => {
  /** Runs a command of the compose file; only the addresses of the services differ. */
  function run(name: string, env: NodeJS.ProcessEnv) {
    const [program, ...args] = z.array(z.string()).parse(services[name]?.command);
    const child = spawn(program ?? '', args, { cwd: 'dist', env: { ...process.env, ...imageEnvironment, ...environmentOf(name), ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    return { pid: child.pid ?? 0, ended: untilEnded(child), output: () => output };
  }

  test('preparation ends, API and worker serve, and all end in order when asked', async () => {
    expect(spawnSync(process.execPath, ['scripts/build.mjs'], { encoding: 'utf8' })).toMatchObject({ status: 0 });
    const [database, engine, port] = await Promise.all([freshDatabase(), startDevServer(), freePort()]);
    const env = { DATABASE_URL: database.url, TEMPORAL_ADDRESS: engine.address, HOST: '127.0.0.1', PORT: String(port) };
    const preparation = run('prepare', env);
    expect(`${await preparation.ended} ${preparation.output()}`).toMatch(/^0 .*Database and namespace are ready/);

    const [api, worker] = [run('api', env), run('worker', env)];
    const readiness = () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        (answer) => answer.status,
        () => 0,
      );
    const died = Promise.race([api.ended, worker.ended]).then(() => Promise.reject(new Error(api.output() + worker.output())));
    await Promise.race([untilReady(readiness), died]);
    await Promise.all([api, worker].map(({ pid }) => endProcess(pid, 'SIGTERM', 20_000)));
    expect([await api.ended, await worker.ended]).toEqual([0, 0]);
    await died.catch(() => undefined);
    await engine.stop();
    await database.drop();
  });
});

async function untilReady(readiness: () => Promise<number>): Promise<void> {
  while ((await readiness()) !== 200) await sleep(50);
}
