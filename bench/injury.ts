import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPerson } from '../test/people.ts';
import { type BenchBureau, benchBureau } from './bench-bureau.ts';
import { type Load, load } from './load.ts';

/*
 * `npm run bench:injury [-- reports]`: from `POST /cases` of an injury until each of the five who are called has it among their notices, in the embedded bureau with 2,000 open cases
 * beside it. Seen as they see it: by `GET /notifications` of each of them, asked again until it is there. Once one report at a time, once eight at once.
 */
const reports = Number(process.argv[2] ?? 200);
const OTHERS = 2000;
const called = ['hospital-1', 'welfare-1', 'political-1', 'supervising-1', 'leader-1'] as const satisfies readonly TestPerson[];
let hurt = 0;
const wish = { process: 'appeal', data: { channel: 'desk', title: '宿舍漏水', content: '三楼宿舍漏水两周，报修未果。' } };

const bureau = await benchBureau({ baseline: false });
try {
  await open(bureau);
  process.stdout.write('| reports at once | reports | p50 ms | p95 ms |\n| --- | --- | --- | --- |\n');
  for (const callers of [1, 8]) {
    const { calls, p50, p95 } = await reported(bureau, callers);
    process.stdout.write(`| ${callers} | ${calls} | ${Math.round(p50)} | ${Math.round(p95)} |\n`);
  }
} finally {
  await bureau.stop();
}

/** The cases beside it, each with its workflow, and as many people as are going to be hurt: two reports about one would be one case. */
async function open(b: BenchBureau): Promise<void> {
  const { ask, db } = b;
  await db.$executeRaw`
    insert into person (id, username, name, unit_id) select 'hurt-' || n, 'hurt-' || n, '伤者' || n, 'station-1' from generate_series(1, ${2 * reports + 20}::integer) n`;
  await load(8, OTHERS, () => ask('POST /api/v1/cases', 'li', wish, { 'Idempotency-Key': randomUUID() }));
  while ((await begun(b)) < OTHERS) await sleep(500);
  for (let n = 0; n < 10; n++) await notified(b);
}

async function begun({ db }: BenchBureau): Promise<number> {
  const [row] = await db.$queryRaw<[{ n: number }]>`select count(*)::integer as n from "case" where begun`;
  return row.n;
}

function reported(b: BenchBureau, callers: number): Promise<Load> {
  return load(callers, reports, () => notified(b));
}

async function notified({ ask }: Pick<BenchBureau, 'ask'>): Promise<void> {
  hurt += 1;
  const data = { person: `hurt-${hurt}`, place: '东湖桥', what: '摔伤，左腿剧痛。', severity: 'serious' };
  const { status, body } = await ask('POST /api/v1/cases', 'li', { process: 'injury-care', data }, { 'Idempotency-Key': randomUUID() });
  if (status !== 201) throw new Error(`POST /cases answered ${status}: ${JSON.stringify(body)}`);
  await Promise.all(called.map((person) => untilTold(ask, person, body.number)));
}

async function untilTold(ask: BenchBureau['ask'], person: TestPerson, number: string): Promise<void> {
  for (;;) {
    const { body } = await ask('GET /api/v1/notifications?limit=50', person);
    if (body.items.some((notice: { case: string | null }) => notice.case === number)) return;
    await sleep(20);
  }
}
