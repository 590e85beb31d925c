import { existsSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readConfig, serviceConfig } from '../../platform/config.ts';
import { testKeys } from '../key-ring.ts';

const Probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port: z.number() }),
  periodSeconds: z.number(),
  failureThreshold: z.number().optional(),
});
const Container = z.strictObject({
  name: z.string(),
  image: z.string(),
  command: z.tuple([z.literal('node'), z.string()]).rest(z.string()),
  envFrom: z.array(
    z.union([
      z.strictObject({ configMapRef: z.object({ name: z.string() }) }),
      z.strictObject({ secretRef: z.object({ name: z.string() }) }),
    ]),
  ),
  ports: z.array(z.strictObject({ containerPort: z.number() })).optional(),
  readinessProbe: Probe.optional(),
  livenessProbe: Probe.optional(),
  resources: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});
const Pod = z.object({ securityContext: z.object({ runAsNonRoot: z.literal(true) }), containers: z.tuple([Container]) });
const Workload = z.object({ kind: z.enum(['Job', 'Deployment']), spec: z.object({ template: z.object({ spec: Pod }) }) });

const documents: readonly unknown[] = parseAllDocuments(readFileSync('deploy/kubernetes.yaml', 'utf8')).map((document) => document.toJS());
const workloads = documents.flatMap((document) => {
  const parsed = Workload.safeParse(document);
  return parsed.success ? [parsed.data.spec.template.spec.containers[0]] : [];
});
const { data: settings } = z.object({ kind: z.literal('ConfigMap'), data: z.record(z.string(), z.string()) }).parse(documents[0]);

test('preparation, API and worker run as another user than root, with commands that are there', () => {
  expect(workloads.map(({ name }) => name)).toEqual(['prepare', 'api', 'worker']);
  for (const { command } of workloads) expect(existsSync(command[1].replace(/\.js$/, '.ts'))).toBe(true);
});

test('settings and secret together are what the configuration accepts', () => {
  const secret = { DATABASE_URL: 'postgresql://fivefold:secret@postgres:5432/fivefold', FIVEFOLD_KEYS: testKeys };
  expect(serviceConfig(readConfig({ ...settings, ...secret }))).toMatchObject({ demo: false, temporalNamespace: 'fivefold' });
  for (const { envFrom } of workloads)
    expect(envFrom).toEqual([{ configMapRef: { name: 'fivefold' } }, { secretRef: { name: 'fivefold' } }]);
});

test('probes ask what the API serves, on the port that the image listens on', () => {
  const [port] = /PORT=(\d+)/.exec(readFileSync('Dockerfile', 'utf8'))?.slice(1).map(Number) ?? [];
  const probes = workloads
    .flatMap(({ readinessProbe, livenessProbe }) => [readinessProbe, livenessProbe])
    .filter((probe) => probe !== undefined);
  expect(probes).toHaveLength(2);
  for (const { httpGet } of probes) expect(httpGet).toEqual({ path: '/healthz', port });
});
