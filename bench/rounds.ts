import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineOf } from '../api/engine.ts';
import type { CaseNumber } from '../domain/ids.ts';
import { instantOf } from '../domain/time-zone.ts';
import { accept } from '../store/accept.ts';
import { startInput } from '../store/start-input.ts';
import { processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { type BenchBureau, benchBureau } from './bench-bureau.ts';
import { load } from './load.ts';

/*
 * `npm run bench:rounds [-- people]`: a round of heart-to-heart talks over 5,000 people in 60 units, in the embedded bureau: from its acceptance until everyone stands on the list with
 * whoever talks to them; the events of its workflow; a page of its list; completing an item; an hourly look at the roster with nobody new, and with a hundred.
 */
const people = Number(process.argv[2] ?? 5000);
const UNITS = 60;

const bureau = await benchBureau({ baseline: false });
try {
  await staff(bureau);
  const began = performance.now();
  const round = await opened(bureau);
  row('opened, everyone listed', (performance.now() - began) / 1000, 's');
  row('history events of its workflow', (await bureau.client.workflow.getHandle(round).describe()).historyLength, '');
  const list = `GET /api/v1/cases/${round}/items`;
  await timed('first page of the list, desk', 300, () => bureau.ask(`${list}?limit=50`, 'political-1'));
  await timed('open ones of a unit by name, desk', 300, () => bureau.ask(`${list}?limit=50&state=open&unit=post-7&q=员4`, 'political-1'));
  await timed('own list of a leader', 300, () => bureau.ask(`${list}?limit=50&state=open`, 'leader-1'));
  await timed('coverage with names', 50, () => bureau.ask('GET /api/v1/figures/coverage?process=heart-talk', 'political-1'));
  await completed(bureau, round);
  await followed(bureau, 'hourly look at the roster, nobody new');
  await join(bureau, 100);
  await followed(bureau, 'hourly look at the roster, 100 joined');
} finally {
  await bureau.stop();
}

function row(what: string, value: number, unit: string): void {
  process.stdout.write(`| ${what} | ${value < 100 ? Math.round(value * 10) / 10 : Math.round(value)} ${unit} |\n`);
}

async function timed(what: string, calls: number, ask: () => Promise<{ status: number }>): Promise<void> {
  const { p50, p95 } = await load(1, calls, async () => {
    const { status } = await ask();
    if (status !== 200) throw new Error(`${what} answered ${status}`);
  });
  process.stdout.write(`| ${what} | p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms |\n`);
}

/** Sixty posts under the station of leader-1, each with a leader. */
async function staff({ db }: BenchBureau): Promise<void> {
  await db.$executeRaw`
    insert into unit (id, name, parent_id, path) select 'post-' || n, '第' || n || '警务室', 'station-1', (select path from unit where id = 'station-1') || 'post-' || n || '/'
      from generate_series(1, ${UNITS}::integer) n`;
  await db.$executeRaw`
    insert into person (id, username, name, unit_id) select 'p-' || n, 'p-' || n, '员' || n, 'post-' || (n % ${UNITS}::integer + 1) from generate_series(1, ${people}::integer) n`;
  await db.$executeRaw`
    insert into role_grant (person_id, role, unit_id) select 'p-' || n, 'unit-leader', 'post-' || (n % ${UNITS}::integer + 1) from generate_series(1, ${UNITS}::integer) n`;
  await db.$executeRaw`analyze`;
}

function join({ db }: BenchBureau, many: number): Promise<number> {
  return db.$executeRaw`insert into person (id, username, name, unit_id) select 'n-' || n, 'n-' || n, '新' || n, 'post-1' from generate_series(1, ${many}::integer) n`;
}

/** As its schedule would, for a quarter that is still to come. */
async function opened({ bureau: deps, client, db }: BenchBureau): Promise<CaseNumber> {
  const acceptance = acceptanceOf(processOf('heart-talk'), { data: { period: '2099-Q1' }, subject: null, unit: 'city', by: null });
  const at = instantOf(Date.now());
  const [round] = await accept(deps, [{ acceptance, key: '2099-Q1', bodyHash: 'round', at, engineUp: true }]);
  if (round === undefined) throw new Error('the round was not opened');
  await engineOf(client, false).start(await startInput(deps, round.number));
  for (;;) {
    const [{ n }] = await db.$queryRaw<[{ n: number }]>`
      select count(*)::integer as n from round_item i join "case" c on c.id = i.case_id where c.number = ${round.number} and c.stage = 'covering' and i.assignee is not null`;
    if (n >= people) return round.number;
    await sleep(20);
  }
}

async function completed({ ask, db }: BenchBureau, round: CaseNumber): Promise<void> {
  const items = await db.$queryRaw<{ id: string }[]>`
    select i.id::text from round_item i join "case" c on c.id = i.case_id where c.number = ${round} and i.assignee = 'leader-1' and i.state = 'open'`;
  const data = { metOn: '2026-11-25', content: '工作顺心。' };
  const next = items.values();
  await timed('completing an item', items.length, async () =>
    ask(`POST /api/v1/cases/${round}/items/${next.next().value?.id}/complete`, 'leader-1', { data }, { 'Idempotency-Key': randomUUID() }),
  );
}

async function followed({ client }: BenchBureau, what: string): Promise<void> {
  const began = performance.now();
  await client.workflow.execute('round', { workflowId: `bench-${randomUUID()}`, taskQueue: 'fivefold', args: ['heart-talk'] });
  row(what, performance.now() - began, 'ms');
}
