import { createHash, randomBytes } from 'node:crypto';

import { Document, Packer, Paragraph } from 'docx';
import { removeUnused } from '../../store/attachments.ts';
import { type TestApi, testApi } from '../../test/api.ts';
import { type Uploaded, upload } from '../../test/attachments.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi(); // the engine is away
});
afterAll(() => api.close());

const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const fetched = async (as: TestPerson, id: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> => {
  const response = await fetch(`${api.url}/api/v1/attachments/${id}`, { headers: { Authorization: `Bearer ${await api.tokenOf(as)}` } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
};
const send = (as: TestPerson, name: string, bytes: Uint8Array): Promise<Uploaded> => upload(api, { as, name, bytes });
const appealWith = (as: TestPerson, attachments: string[]) =>
  api.ask('POST /api/v1/cases', {
    as,
    body: { process: 'appeal', data: { channel: 'self-service', title: '食堂', content: '没有热饭', attachments } },
    headers: { Prefer: 'respond-async' },
  });

describe('a file that is uploaded', () => {
  test('comes back as it was, under its name, to be saved and not to be shown', async () => {
    const bytes = pdf('值班记录');
    const { status, body } = await send('li', '值班记录.pdf', bytes);
    expect(status).toBe(201);
    expect(body).toEqual({ id: body.id, name: '值班记录.pdf', type: 'application/pdf', size: bytes.length, sha256: sha256(bytes) });

    const { status: found, headers, bytes: back } = await fetched('li', body.id);
    expect(found).toBe(200);
    expect(back.equals(bytes)).toBe(true);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="????.pdf"; filename*=UTF-8''${encodeURIComponent('值班记录.pdf')}`,
    );
  });

  test('is nobody else’s before a case has it', async () => {
    const { body } = await send('li', 'a.pdf', pdf('a'));
    for (const other of ['wang', 'leader-1', 'auditor', 'admin'] as const) expect((await fetched(other, body.id)).status).toBe(404);
  });

  test('is told by its content, not by its name', async () => {
    const program = Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), randomBytes(200)]);
    const page = Buffer.from('<html><script>alert(1)</script></html>');
    const archive = Buffer.from('504b0304140000000800', 'hex');
    expect((await send('li', '照片.pdf', program)).body.type).toBe('/problems/file-type-refused');
    expect((await send('li', '文件.docx', archive)).status).toBe(415);
    expect((await send('li', '照片.png', Buffer.from([0, 1, 2, 3, 255, 254]))).status).toBe(415);
    const text = await send('li', '网页.html', page); // what is only text is served as text
    expect(text.body).toMatchObject({ name: '网页.html.txt', type: 'text/plain' });
    expect((await fetched('li', text.body.id)).headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  test('of Word is known by its content', async () => {
    const bytes = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('谈话笔录')] }] }));
    expect((await send('li', '笔录', bytes)).body).toMatchObject({ name: '笔录.docx', type: expect.stringMatching(/wordprocessingml/) });
  });

  test('loses the folders of its name, and signs that a file system would not take', async () => {
    expect((await send('li', '..\\..\\etc\\x:\u202eexe.pdf', pdf('b'))).body.name).toBe('xexe.pdf');
  });

  test('is refused when empty or too large, and leaves nothing behind', async () => {
    const before = await rows();
    expect((await send('li', 'x.pdf', Buffer.alloc(0))).status).toBe(400);
    const large = await send('li', 'x.pdf', Buffer.concat([pdf('x'), Buffer.alloc(50_000_000)]));
    expect(large.body.type).toBe('/problems/too-large');
    expect(await rows()).toEqual(before);
  });

  test('that breaks off leaves nothing behind', async () => {
    const before = await rows();
    const aborted = new AbortController();
    async function* endless() {
      yield Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n');
      for (let sent = 0; sent < 100; sent++) {
        yield Buffer.concat([pdf('x'), Buffer.alloc(600_000)]);
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (sent === 3) aborted.abort();
      }
    }
    const sent = fetch(`${api.url}/api/v1/attachments`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await api.tokenOf('li')}`, 'Content-Type': 'multipart/form-data; boundary=b' },
      body: endless(),
      signal: aborted.signal,
      duplex: 'half',
    } as unknown as RequestInit);
    await expect(sent).rejects.toThrow();
    for (let tries = 100; tries > 0 && JSON.stringify(await rows()) !== JSON.stringify(before); tries--)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await rows()).toEqual(before);
  });

  test.each([
    ['no file at all', 'multipart/form-data; boundary=b', '--b--\r\n', 400],
    ['an ordinary field', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n', 400],
    ['no boundary', 'multipart/form-data', 'x', 400],
    ['JSON', 'application/json', '{}', 415],
    [
      'a file without an end',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="f"; filename="x.pdf"\r\n\r\n%PDF-1.7 …',
      400,
    ],
  ])('is missing where the request holds %s', async (_what, type, body, status) => {
    const answer = await api.ask('POST /api/v1/attachments', { as: 'li', body, headers: { 'Content-Type': type } });
    expect(answer.status).toBe(status);
  });

  test('goes after a day if no case has used it', async () => {
    const { body } = await send('zhao', 'old.pdf', pdf('old'));
    const uploaded = Date.now();
    await removeUnused(api.database.db, new Date(uploaded + 86_000_000));
    expect((await fetched('zhao', body.id)).status).toBe(200);
    await removeUnused(api.database.db, new Date(uploaded + 86_500_000));
    expect((await fetched('zhao', body.id)).status).toBe(404);
    expect(await api.database.db.$queryRaw`select 1 from attachment_piece where attachment_id = ${body.id}`).toEqual([]);
  });

  const rows = () =>
    api.database.db
      .$queryRaw`select (select count(*)::integer from attachment) as files, (select count(*)::integer from attachment_piece) as pieces`;
});

describe('a file of a case', () => {
  test('belongs to it from the submission on, with an event that states name and hash', async () => {
    const bytes = pdf('belongs');
    const { body: file } = await send('li', '照片.pdf', bytes);
    const { status, body } = await appealWith('li', [file.id]);
    expect(status).toBe(202);
    const { body: events } = await api.ask(`GET /api/v1/cases/${body.number}/events`, { as: 'li' });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'attachment-added',
        actor: 'li',
        data: { attachment: file.id, name: '照片.pdf', type: 'application/pdf', size: bytes.length, sha256: sha256(bytes) },
      }),
    );
    expect((await fetched('leader-1', file.id)).status).toBe(200); // who sees the case sees its files
    expect((await fetched('wang', file.id)).status).toBe(404);
    expect((await fetched('auditor', file.id)).status).toBe(403);
  });

  test.each([
    ['of someone else', 'wang' as const, false],
    ['of another case', 'li' as const, true],
    ['that does not exist', null, false],
  ])('can not be one %s', async (_what, owner, isUsed) => {
    const id = owner === null ? '00000000-0000-4000-8000-000000000000' : (await send(owner, 'a.pdf', pdf(_what))).body.id;
    if (isUsed) expect((await appealWith('li', [id])).status).toBe(202);
    const { status, body } = await appealWith('li', [id]);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'data.attachments.0' }]);
  });

  test('goes to one case only, whoever comes first', async () => {
    const { body: file } = await send('li', 'race.pdf', pdf('race'));
    const answers = await Promise.all(Array.from({ length: 6 }, () => appealWith('li', [file.id])));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 422, 422, 422, 422, 422]);
  });

  test('shows who added it and who opened it when, each time, to whose data it is', async () => {
    const { body: file } = await send('li', 'looks.pdf', pdf('looks'));
    const { body } = await appealWith('li', [file.id]);
    for (let times = 0; times < 2; times++) await fetched('leader-1', file.id);
    await fetched('desk-1', file.id);
    const { body: list } = await api.ask(`GET /api/v1/cases/${body.number}/attachments`, { as: 'li' });
    expect(list.items).toMatchObject([{ id: file.id, name: 'looks.pdf', addedBy: 'li', task: null, withheld: false }]);
    expect(list.items[0].looks.map(({ person }: { person: string }) => person)).toEqual(['leader-1', 'leader-1', 'desk-1']);

    const { body: seenByLeader } = await api.ask(`GET /api/v1/cases/${body.number}/attachments`, { as: 'leader-1' });
    expect(seenByLeader.items[0].looks).toBeUndefined();
    const { body: seenByAuditor } = await api.ask(`GET /api/v1/cases/${body.number}/attachments`, { as: 'auditor' });
    expect(seenByAuditor.items).toMatchObject([{ id: file.id, sha256: file.sha256, addedBy: null }]);
    expect(seenByAuditor.items[0].name).toBeUndefined();
  });

  test('is left out of what a party is shown once whoever handles the case says so, with a reason', async () => {
    const { body: file } = await send('li', 'kept.pdf', pdf('kept'));
    const { body } = await appealWith('li', [file.id]);
    const withhold = (as: TestPerson, withheld: boolean) =>
      api.ask(`POST /api/v1/cases/${body.number}/withhold`, { as, body: { attachment: file.id, withheld, reason: '涉及证人' } });
    expect((await withhold('li', true)).status).toBe(403);
    expect((await withhold('desk-1', true)).status).toBe(200);
    expect((await withhold('desk-1', true)).body.type).toBe('/problems/not-now');
    expect((await fetched('li', file.id)).status).toBe(404);
    expect((await api.ask(`GET /api/v1/cases/${body.number}/attachments`, { as: 'li' })).body.items).toEqual([]);
    expect((await fetched('leader-1', file.id)).status).toBe(200);
    const { body: events } = await api.ask(`GET /api/v1/cases/${body.number}/events`, { as: 'desk-1' });
    expect(events.at(-1)).toMatchObject({ type: 'attachment-withheld', actor: 'desk-1', data: { reason: '涉及证人' } });
    const { body: told } = await api.ask(`GET /api/v1/cases/${body.number}/events`, { as: 'li' });
    expect(told.filter(({ type }: { type: string }) => type.startsWith('attachment-'))).toMatchObject([
      { type: 'attachment-added' },
      { type: 'attachment-withheld' },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/kept\.pdf|涉及证人/);
    expect((await withhold('desk-1', false)).status).toBe(200);
    expect((await fetched('li', file.id)).status).toBe(200);
  });

  test('is neither replaced nor removed, whatever the database is told', async () => {
    const { body: file } = await send('li', 'fixed.pdf', pdf('fixed'));
    await appealWith('li', [file.id]);
    const { db } = api.database;
    for (const statement of [
      `delete from attachment where id = '${file.id}'`,
      `delete from attachment_piece where attachment_id = '${file.id}'`,
      `update attachment set size = 1 where id = '${file.id}'`,
      `update attachment set case_id = null, bound_at = null where id = '${file.id}'`,
      `update attachment_piece set sealed = '\\x00' where attachment_id = '${file.id}'`,
      `insert into attachment_piece values ('${file.id}', 7, '\\x00')`,
      'truncate attachment, attachment_piece',
    ])
      await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/refused/);
  });

  test('that was altered past the database is found by verify', async () => {
    const { body: file } = await send('li', 'altered.pdf', Buffer.concat([pdf('altered'), Buffer.alloc(1_200_000, 7)]));
    const { body } = await appealWith('li', [file.id]);
    const verify = async () => (await api.ask(`GET /api/v1/cases/${body.number}/verify`, { as: 'auditor' })).body;
    expect(await verify()).toMatchObject({ ok: true });
    const { db } = api.database;
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`delete from attachment_piece where attachment_id = ${file.id} and nth = 2`,
    ]);
    expect(await verify()).toMatchObject({ ok: false, broken: { kind: 'file' } });
  });
});

test('many read a large file at once', async () => {
  const bytes = Buffer.concat([pdf('large'), randomBytes(20_000_000)]);
  const { body: file } = await send('li', 'large.pdf', bytes);
  expect(file.sha256).toBe(sha256(bytes));
  const read = await Promise.all(Array.from({ length: 8 }, () => fetched('li', file.id)));
  expect(read.map((each) => sha256(each.bytes))).toEqual(Array(8).fill(file.sha256));
});

test('neither contents nor names stand in the database or the log in the clear', async () => {
  const marker = `机密${randomBytes(12).toString('hex')}`;
  await send('li', `${marker}.txt`, Buffer.from(`${marker}\n`.repeat(1000)));
  expect(api.logged()).not.toContain(marker);
  const [{ found }] = await api.database.db.$queryRaw<[{ found: boolean }]>`
    select exists (select 1 from attachment a where position(convert_to(${marker}, 'UTF8') in a.label) > 0)
        or exists (select 1 from attachment_piece p where position(convert_to(${marker}, 'UTF8') in p.sealed) > 0) as found`;
  expect(found).toBe(false);
});
