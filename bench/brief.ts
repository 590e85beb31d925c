import { tellMorning } from '../activities/brief.ts';
import { briefBounds } from '../domain/brief.ts';
import { makeBrief } from '../store/brief.ts';
import { type BenchBureau, benchBureau } from './bench-bureau.ts';

/*
 * `npm run bench:brief [-- tasks]`: the daily brief of so many open tasks in 200 stations, half of them overdue or due this week: making it, telling everybody, and reading it.
 */
const tasks = Number(process.argv[2] ?? 100_000);
const stations = 200;
const repeats = 5;

const bench = await benchBureau({ baseline: false, policy: "brief: {at: '00:00'}\ncalendar: {overrides: {}}\n" });
try {
  await fill(bench);
  const { db, bureau } = bench;
  const at = workday();
  const { calendar } = bureau.policies.current;
  const on = calendar.dayAt(at.getTime()).date;
  await timed('the morning is written down', async () => void (await makeBrief(db, on, briefBounds(at.getTime(), calendar))), 1);
  const told: number[] = [];
  await timed('everybody is told', async () => void told.push(await tellMorning(bureau, at, () => undefined)), 1);
  process.stdout.write(`${told[0]} people were told\n`);
  await timed('GET /brief, supervision desk, first page', () => read('supervisor-1', `?on=${on}`));
  await timed('GET /brief as of now, supervision desk, first page', () => read('supervisor-1', ''));
  await timed('GET /brief, leader of one station', () => read('leader-1', `?on=${on}`));
} finally {
  await bench.stop();
}

async function read(as: 'supervisor-1' | 'leader-1', query: string): Promise<void> {
  const { status, body } = await bench.ask(`GET /api/v1/brief${query}`, as);
  if (status !== 200) throw new Error(JSON.stringify(body));
}

/** Now, or the next day that is worked. */
function workday(): Date {
  const { calendar } = bench.bureau.policies.current;
  let { number, working } = calendar.dayAt(Date.now());
  const isToday = working;
  while (!working) ({ number, working } = calendar.day(number + 1));
  return isToday ? new Date() : new Date(calendar.startOf(number) + 8 * 3_600_000);
}

/** Cases with one open task each, due from twenty days ago to thirty days ahead, and a leader in each station. */
async function fill({ db, bureau }: BenchBureau): Promise<void> {
  await db.$executeRaw`insert into unit (id, name, parent_id, path) select 'st-' || n, '派出所 ' || n, 'branch', '/city/branch/st-' || n || '/' from generate_series(1, ${stations}) n`;
  await db.$executeRaw`insert into person (id, username, name, unit_id) select 'sl-' || n, 'sl-' || n, '所长 ' || n, 'st-' || n from generate_series(1, ${stations}) n`;
  await db.$executeRaw`insert into role_grant (person_id, role, unit_id) select 'sl-' || n, 'unit-leader', 'st-' || n from generate_series(1, ${stations}) n`;
  await db.$executeRaw`
    insert into "case" (number, process, state, stage, title, data, confidentiality, unit_id, opened_by, opened_at, policy_version, head_seq, head_hash, begun)
    select 'SQ-2026-' || lpad(n::text, 6, '0'), 'appeal', 'open', 'handle', '', '', 'internal', 'st-' || (n % ${stations} + 1), 'zhao', now() - interval '30 days',
           ${bureau.policies.current.version}, 1, '', true from generate_series(1, ${tasks}) n`;
  await db.$executeRaw`
    insert into task (id, case_id, ordinal, key, round, state, duty, role, unit_id, assignee, opened_at, due_at, level)
    select number || '.1', id, 1, 'handle', 1, 'open', 'handle', 'officer', unit_id, 'handler-1', opened_at, now() + interval '1 day' * (random() * 50 - 20), (random() * 2)::int
      from "case" where number like 'SQ-2026-%'`;
  // The bureau's own worker has told the empty morning.
  await db.$executeRaw`truncate brief cascade`;
  await db.$executeRaw`analyze`;
}

async function timed(what: string, act: () => Promise<void>, times = repeats): Promise<void> {
  const ms: number[] = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    await act();
    ms.push(performance.now() - began);
  }
  const median = ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)] ?? 0;
  process.stdout.write(`| ${what} | ${median.toFixed(0)} ms |\n`);
}
