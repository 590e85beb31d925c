import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Load, load } from './load.ts';
import { type SyntheticApi, syntheticApi } from './synthetic/api.ts';
import { type AskedList, askedLists, explainedLists } from './synthetic/lists.ts';

/*
 * `npm run bench:lists [-- cases … --events n --calls n --plans]`: every list of tasks and cases, with each of its filters, as five people with more and less to see ask for it over HTTP, one
 * call after the other, on synthetic bureaus of 10,000, 100,000 and 1,000,000 cases unless stated. A million cases take some ten minutes and 10 GB of the temporary folder to make; lists read no
 * events, so there are none unless stated. `--plans` writes what each list reads, of the largest bureau, to docs/reference/query-plans.md.
 */
const { values, positionals } = parseArgs({
  options: {
    events: { type: 'string', default: '0' },
    calls: { type: 'string', default: '15' },
    plans: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [10_000, 100_000, 1_000_000];
const GOAL_MS = 20;
const GOAL_RATIO = 2;

/** Half of the calls took no longer than `p50` by the clock; `processor` is what caller, API and database worked for one. All in milliseconds. */
interface Time extends Pick<Load, 'p50'> {
  readonly processor: number;
}

const measured = new Map<number, Map<AskedList['who'], Map<string, Time>>>();
for (const cases of sizes) {
  const api = await syntheticApi({ cases, events: Number(values.events) });
  try {
    measured.set(cases, await timesOf(api));
    print(cases);
    if (values.plans && cases === Math.max(...sizes)) writeFileSync('docs/reference/query-plans.md', await plansOf(api, cases));
  } finally {
    await api.stop();
  }
}
compare(Math.min(...sizes), Math.max(...sizes));

async function timesOf(api: SyntheticApi) {
  const times = new Map<AskedList['who'], Map<string, Time>>();
  const calls = Number(values.calls);
  for (const { who, as, path, name } of askedLists(api)) {
    await api.get(path, as);
    const before = await processorMs(api);
    const { p50 } = await load(1, calls, () => api.get(path, as));
    const processor = ((await processorMs(api)) - before) / calls;
    times.set(who, (times.get(who) ?? new Map<string, Time>()).set(name, { p50, processor }));
  }
  return times;
}

/** Of this process and the database's for it, so far. Unlike the clock it does not tell what else a machine does. */
async function processorMs({ bureau: { db } }: SyntheticApi): Promise<number> {
  const backends = await db.$queryRaw<{ pid: number }[]>`select pid from pg_stat_activity where application_name = 'fivefold'`;
  const nanoseconds = backends
    .map(({ pid }) => `/proc/${pid}/schedstat`)
    .map((file) => (existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) : 0));
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3 + nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

function print(cases: number): void {
  const times = [...(measured.get(cases) ?? [])];
  const names = [...(times[0]?.[1].keys() ?? [])];
  const cell = (one: Time | undefined) => (one === undefined ? '' : `${one.processor.toFixed(0)} (${one.p50.toFixed(0)})`);
  const rows = names.map((name) => [`\`${name}\``, ...times.map(([, lists]) => cell(lists.get(name)))]);
  table([`${cases.toLocaleString('en')} cases: processor ms (p50 ms)`, ...times.map(([who]) => who)], rows);
}

function compare(small: number, large: number): void {
  const pairs = [...(measured.get(large) ?? [])].flatMap(([who, lists]) =>
    [...lists].flatMap(([name, at]) => {
      const before = measured.get(small)?.get(who)?.get(name);
      return before === undefined ? [] : [{ at, before }];
    }),
  );
  const share = (of: keyof Time) => {
    const quick = pairs.filter(({ at }) => at[of] <= GOAL_MS).length;
    const alike = pairs.filter(({ at, before }) => at[of] <= GOAL_RATIO * before[of]).length;
    return [of, `${quick} of ${pairs.length}`, `${alike} of ${pairs.length}`];
  };
  table(['', `within ${GOAL_MS} ms at ${large} cases`, `within ${GOAL_RATIO} × the same at ${small}`], [share('processor'), share('p50')]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  process.stdout.write(`\n${[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}

async function plansOf(api: SyntheticApi, cases: number): Promise<string> {
  const lists = await explainedLists(api);
  const rows = lists.map(({ name, who, pages, reads }) => `| \`${name}\` | ${who} | ${pages} | ${reads.join(' · ')} |`);
  return `# What each list reads

Written by \`npm run bench:lists -- ${cases} --plans\`: the plans of all queries that a list takes, by \`explain (analyze, buffers)\`, on a synthetic bureau of ${cases.toLocaleString('en')} cases. For each index or
table how it was read and how many rows were looked at there; pages are those of 8 kB that were looked at, most of them several times. How the
lists are made is said in \`store/lists/case-parts.ts\`, the times are in [benchmarks.md](../benchmarks.md). The text searched for stands in the list's name in plain; the database sees keyed hashes.

| list | who asks | pages | read by |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
