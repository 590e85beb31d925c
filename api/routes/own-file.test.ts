import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-own-file-'));
let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await api?.close();
});

const open = async (as: TestPerson, title: string): Promise<string> => {
  const data = { channel: 'self-service', title, content: '<b>连续值班</b>', nameWithheld: true };
  const { body } = await api.ask('POST /api/v1/cases', { as, body: { process: 'appeal', data }, headers: { Prefer: 'respond-async' } });
  return body.number;
};
const fileOf = async (as: TestPerson) => (await api.ask('GET /api/v1/me/file', { as })).body;
const read = (as: TestPerson, number: string) => api.ask(`GET /api/v1/cases/${number}`, { as });

/** The files of an exported archive, unpacked by another program. */
async function exported(as: TestPerson): Promise<Record<string, string>> {
  const headers = { Authorization: `Bearer ${await api.tokenOf(as)}` };
  const response = await fetch(`${api.url}/api/v1/me/file/export`, { method: 'POST', headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const file = path.join(folder, 'own.zip');
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  const unpack =
    'import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))';
  return JSON.parse(execFileSync('python3', ['-c', unpack, file], { encoding: 'utf8' }));
}

test('the own file has the own cases, notices, limits and who looked, and nobody else’s', async () => {
  const [own, other] = [await open('li', '排班'), await open('zhao', '补休')];
  await read('desk-1', own);
  await api.ask(`POST /api/v1/cases/${own}/break-glass`, { as: 'chief', body: { reason: '紧急' } });
  await api.database.db.$executeRaw`
    insert into restriction select id, 'honours', 'li', 'leave-7', now() - interval '2 years', now() - interval '1 year' from "case" where number = ${other}`;
  const file = await fileOf('li');
  expect(file).toMatchObject({ person: { id: 'li', name: '姓名-li', unit: '东湖派出所' }, cases: [own], exports: [] });
  expect(file.looks).toMatchObject([{ case: own, person: 'desk-1', name: '姓名-desk-1', what: 'case' }]);
  expect(file.notices).toContainEqual(expect.objectContaining({ case: own, readAt: null }));
  // That there was a bar is theirs to know, the case of someone else is not.
  expect(file.restrictions).toMatchObject([{ kind: 'honours', case: null }]);
  expect(file).toMatchObject({ files: [], channels: { email: null, webhook: null } });
  expect((await fileOf('wang')).cases).toEqual([]);
});

test('someone who is reported learns nothing more from the own file than from the case', async () => {
  const number = await open('zhao', '举报');
  await api.database.db.$executeRaw`update "case" set confidentiality = 'sealed' where number = ${number}`;
  await api.database.db.$executeRaw`insert into participant select id, 'wang', 'reported', now() from "case" where number = ${number}`;
  expect((await read('wang', number)).status).toBe(404);
  expect(JSON.stringify(await fileOf('wang'))).not.toContain(number);
});

test('an export is one archive to read and to process, shows each case as the person sees it, and is recorded', async () => {
  const own = (await fileOf('li')).cases[0];
  const files = await exported('li');
  expect(Object.keys(files)).toEqual(['index.html', 'file.json', `cases/${own}.html`, `cases/${own}.json`]);
  const whole = JSON.parse(files[`cases/${own}.json`] ?? '');
  expect(whole.case).toEqual((await read('li', own)).body);
  expect(whole.events[0]).toMatchObject({ type: 'case-accepted', data: { title: '排班' } });
  expect(files[`cases/${own}.html`]).toContain('&lt;b&gt;连续值班&lt;/b&gt;');
  expect(files['index.html']).toContain(`<a href="cases/${own}.html">`);
  expect((await fileOf('li')).exports).toMatchObject([{ cases: 1 }]);
  await expect(api.database.db.$executeRaw`delete from own_export`).rejects.toThrow(/append-only/);
});
