import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineOf } from '../api/engine.ts';
import type { CaseNumber } from '../domain/ids.ts';
import { instantOf } from '../domain/time-zone.ts';
import { accept, type Intake } from '../store/accept.ts';
import { startInput } from '../store/start-input.ts';
import { processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { type BenchBureau, benchBureau } from './bench-bureau.ts';
import { bureauProcesses } from './bureau-processes.ts';
import { load } from './load.ts';

/*
 * `npm run bench:bell [-- tasks [timers|bell|killed]]`: a rung of so many tasks is due at one instant, and while they are fired one of an urgent task every tenth of a second.
 * Once with a timer in each case's workflow, as in release 0.1, once with the bell, and once with the bell and a worker that is killed with -9 in the middle. Lateness is
 * seen from outside: when another connection first finds the rung in the record, looking four times a second.
 */
const tasks = Number(process.argv[2] ?? 5000);
const ways = ['timers', 'bell', 'killed'] as const;
type Way = (typeof ways)[number];
const URGENT = 100;
const URGENT_EVERY_MS = 100;
const LOOK_EVERY_MS = 250;
/** Time enough to open them all, and for timers to have each workflow take its first step. */
const limitSeconds = (way: Way): number => 40 + Math.ceil(tasks / (way === 'timers' ? 8 : 100));
const policyOf = (way: Way): string => `
ladders:
  burst:
    - {at: limit, do: due, to: assignee}
processes:
  rectification:
    tasks:
      sign: {limit: {seconds: ${limitSeconds(way)}}, ladder: burst}
  appeal:
    tasks:
      accept: {limit: {seconds: ${limitSeconds(way)}}, ladder: burst, urgent: true}
`;

process.stdout.write(
  '| way | tasks | p50 s | p99 s | last s | urgent p99 s | fired twice |\n| --- | --- | --- | --- | --- | --- | --- |\n',
);
for (const way of ways.filter((each) => process.argv[3] === undefined || process.argv[3] === each)) await measure(way);

async function measure(way: Way): Promise<void> {
  const bench = await benchBureau({ baseline: false, policy: policyOf(way) });
  try {
    const dueAt = await openAll(bench, way);
    const left = dueAt - Date.now();
    process.stderr.write(`${way}: all are open, ${(left / 1000).toFixed(0)} s before they are due\n`);
    if (left < 5000) throw new Error('they were not open in time: the machine is too slow for this number');
    await sleep(left);
    const { usual, urgent, killedAt } = await watch(bench, way);
    const [twice] = await bench.db.$queryRaw<[{ n: number }]>`
      select count(*)::integer as n from (select 1 from event where type = 'due' group by task_id having count(*) > 1) t`;
    const numbers = [way, tasks, at(usual, 0.5), at(usual, 0.99), at(usual, 1), at(urgent, 0.99), twice.n];
    process.stdout.write(`| ${numbers.join(' | ')} |\n`);
    if (killedAt !== null)
      process.stderr.write(`the last was fired ${(at(usual, 1) - (killedAt - dueAt) / 1000).toFixed(1)} s after the kill\n`);
  } finally {
    await bench.stop();
  }
}

/** @returns when they are due */
async function openAll(bench: BenchBureau, way: Way): Promise<number> {
  const from = Date.now();
  const directives = Array.from({ length: tasks }, () => intake('rectification', from));
  const urgent = Array.from({ length: URGENT }, (_, n) => intake('appeal', from + n * URGENT_EVERY_MS));
  const all = [...directives, ...urgent];
  const numbers: CaseNumber[] = [];
  for (let n = 0; n < all.length; n += 50) for (const { number } of await accept(bench.bureau, all.slice(n, n + 50))) numbers.push(number);
  if (way === 'timers') await startAll(bench, numbers);
  // The bell needs no workflow; none is to be started beside it.
  else await bench.db.$executeRaw`update "case" set begun = true`;
  return from + limitSeconds(way) * 1000;
}

async function startAll(bench: BenchBureau, numbers: readonly CaseNumber[]): Promise<void> {
  await bench.db.$executeRaw`update "case" set bell = false`;
  await bench.db.$executeRaw`update task set ring_at = null, wake_at = null`;
  const engine = engineOf(bench.client);
  const waiting = [...numbers];
  await load(16, numbers.length, async () => {
    const number = waiting.pop();
    if (number) await engine.start(await startInput(bench.bureau, number));
  });
  while ((await count(bench, 'start')) < numbers.length) await sleep(LOOK_EVERY_MS);
}

function intake(process: 'rectification' | 'appeal', ms: number): Intake {
  const data = process === 'appeal' ? { channel: 'desk', title: '急件', content: '急。' } : { cause: 'policy', order: '整改' };
  const acceptance = acceptanceOf(processOf(process), { data, subject: null, unit: 'station-1', by: 'li' });
  return { acceptance, key: randomUUID(), bodyHash: 'bench', at: instantOf(ms), engineUp: true };
}

async function count({ db }: BenchBureau, cause: string): Promise<number> {
  const [row] = await db.$queryRaw<[{ n: number }]>`select count(*)::integer as n from case_step where cause = ${cause}`;
  return row.n;
}

/** Lateness of each rung in ms, by lane. */
async function watch({ db }: BenchBureau, way: Way) {
  const seen = new Set<string>();
  const lateness = { usual: [] as number[], urgent: [] as number[] };
  let killedAt: number | null = null;
  while (seen.size < tasks + URGENT) {
    const rows = await db.$queryRaw<{ id: string; dueAt: Date; urgent: boolean }[]>`
      select id, due_at as "dueAt", urgent from task where ladder->0->>'firedAt' is not null`;
    const now = Date.now();
    for (const { id, dueAt, urgent } of rows.filter((row) => !seen.has(row.id))) {
      seen.add(id);
      lateness[urgent ? 'urgent' : 'usual'].push(now - dueAt.getTime());
    }
    if (way === 'killed' && killedAt === null && lateness.usual.length > tasks / 4) {
      for (const { pid, part } of bureauProcesses()) if (part === 'worker') process.kill(pid, 'SIGKILL');
      killedAt = Date.now();
    }
    await sleep(LOOK_EVERY_MS);
  }
  return { ...lateness, killedAt };
}

/** Seconds, of the given share. */
function at(lateness: readonly number[], share: number): number {
  const sorted = lateness.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) / 10) / 100;
}
