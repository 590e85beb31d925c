import { randomUUID } from 'node:crypto';
import { startBare, touchBare, writeBare } from './baseline.ts';
import { type BenchBureau, benchBureau } from './bench-bureau.ts';
import { type Load, load, median } from './load.ts';

/*
 * `npm run bench [-- calls]`: what a case costs, against the bare engine in the same run. Baseline and bureau take turns, three rounds each, so that a machine
 * whose speed drifts does not favour one. The callers live in this process, on the same cores as everything else.
 */
const callerCounts = [1, 8, 32];
const rounds = 3;
const calls = Number(process.argv[2] ?? 200);

const wish = { process: 'appeal', data: { channel: 'desk', title: '宿舍漏水', content: '三楼宿舍漏水两周，报修未果。' } };
const accepted = { data: { decision: 'accept', handler: 'handler-1' } };

const bureau = await benchBureau();
try {
  await warmUp(bureau);
  const rows: string[][] = [];
  for (const callers of callerCounts) rows.push(...(await startsAt(bureau, callers)), ...(await completionsAt(bureau, callers)));
  print(rows);
} finally {
  await bureau.stop();
}

async function warmUp(b: BenchBureau): Promise<void> {
  await load(8, 60, () => startBare(b.client));
  await load(8, 60, () => openCase(b));
}

async function openCase({ ask }: BenchBureau, prefer?: string): Promise<string> {
  const headers = { 'Idempotency-Key': randomUUID(), ...(prefer ? { Prefer: prefer } : {}) };
  const { status, body } = await ask('POST /api/v1/cases', 'li', wish, headers);
  if (status !== 201 && status !== 202) throw new Error(`POST /cases answered ${status}: ${JSON.stringify(body)}`);
  return body.number;
}

async function startsAt(b: BenchBureau, callers: number): Promise<string[][]> {
  const bare: Load[] = [];
  const ours: Load[] = [];
  const deferred: Load[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await load(callers, calls, () => startBare(b.client)));
    ours.push(await load(callers, calls, () => openCase(b)));
    deferred.push(await load(callers, calls, () => openCase(b, 'respond-async')));
    await allStarted(b);
  }
  return [
    row('bare client.workflow.start', callers, median(bare)),
    row('POST /cases', callers, median(ours), median(bare)),
    row('POST /cases, respond-async', callers, median(deferred), median(bare)),
  ];
}

/** Lets what acceptance left to the starter be done before the next thing is measured. */
async function allStarted({ db }: BenchBureau): Promise<void> {
  for (;;) {
    const [{ left }] = await db.$queryRaw<[{ left: number }]>`
      select count(*)::integer as left from "case" c
       where c.state = 'accepted' or not exists (select from case_step s where s.case_id = c.id and s.cause = 'start')`;
    if (left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function completionsAt(b: BenchBureau, callers: number): Promise<string[][]> {
  const bare: Load[] = [];
  const writing: Load[] = [];
  const ours: Load[] = [];
  for (let round = 0; round < rounds; round++) {
    const ids = await Promise.all(Array.from({ length: calls }, () => startBare(b.client)));
    const numbers: string[] = [];
    await load(8, calls, async () => numbers.push(await openCase(b)));
    await allStarted(b);
    bare.push(await load(callers, calls, (index) => touchBare(b.client, ids[index] ?? '')));
    writing.push(await load(callers, calls, (index) => writeBare(b.client, ids[index] ?? '')));
    ours.push(await load(callers, calls, (index) => completeFirst(b, numbers[index] ?? '')));
  }
  return [
    row('bare executeUpdate', callers, median(bare)),
    row('bare update that writes one row', callers, median(writing), median(bare)),
    row('POST /tasks/{id}/complete', callers, median(ours), median(writing)),
  ];
}

async function completeFirst({ ask }: BenchBureau, number: string): Promise<void> {
  const { status, body } = await ask(`POST /api/v1/tasks/${number}.1/complete`, 'desk-1', accepted, { 'Idempotency-Key': randomUUID() });
  if (status !== 200) throw new Error(`complete answered ${status}: ${JSON.stringify(body)}`);
}

function row(what: string, callers: number, now: Load, base?: Load): string[] {
  const ratios = base ? [`${(now.perSecond / base.perSecond).toFixed(2)} ×`, `${(now.p50 / base.p50).toFixed(2)} ×`] : ['', ''];
  return [what, String(callers), now.perSecond.toFixed(0), now.p50.toFixed(1), now.p95.toFixed(1), ...ratios];
}

function print(rows: readonly string[][]): void {
  const head = ['what', 'callers', 'per second', 'p50 ms', 'p95 ms', 'throughput ratio', 'p50 ratio'];
  process.stdout.write(`${[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}
