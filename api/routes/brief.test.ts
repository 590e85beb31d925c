import { afterAll, beforeAll, expect, test } from '@jest/globals';
import exceljs from 'exceljs';
import { tellMorning } from '../../activities/brief.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { type TestApi, testApi } from '../../test/api.ts';
import { testRing } from '../../test/key-ring.ts';
import type { TestPerson } from '../../test/people.ts';
import { insertTasks } from '../../test/tasks.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  const bureau = await openBureau(api.database.db, testRing, { demo: true });
  await insertTasks(bureau, [
    { number: 'SQ-2026-000001', unit: 'station-1', dueAt: '2026-03-03T10:00+08:00', level: 2 },
    { number: 'SQ-2026-000002', unit: 'station-1', dueAt: '2026-03-03T11:00+08:00' },
    { number: 'SQ-2026-000003', unit: 'station-2', dueAt: '2026-03-05T00:00+08:00' },
    { number: 'CS-2026-000001', unit: 'station-1', dueAt: '2026-03-04T12:00+08:00', process: 'measure', confidentiality: 'sealed' },
  ]);
  await tellMorning(bureau, new Date('2026-03-04T08:00+08:00'), () => undefined);
  await api.database.db.$executeRaw`update task set due_at = '2026-03-20T12:00+08:00' where id = 'SQ-2026-000003.1'`;
});
afterAll(() => api?.close());

const get = async (as: TestPerson, query = '') => api.ask(`GET /api/v1/brief${query}`, { as });
const numbers = (body: { items: { case: string }[] }) => body.items.map((item) => item.case);

test('the brief of a past morning is what it said then: the longest overdue first, with figures by unit and level', async () => {
  const { status, body } = await get('supervisor-1', '?on=2026-03-04');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    on: '2026-03-04',
    at: '2026-03-04T00:00:00.000Z',
    unit: null,
    total: { overdue: 2, today: 1, week: 0 },
    nextCursor: null,
  });
  expect(numbers(body)).toEqual(['SQ-2026-000001', 'SQ-2026-000002', 'SQ-2026-000003']);
  expect(body.counts).toEqual([
    expect.objectContaining({ unit: 'station-1', unitName: '东湖派出所', escalationLevel: 2, overdue: 1, today: 0, week: 0 }),
    expect.objectContaining({ unit: 'station-1', escalationLevel: 0, overdue: 1, today: 0, week: 0 }),
    expect.objectContaining({ unit: 'station-2', escalationLevel: 0, overdue: 0, today: 1, week: 0 }),
  ]);
  expect(body.items[0]).toMatchObject({
    span: 'overdue',
    task: 'SQ-2026-000001.1',
    title: { zh: expect.any(String), en: expect.any(String) },
    assignee: 'handler-1',
    dueAt: '2026-03-03T02:00:00.000Z',
    link: '/api/v1/tasks/SQ-2026-000001.1',
  });
});

test('without a day it is how things stand now', async () => {
  const { body } = await get('supervisor-1');
  expect(numbers(body)).toEqual(['SQ-2026-000001', 'SQ-2026-000002', 'SQ-2026-000003']);
  expect(body.total).toEqual({ overdue: 3, today: 0, week: 0 });
});

test('it is read page by page, with the figures on the first', async () => {
  const first = (await get('supervisor-1', '?on=2026-03-04&limit=2')).body;
  expect(numbers(first)).toEqual(['SQ-2026-000001', 'SQ-2026-000002']);
  const second = (await get('supervisor-1', `?on=2026-03-04&limit=2&cursor=${first.nextCursor}`)).body;
  expect(numbers(second)).toEqual(['SQ-2026-000003']);
  expect(second).not.toHaveProperty('counts');
});

test('a leader reads the own units and no other', async () => {
  expect(numbers((await get('leader-1', '?on=2026-03-04')).body)).toEqual(['SQ-2026-000001', 'SQ-2026-000002']);
  expect(numbers((await get('branch-leader', '?on=2026-03-04&unit=station-2')).body)).toEqual(['SQ-2026-000003']);
  expect((await get('leader-1', '?unit=station-2')).status).toBe(403);
  expect((await get('leader-1', '?unit=branch')).status).toBe(403);
  expect((await get('li')).status).toBe(403);
  expect((await get('admin')).status).toBe(403);
});

test('a sealed case is neither listed nor counted for whoever may not know of it, not even the leader of its unit', async () => {
  for (const reader of ['chief', 'supervisor-1', 'leader-1'] as const) {
    const { body } = await get(reader, '?on=2026-03-04');
    expect(numbers(body)).not.toContain('CS-2026-000001');
    expect(body.total.today).toBe(reader === 'leader-1' ? 0 : 1);
  }
});

test.each(['?on=2026-03-03', '?unit=nowhere'])('%s names nothing', async (query) => {
  expect((await get('supervisor-1', query)).status).toBe(404);
});

test.each(['?on=yesterday', '?format=pdf', '?cursor=x'])('%s is not understood', async (query) => {
  expect((await get('supervisor-1', query)).status).toBe(400);
});

const file = async (query: string) =>
  fetch(`${api.url}/api/v1/brief${query}`, { headers: { authorization: `Bearer ${await api.tokenOf('supervisor-1')}` } });

test('the spreadsheet has Chinese headings first and times by the bureau’s clock', async () => {
  const answer = await file('?on=2026-03-04&format=xlsx');
  expect(answer.headers.get('content-disposition')).toContain('brief-2026-03-04.xlsx');
  const book = new exceljs.Workbook();
  await book.xlsx.load((await answer.arrayBuffer()) as never);
  const [list, counts] = book.worksheets.map((sheet) =>
    sheet
      .getSheetValues()
      .slice(1)
      .map((row) => (row as unknown[]).slice(1)),
  );
  expect(list?.[0]).toEqual([
    '类别 When',
    '件号 Case',
    '业务 Process',
    '任务 Task',
    '单位 Unit',
    '承办人 Assignee',
    '到期时间 Due',
    '升级层级 Level',
  ]);
  expect(list?.[1]).toEqual([
    '逾期 Overdue',
    'SQ-2026-000001',
    expect.any(String),
    expect.any(String),
    '东湖派出所',
    '姓名-handler-1',
    '2026-03-03 10:00',
    2,
  ]);
  expect(counts?.at(-1)).toEqual(['西山派出所', 0, 0, 1, 0]);
});

test('as CSV it opens in a spreadsheet as it is, and no cell becomes a formula', async () => {
  await api.database.db.$executeRaw`update person set name = '=HYPERLINK("x")' where id = 'handler-1'`;
  const text = Buffer.from(await (await file('?on=2026-03-04&format=csv')).arrayBuffer()).toString();
  expect(text).toMatch(/^\uFEFF类别 When,件号 Case,/);
  expect(text).toContain(`,"'=HYPERLINK(""x"")",2026-03-03 10:00,2\r\n`);
});
