import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { z } from 'zod';
import { dataConverter } from '../../platform/payload-codec.ts';
import { buildBundle } from '../../platform/workflow-bundle.ts';
import { processes } from '../../workflows/definitions.ts';
import { workflowType } from '../../workflows/kit/submission.ts';
import { testRing } from '../key-ring.ts';
import { testService } from '../service.ts';
import { historyFromJson } from './history-json.ts';
import { stories } from './stories.ts';

const History = z.looseObject({
  events: z.tuple(
    [z.looseObject({ workflowExecutionStartedEventAttributes: z.looseObject({ workflowType: z.object({ name: z.string() }) }) })],
    z.looseObject({ eventType: z.string() }),
  ),
});
type History = z.output<typeof History>;

const folder = fileURLToPath(new URL('./histories/', import.meta.url));
const releases = readdirSync(folder).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
const files = releases.flatMap((release) => readdirSync(path.join(folder, release)).map((name) => path.join(release, name)));
const read = (file: string): History => History.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
const typeOf = ({ events: [started] }: History): string => started.workflowExecutionStartedEventAttributes.workflowType.name;

async function replay(history: History, bundle?: WorkflowBundleOption): Promise<void> {
  const workflowBundle = bundle ?? { codePath: await testService('bundle') };
  const options = { workflowBundle, dataConverter: dataConverter(testRing) };
  await Worker.runReplayHistory(options, historyFromJson(history), 'SQ-2026-000001');
}

beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
});

test.each(files)('the case of %s goes on under this code', async (file) => {
  await replay(read(file));
});

test('the latest release has a history of every process, or the next one a story to record it by, and one that goes on in further runs', () => {
  const latest = files.filter((file) => file.startsWith(`${releases.at(-1)}${path.sep}`));
  const kept = new Set(latest.map((file) => typeOf(read(file))));
  const isTold = (id: string) => Object.keys(stories).some((name) => name.startsWith(`${id}-`));
  expect([...processes.keys()].filter((id) => !kept.has(workflowType(id)) && !isTold(id))).toEqual([]);
  expect(latest.some((file) => file.endsWith('.2.json'))).toBe(true);
});

test('a case that this code would carry on differently is found', async () => {
  const history = read(path.join('0.1.0', 'appeal-old-matter.json'));
  const [{ workflowExecutionStartedEventAttributes: attributes, ...started }, ...others] = history.events;
  const renamed = { ...started, workflowExecutionStartedEventAttributes: { ...attributes, workflowType: { name: 'rectification' } } };
  await expect(replay({ ...history, events: [renamed, ...others] })).rejects.toThrow(/Replay failed/);
});

test('a procedure that opens another task than the case has is found, though it takes as many steps', async () => {
  const code = await buildBundle(fileURLToPath(new URL('../fixtures/changed-workflow.ts', import.meta.url)));
  const history = read(path.join('0.1.0', 'rectification-returned-once.json'));
  await expect(replay(history, { code })).rejects.toThrow(/Replay failed/);
}, 60_000);
