import { openBureau } from '../../store/open-bureau.ts';
import { type TestApi, testApi } from '../../test/api.ts';
import { testRing } from '../../test/key-ring.ts';
import type { TestPerson } from '../../test/people.ts';
import { remindReaders } from '../late-readers.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const open = async (): Promise<string> => {
  const body = { process: 'appeal', data: { channel: 'self-service', title: '值班安排', content: '连续值班' } };
  return (await api.ask('POST /api/v1/cases', { as: 'li', body, headers: { Prefer: 'respond-async' } })).body.number;
};
const copy = (number: string, body: object, as: TestPerson = 'desk-1') => api.ask(`POST /api/v1/cases/${number}/copy`, { as, body });
const readers = async (number: string, as: TestPerson = 'desk-1') => (await api.ask(`GET /api/v1/cases/${number}/readers`, { as })).body;
const look = (number: string, as: TestPerson) => api.ask(`GET /api/v1/cases/${number}`, { as });
const kinds = async (number: string, as: TestPerson) =>
  (await api.ask('GET /api/v1/notifications?limit=200', { as })).body.items
    .filter((each: { case: string }) => each.case === number)
    .map(({ kind }: { kind: string }) => kind);

test('a receipt tells who has read the case, when, and who has not', async () => {
  const number = await open();
  await look(number, 'chief'); // what someone saw before it was copied to them is no receipt
  expect((await copy(number, { people: ['wang', 'chief'], note: '请阅' })).status).toBe(200);
  expect(await readers(number)).toMatchObject({
    unread: 2,
    items: [
      { person: 'chief', readAt: null },
      { person: 'wang', by: 'desk-1', readAt: null },
    ],
  });
  await look(number, 'chief');
  const after = await readers(number);
  expect(after).toMatchObject({
    unread: 1,
    items: [
      { person: 'chief', readAt: expect.any(String), late: false },
      { person: 'wang', readAt: null },
    ],
  });
  await look(number, 'chief');
  expect(await readers(number)).toEqual(after);
  expect((await api.ask(`GET /api/v1/cases/${number}/readers`, { as: 'handler-1' })).status).toBe(404);
});

test('whoever gets the case again is to look again', async () => {
  const number = await open();
  await copy(number, { people: ['wang'] });
  await look(number, 'wang');
  await copy(number, { people: ['wang'], note: '有更新' });
  expect((await readers(number)).unread).toBe(1);
});

test('whoever has not read it by the date is reminded once, and nobody else', async () => {
  const number = await open();
  const readBy = new Date(Date.now() + 86_400_000);
  await copy(number, { people: ['wang', 'zhao', 'chief'], readBy: readBy.toISOString() });
  await look(number, 'zhao');
  await api.ask(`POST /api/v1/cases/${number}/recuse`, { as: 'chief', body: { person: 'chief', reason: '同学' } });
  const bureau = await openBureau(api.database.db, testRing, { demo: true });
  await remindReaders(bureau, new Date(readBy.getTime() - 1));
  expect(await kinds(number, 'wang')).toEqual(['copied']);
  for (let time = 0; time < 2; time += 1) await remindReaders(bureau, new Date(readBy.getTime() + time));
  expect((await kinds(number, 'wang')).sort()).toEqual(['copied', 'unread']);
  expect(await kinds(number, 'zhao')).toEqual(['copied']);
  expect(await kinds(number, 'chief')).not.toContain('unread');
});

test('a case is copied to no one who takes no part in it, and a confidential one to its overseers and leaders alone', async () => {
  const number = await open();
  const relative = await copy(number, { people: ['wang', 'handler-2'] });
  expect(relative).toMatchObject({ status: 422, body: { errors: [{ path: 'people.1' }] } });
  expect((await readers(number)).items).toEqual([]);
  await api.database.db.$executeRaw`update "case" set confidentiality = 'confidential' where number = ${number}`;
  expect(await copy(number, { people: ['wang'] })).toMatchObject({ status: 422, body: { errors: [{ path: 'people.0' }] } });
  expect((await copy(number, { people: ['chief'] })).status).toBe(200);
  await api.database.db.$executeRaw`update "case" set confidentiality = 'sealed' where number = ${number}`;
  const byHand = await api.ask(`POST /api/v1/cases/${number}/participants`, { as: 'desk-1', body: { person: 'wang', role: 'reader' } });
  expect(byHand.status).not.toBe(200);
  expect((await look(number, 'wang')).status).toBe(404);
});

test('a date to read by lies in the future', async () => {
  const number = await open();
  expect(await copy(number, { people: ['wang'], readBy: '2026-01-01T00:00:00Z' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'readBy' }] },
  });
});
