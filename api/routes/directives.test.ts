import exceljs from 'exceljs';
import { type TestApi, testApi } from '../../test/api.ts';
import { until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const head = ['事项', '要求', '责任单位', '协办单位', '层级', '来源', '联系人'];

const workbook = async (...rows: unknown[][]): Promise<Buffer> => {
  const book = new exceljs.Workbook();
  book.addWorksheet('督办').addRows([head, ...rows]);
  return Buffer.from(await book.xlsx.writeBuffer());
};
const upload = async (bytes: Buffer, { as = 'supervisor-1', query = '' }: { as?: TestPerson; query?: string } = {}) => {
  const response = await fetch(`${api.url}/api/v1/directives/import${query}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await api.tokenOf(as)}`, 'Content-Type': xlsx },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
};
const cases = async () => (await api.ask('GET /api/v1/cases?process=supervision&limit=200', { as: 'supervisor-1' })).body.items;

test('a list of directives becomes a preview of one case for each row, and opens nothing before it is run', async () => {
  const list = await workbook(
    ['防汛', '排查隐患', '东湖派出所', '西山派出所', 7, '会议决定', '李四'],
    ['清仓', '盘点', 'station-2', null, 3, '领导批示', null],
  );
  const { status, body } = await upload(list);
  expect(status).toBe(201);
  expect(body).toMatchObject({ dryRun: false, rows: 2, faulty: [], bulk: { kind: 'issue', state: 'previewed', counts: { pending: 2 } } });
  expect(await cases()).toEqual([]);
  await api.ask(`POST /api/v1/bulk/${body.bulk.id}/run`, { as: 'supervisor-1' });
  const progress = async () => (await api.ask(`GET /api/v1/bulk/${body.bulk.id}/cases`, { as: 'supervisor-1' })).body;
  await until(async () => (await progress()).totals.cases === 2, 'the list was not issued');
  expect((await progress()).items).toMatchObject([
    { unit: 'station-1', title: '防汛' },
    { unit: 'station-2', title: '清仓' },
  ]);
});

test('one faulty row keeps the whole list from being issued, unless it is to be left out', async () => {
  const list = await workbook(
    ['防汛', '排查', '南岗派出所', null, 4, '会议决定', null],
    ['长'.repeat(121), '盘点', 'station-2', null, 3, '领导批示', null],
    ['清仓', '盘点', 'station-2', null, 3, '领导批示', null],
  );
  const refused = await upload(list);
  expect(refused.status).toBe(422);
  expect(refused.body.errors).toMatchObject([
    { path: 'directives.2.unit', row: 2, column: 'unit' },
    { path: 'directives.2.tier' },
    { path: 'directives.3.title', row: 3 },
  ]);
  expect(await upload(list, { query: '?skipFaulty=true' })).toMatchObject({
    status: 201,
    body: { rows: 1, bulk: { counts: { pending: 1 } } },
  });
});

test('a dry run keeps nothing', async () => {
  const bulks = async () => (await api.ask('GET /api/v1/bulk', { as: 'supervisor-1' })).body.items.length;
  const before = await bulks();
  const list = await workbook(['防汛', '排查', 'station-1', null, 7, '会议决定', null]);
  expect(await upload(list, { query: '?dryRun=true' })).toMatchObject({ status: 200, body: { dryRun: true, rows: 1, bulk: null } });
  expect(await bulks()).toBe(before);
});

test('the same list can come as CSV', async () => {
  const csv = `${head.join(',')}\n防汛,排查,东湖派出所,,7,会议决定,\n`;
  const answer = await api.ask('POST /api/v1/directives/import', {
    as: 'supervisor-1',
    body: csv,
    headers: { 'Content-Type': 'text/csv' },
  });
  expect(answer).toMatchObject({ status: 201, body: { rows: 1 } });
});

test('what is no list is refused, what is too large is not read, and only those who may issue directives import any', async () => {
  expect(await upload(Buffer.from('PK not a workbook'))).toMatchObject({ status: 422, body: { errors: [{ path: 'directives' }] } });
  expect(await upload(await workbook())).toMatchObject({ status: 422, body: { errors: [{ path: 'directives' }] } });
  expect((await upload(Buffer.alloc(3_000_000))).status).toBe(413);
  const list = await workbook(['防汛', '排查', 'station-1', null, 7, '会议决定', null]);
  expect((await upload(list, { as: 'leader-1' })).status).toBe(403);
});

test('the template can be filled in and imported as it is', async () => {
  const response = await fetch(`${api.url}/api/v1/directives/template.xlsx`, {
    headers: { Authorization: `Bearer ${await api.tokenOf('supervisor-1')}` },
  });
  expect(response.headers.get('content-type')).toContain(xlsx);
  const { status, body } = await upload(Buffer.from(await response.arrayBuffer()), { query: '?dryRun=true' });
  expect({ status, rows: body.rows, faulty: body.faulty }).toEqual({ status: 200, rows: 1, faulty: [] });
});
