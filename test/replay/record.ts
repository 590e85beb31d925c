import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { payloadCodec } from '../../platform/payload-codec.ts';
import type { TestCase } from '../bureau.ts';
import { testRing } from '../key-ring.ts';
import { openTestServices } from '../services.ts';
import { historyAsJson } from './history-json.ts';

/*
 * `npm run histories:record [-- <story> …]`: plays the stories, or those whose names begin so, and keeps their histories under the version of package.json, one file for
 * each run of the workflow. Payloads are kept in the clear, so that a history does not need the key ring of the run that made it.
 */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const folder = fileURLToPath(new URL(`./histories/${version}/`, import.meta.url));
const wanted = process.argv.slice(2);

const services = await openTestServices();
process.env.FIVEFOLD_TEST_SERVICES = services.url;
const { testBureau } = await import('../bureau.ts');
const { stories } = await import('./stories.ts');

for (const [name, play] of Object.entries(stories)) {
  if (wanted.length > 0 && !wanted.some((beginning) => name.startsWith(beginning))) continue;
  const bureau = await testBureau();
  const runs = await runsOf(bureau.client, await play(bureau));
  await bureau.close();
  keep(name, runs);
  process.stdout.write(`${name}: ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}\n`);
}
await services.close();

/** The histories of a case, its first run first. */
async function runsOf({ workflow }: Awaited<ReturnType<typeof testBureau>>['client'], { number }: TestCase): Promise<string[]> {
  const runs: string[] = [];
  let runId: string | null | undefined = (await workflow.getHandle(number).describe()).runId;
  while (runId) {
    const history = await workflow.getHandle(number, runId).fetchHistory();
    runs.unshift(JSON.stringify(await inTheClear(historyAsJson(history))));
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  }
  return runs;
}

function keep(name: string, runs: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.split('.')[0] === name) rmSync(path.join(folder, file));
  for (const [index, text] of runs.entries()) {
    writeFileSync(path.join(folder, `${name}${runs.length > 1 ? `.${index + 1}` : ''}.json`), `${text}\n`);
  }
}

async function inTheClear(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(inTheClear));
  if (typeof value !== 'object' || value === null) return value;
  const fields = new Map<string, unknown>(Object.entries(value));
  const [metadata, data] = [fields.get('metadata'), fields.get('data')];
  if (typeof data === 'string' && typeof metadata === 'object' && metadata !== null) return decoded(metadata, data);
  fields.delete('identity'); // of the machine
  return Object.fromEntries(await Promise.all([...fields].map(async ([key, inside]) => [key, await inTheClear(inside)] as const)));
}

async function decoded(metadata: object, data: string): Promise<unknown> {
  const bytes = Object.fromEntries(Object.entries(metadata).map(([key, text]) => [key, Buffer.from(String(text), 'base64')]));
  const [payload] = await payloadCodec(testRing).decode([{ metadata: bytes, data: Buffer.from(data, 'base64') }]);
  if (!payload?.data) throw new Error('a payload without data');
  const texts = Object.entries(payload.metadata ?? {}).map(([key, text]) => [key, Buffer.from(text).toString('base64')] as const);
  return { metadata: Object.fromEntries(texts), data: Buffer.from(payload.data).toString('base64') };
}
