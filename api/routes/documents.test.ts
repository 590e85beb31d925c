import { type TestApi, testApi } from '../../test/api.ts';
import { docxText } from '../../test/docx-text.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi(); // the engine is away: documents are the record's matter
});
afterAll(() => api.close());

async function directive(): Promise<string> {
  const { body } = await api.ask('POST /api/v1/cases', {
    as: 'supervisor-1',
    body: {
      process: 'supervision',
      unit: 'station-1',
      data: { source: 'leader', title: '食堂夜餐', order: '三日内恢复供应。', tier: '3', supporting: ['station-2'] },
    },
    headers: { Prefer: 'respond-async' },
  });
  return body.number;
}

const issue = (number: string, as: TestPerson, body: object = { kind: 'directive' }, key?: string) =>
  api.ask(`POST /api/v1/cases/${number}/documents`, { as, body, headers: key === undefined ? {} : { 'Idempotency-Key': key } });
const list = async (number: string, as: TestPerson) => (await api.ask(`GET /api/v1/cases/${number}/documents`, { as })).body;
async function download(number: string, id: string, format: 'pdf' | 'docx', as: TestPerson = 'leader-1') {
  const response = await fetch(`${api.url}/api/v1/cases/${number}/documents/${id}?format=${format}`, {
    headers: { Authorization: `Bearer ${await api.tokenOf(as)}` },
  });
  return { status: response.status, type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) };
}
const running = (number: string): number => Number(/〔\d{4}〕(\d+)号$/.exec(number)?.[1]);

describe('a document', () => {
  test('is issued under a number, and is there as Word and as PDF', async () => {
    const number = await directive();
    expect(await list(number, 'supervisor-1')).toMatchObject({ items: [], kinds: [{ kind: 'directive' }] });
    const { status, headers, body } = await issue(number, 'supervisor-1');
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/cases/${number}/documents/${body.id}`);
    expect(body.number).toMatch(/^公督办〔20\d\d〕\d+号$/);

    const docx = await download(number, body.id, 'docx');
    const text = docxText(docx.bytes);
    for (const part of [`市公安局督办通知单`, body.number, '东湖派出所：', '西山派出所', '三日内恢复供应。', number, '（印章）'])
      expect(text).toContain(part);
    expect(text).toMatch(/二〇[〇一二三四五六七八九]{2}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日$/m);

    const pdf = await download(number, body.id, 'pdf');
    expect(pdf.type).toBe('application/pdf');
    expect(pdf.bytes.toString('latin1')).toMatch(/^%PDF-1\.\d.*FontFile/s);
  });

  test('is an attachment of the case, and the record has its whole text', async () => {
    const number = await directive();
    const { body } = await issue(number, 'supervisor-1');
    const { body: files } = await api.ask(`GET /api/v1/cases/${number}/attachments`, { as: 'supervisor-1' });
    expect(files.items.map(({ name }: { name: string }) => name).sort()).toEqual([
      `${body.number}督办通知单.docx`,
      `${body.number}督办通知单.pdf`,
    ]);
    const { body: events } = await api.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'document-issued',
        actor: 'supervisor-1',
        data: expect.objectContaining({ number: body.number, letter: expect.objectContaining({ addressee: '东湖派出所' }) }),
      }),
    );
    expect((await api.ask(`GET /api/v1/cases/${number}/verify`, { as: 'auditor' })).body.ok).toBe(true);
  });

  test('is issued once for each key', async () => {
    const number = await directive();
    const [first, again] = [
      await issue(number, 'supervisor-1', { kind: 'directive' }, 'once'),
      await issue(number, 'supervisor-1', { kind: 'directive' }, 'once'),
    ];
    expect(again.body).toEqual(first.body);
    expect((await list(number, 'supervisor-1')).items).toHaveLength(1);
  });

  test('has the next number, without a gap, however many are issued at once', async () => {
    const numbers = await Promise.all(Array.from({ length: 5 }, directive));
    const answers = await Promise.all(numbers.map((number) => issue(number, 'supervisor-1')));
    const issued = answers.map(({ body }) => running(body.number)).sort((a, b) => a - b);
    expect(issued).toEqual(issued.map((_, index) => (issued[0] ?? 0) + index));
  });

  test('is corrected by another one under a new number, once, and with a reason', async () => {
    const number = await directive();
    const { body: wrong } = await issue(number, 'supervisor-1');
    expect((await issue(number, 'supervisor-1', { kind: 'directive', replaces: wrong.id })).status).toBe(400);
    const correction = { kind: 'directive', replaces: wrong.id, reason: '单位名称有误' };
    const { body: right } = await issue(number, 'supervisor-1', correction);
    expect(running(right.number)).toBe(running(wrong.number) + 1);
    expect((await list(number, 'supervisor-1')).items).toMatchObject([
      { id: wrong.id, replacedBy: right.id },
      { id: right.id, replaces: wrong.id },
    ]);
    expect((await issue(number, 'supervisor-1', correction)).body.type).toBe('/problems/not-now');
    expect((await download(number, wrong.id, 'pdf')).status).toBe(200);
  });

  test('is never changed or removed, whatever the database is told', async () => {
    const number = await directive();
    const { body } = await issue(number, 'supervisor-1');
    for (const statement of [
      `update document set number = 'x' where id = '${body.id}'`,
      `update document set pdf = null where id = '${body.id}'`,
      `delete from document where id = '${body.id}'`,
      'truncate document',
    ])
      await expect(api.database.db.$executeRawUnsafe(statement)).rejects.toThrow(/refused/);
  });

  test('gets its files also where whoever issued it died before they were made', async () => {
    const number = await directive();
    const { body } = await issue(number, 'supervisor-1');
    const { db } = api.database;
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`update document set docx = null, pdf = null where id = ${body.id}`,
      db.$executeRaw`delete from case_step where cause = ${`file:${body.id}`}`,
    ]);
    const found = await Promise.all(Array.from({ length: 3 }, () => download(number, body.id, 'docx')));
    expect(found.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(found.map(({ bytes }) => bytes.toString('base64'))).size).toBe(1);
  });

  test('is for whoever sees the case, and issued by whoever acts in it', async () => {
    const number = await directive();
    expect((await issue(number, 'wang')).status).toBe(404);
    expect((await issue(number, 'auditor')).status).toBe(403);
    const { body } = await issue(number, 'supervisor-1');
    expect((await download(number, body.id, 'pdf', 'wang')).status).toBe(404);
    expect((await download(number, body.id, 'pdf', 'auditor')).status).toBe(403);
    const { body: files } = await api.ask(`GET /api/v1/cases/${number}/attachments`, { as: 'supervisor-1' });
    expect((await download(number, body.id, 'pdf')).status).toBe(200);
    const { body: after } = await api.ask(`GET /api/v1/cases/${number}/attachments`, { as: 'auditor' });
    const looks = (items: { looks: unknown[] }[]) => items.flatMap((each) => each.looks ?? []).length;
    expect(looks(after.items)).toBe(looks(files.items) + 1);
  });

  test.each([
    ['of another process', { kind: 'appeal-reply' }, 409],
    ['that proves no service', { kind: 'proof-of-service' }, 400],
    ['of an unknown kind', { kind: 'letter' }, 400],
    [
      'that was served on nobody',
      { kind: 'proof-of-service', service: { document: '00000000-0000-4000-8000-000000000000', to: 'nobody' } },
      422,
    ],
  ])('is none %s', async (_what, body, status) => {
    expect((await issue(await directive(), 'supervisor-1', body)).status).toBe(status);
  });

  test('that is still to be served has a proof of service to be signed', async () => {
    const number = await directive();
    const { body: served } = await issue(number, 'supervisor-1');
    const { body } = await issue(number, 'supervisor-1', { kind: 'proof-of-service', service: { document: served.id, to: 'leader-1' } });
    const text = docxText((await download(number, body.id, 'docx')).bytes);
    for (const part of ['送达回证', '姓名-leader-1', `督办通知单（${served.number}）`, '受送达人：＿']) expect(text).toContain(part);
  });
});
