/*
 * Figures over cases that people have done all sorts of things with: a number and the list behind it never differ, whoever asks, and the kept counters are those of a recount.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import exceljs from 'exceljs';
import { FiguresView } from '../../api/figures/shape.ts';
import type { CaseNumber } from '../../domain/ids.ts';
import { recountFigures } from '../../store/figures/recount.ts';
import { settleFigures } from '../../store/figures/settle.ts';
import { apiOf, type TestClient } from '../api.ts';
import { type TestBureau, testBureau } from '../bureau.ts';
import { tryOne } from '../invariants/play.ts';
import { everybody, type TestPerson } from '../people.ts';
import { figuresMiscounted } from '../random-case/invariants.ts';
import { randomFrom } from './form-from-schema.ts';

const figures = ['overview', 'timeliness', 'appeals', 'supervision', 'bars', 'workload', 'ageing', 'trend'] as const;
const ACTIONS = 250;

let bureau: TestBureau;
let api: Awaited<ReturnType<typeof apiOf>>;
beforeAll(async () => {
  bureau = await testBureau();
  api = await apiOf(bureau);
  await liveThrough(api);
}, 240_000);
afterAll(async () => {
  await api?.close();
  await bureau?.close();
});

/** Some appeals and directives from end to end, and then whatever people think of. */
async function liveThrough(client: TestClient): Promise<void> {
  for (let nth = 0; nth < 6; nth += 1) await bureau.start('supervision', 'supervisor-1', directive, { unit: 'station-2', subject: null });
  await bureau.start('hardship-file', 'li', { kinds: ['illness'], circumstances: '住院。' });
  const references = {
    person: everybody,
    unit: ['station-1', 'station-2', 'branch'],
    rule: ['leave-7'],
    case: ['SQ-2026-000001'],
    attachment: [],
  };
  const table = { bureau, api: client, random: randomFrom(20_261_126), cases: [], taken: new Set<CaseNumber>(), references };
  for (let action = 0; action < ACTIONS; action += 1) {
    if (action === ACTIONS / 2) await settleFigures(bureau.bureau.db);
    if (action % 50 === 0) await bureau.skip({ days: 2 });
    await tryOne(table);
  }
}
const directive = { source: 'leader', title: '值班室改造', order: '完成改造。', tier: '3' };

const figure = async (as: TestPerson, name: string, query = '') => {
  const { status, body } = await api.ask(`GET /api/v1/figures/${name}${query}`, { as });
  return status === 200 ? FiguresView.parse(body) : { status };
};

interface Told {
  readonly what: string;
  readonly value: number;
  readonly link: string;
}

/** All numbers of a figure that count something of which there is a list. */
const numbersOf = (view: FiguresView): Told[] =>
  view.groups.flatMap(({ by, columns, rows }) =>
    rows.flatMap(({ key, numbers }) =>
      columns.flatMap((column) => {
        const { value, link } = numbers[column.key] ?? { value: null, link: null };
        const isCount = column.of === 'cases' || column.of === 'tasks';
        return isCount && value !== null && link !== null ? [{ what: `${view.figure} by ${by} ${key}: ${column.key}`, value, link }] : [];
      }),
    ),
  );

async function listed(as: TestPerson, link: string): Promise<number> {
  const { status, body } = await api.ask(`GET ${link}&limit=200`, { as });
  expect([link, status]).toEqual([link, 200]);
  return body.items.length;
}

test('the kept counters are those of a recount', async () => {
  expect(await figuresMiscounted(bureau.bureau.db)).toEqual([]);
  const counted = await bureau.bureau.db.$queryRaw<{ measure: string }[]>`select distinct measure from figure_count order by 1`;
  expect(counted.map(({ measure }) => measure)).toEqual(
    expect.arrayContaining(['closed-month', 'done-in-time', 'done-late', 'due', 'label', 'open', 'opened-week']),
  );
});

describe.each(['chief', 'auditor', 'leader-2', 'supervisor-2'] as const)('for %s', (as) => {
  test.each(figures)('every number of %s is the length of the list behind it', async (name) => {
    const view = FiguresView.parse(await figure(as, name));
    for (const { what, value, link } of numbersOf(view)) expect([what, await listed(as, link)]).toEqual([what, Math.min(value, 200)]);
  });
});

test('there is something to count', async () => {
  const counted = await Promise.all(figures.map(async (name) => numbersOf(FiguresView.parse(await figure('auditor', name)))));
  expect(counted.flat().filter(({ value }) => value > 0).length).toBeGreaterThan(40);
});

test('summing the moves up changes no number', async () => {
  const before = await Promise.all(figures.map((name) => figure('auditor', name)));
  expect(await settleFigures(bureau.bureau.db)).toBeGreaterThan(0);
  expect(await settleFigures(bureau.bureau.db)).toBe(0);
  const timeless = (views: readonly object[]) => views.map((view) => ({ ...view, at: null }));
  expect(timeless(await Promise.all(figures.map((name) => figure('auditor', name))))).toEqual(timeless(before));
  expect(await figuresMiscounted(bureau.bureau.db)).toEqual([]);
});

test('counters that something else has moved are set right by a recount, and right ones are left alone', async () => {
  const { db } = bureau.bureau;
  expect(await recountFigures(db)).toBe(0);
  await db.$executeRaw`insert into figure_move values ('open', 'appeal', 'station-1', 'internal', 'infinity', '0', 0, 7)`;
  await db.$executeRaw`update figure_count set n = n + 1 where measure = 'opened-month'`;
  expect(await recountFigures(db)).toBeGreaterThan(1);
  expect(await figuresMiscounted(db)).toEqual([]);
});

test('a leader is answered for the own unit, and for no other; who neither leads nor oversees for none', async () => {
  expect(await figure('leader-1', 'overview')).toMatchObject({ unit: 'station-1' });
  expect(await figure('leader-1', 'overview', '?unit=station-2')).toEqual({ status: 403 });
  expect(await figure('leader-1', 'overview', '?unit=branch')).toEqual({ status: 403 });
  for (const name of figures) expect([name, await figure('li', name)]).toEqual([name, { status: 403 }]);
  expect(await figure('chief', 'overview', '?unit=nowhere')).toEqual({ status: 404 });
});

test('a leader does not learn how many confidential cases there are; the desk that oversees them does', async () => {
  const [{ confidential }] = await bureau.bureau.db.$queryRaw<[{ confidential: number }]>`
    select count(*)::integer as confidential from "case" where state = 'open' and process = 'hardship-file' and confidentiality = 'confidential'`;
  expect(confidential).toBeGreaterThan(0);
  const open = async (as: TestPerson) => {
    const view = FiguresView.parse(await figure(as, 'overview', '?process=hardship-file'));
    return view.groups[0]?.rows[0]?.numbers.open?.value;
  };
  expect(await open('chief')).toBe(0);
  expect(await open('welfare-1')).toBe(confidential);
});

test('a sealed case is counted only among five of them', async () => {
  const { db } = bureau.bureau;
  const sealed = async () => {
    const view = FiguresView.parse(await figure('auditor', 'overview', '?process=mental-health'));
    return view.groups[0]?.rows[0]?.numbers.open?.value;
  };
  const [{ open }] = await db.$queryRaw<[{ open: number }]>`
    select coalesce(sum(n), 0)::integer as open from figure_count where process = 'mental-health' and measure = 'open' and confidentiality = 'sealed'`;
  expect(await sealed()).toBe(open < 5 ? 0 : open);
  const add = (n: number) =>
    db.$executeRaw`insert into figure_move values ('open', 'mental-health', 'station-1', 'sealed', 'infinity', '0', 0, ${n})`;
  await add(4 - open);
  expect(await sealed()).toBe(0);
  await add(1);
  expect(await sealed()).toBe(5);
  await add(open - 5);
});

test('is exported as a workbook with a sheet for each table, and as CSV', async () => {
  const token = await api.tokenOf('chief');
  const get = (format: string) =>
    fetch(`${api.url}/api/v1/figures/overview?format=${format}`, { headers: { Authorization: `Bearer ${token}` } });
  const book = new exceljs.Workbook();
  await book.xlsx.load(await (await get('xlsx')).arrayBuffer());
  expect(book.worksheets.map(({ name }) => name)).toEqual(['合计', '按业务', '按单位（含下级）', '按升级层级']);
  const csv = await (await get('csv')).text();
  expect(csv).toContain('超期 Overdue');
  expect(csv).toContain('西山派出所');
});

test('refuses what it does not know', async () => {
  for (const query of ['?process=nothing', '?from=yesterday', '?format=pdf', '?colour=red'])
    expect([query, await figure('chief', 'trend', query)]).toEqual([query, { status: 400 }]);
});
