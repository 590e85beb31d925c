import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { benchBureau } from './bench-bureau.ts';
import { bureauProcesses } from './bureau-processes.ts';
import { load } from './load.ts';

/*
 * `npm run bench:memory [-- cases]`: how long a warm start takes, and what the bureau's processes hold in memory after it and with 2,000 open cases.
 * Proportional set size, so that what processes share counts once. Linux.
 */
const cases = Number(process.argv[2] ?? 2000);
const wish = { process: 'appeal', data: { channel: 'desk', title: '宿舍漏水', content: '三楼宿舍漏水两周，报修未果。' } };

const bureau = await benchBureau({ baseline: false });
try {
  print('after start');
  await load(8, cases, () => bureau.ask('POST /api/v1/cases', 'li', wish, { 'Idempotency-Key': randomUUID() }));
  print(`with ${cases} open cases`);
} finally {
  await bureau.stop();
}

function print(when: string): void {
  const parts = new Map<string, number>();
  for (const { pid, part } of bureauProcesses()) parts.set(part, (parts.get(part) ?? 0) + pssMb(pid));
  const total = [...parts.values()].reduce((sum, mb) => sum + mb, 0);
  const each = [...parts].map(([part, mb]) => `${part} ${mb.toFixed(0)} MB`).join(' · ');
  process.stdout.write(`${when}: ${each} · together ${total.toFixed(0)} MB\n`);
}

function pssMb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it ended meanwhile
  }
}
