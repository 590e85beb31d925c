import { type TestApi, testApi } from '../../test/api.ts';
import { until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeEach(async () => {
  api = await testApi();
});
afterEach(() => api.close());

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
const now = () => new Date().toISOString();
const directive = { source: 'meeting', title: '防汛', order: '排查', tier: '7' };

/** A directive to station-1, which its leader has to sign for. */
const issue = async (): Promise<string> => {
  const body = { process: 'supervision', data: directive, unit: 'station-1' };
  return (await api.ask('POST /api/v1/cases', { as: 'supervisor-1', body, headers: { Prefer: 'respond-async' } })).body.number;
};
const inbox = async (as: TestPerson): Promise<string[]> =>
  (await api.ask('GET /api/v1/tasks?mine=true&limit=200', { as })).body.items.map((task: { case: string }) => task.case);
const claim = (number: string, as: TestPerson) => api.ask(`POST /api/v1/tasks/${number}.1/claim`, { as });
const substitute = (as: TestPerson, to: TestPerson, more: object = {}) =>
  api.ask('PUT /api/v1/me/substitute', { as, body: { to, from: now(), until: tomorrow(), reason: '休假', ...more } });
const act = (person: TestPerson, as: TestPerson, more: object = {}) =>
  api.ask('POST /api/v1/units/station-1/acting', { as, body: { person, role: 'unit-leader', until: tomorrow(), reason: '住院', ...more } });

test('a substitute does what was open before and what opens after, and the record says for whom', async () => {
  const before = await issue();
  expect((await substitute('leader-1', 'wang')).status).toBe(200);
  const after = await issue();
  expect((await inbox('wang')).sort()).toEqual([before, after].sort());
  expect((await claim(after, 'wang')).status).toBe(200);
  const [last] = (await api.ask(`GET /api/v1/cases/${after}/events`, { as: 'supervisor-1' })).body.slice(-1);
  expect(last).toMatchObject({
    type: 'claimed',
    actor: 'wang',
    actorFor: 'leader-1',
    summary: { zh: '姓名-wang（代姓名-leader-1）认领了“签收”。' },
  });
});

test('a substitution for some processes covers no others, and ends when it is over', async () => {
  const number = await issue();
  await substitute('leader-1', 'wang', { processes: ['appeal'] });
  expect(await inbox('wang')).toEqual([]);
  await substitute('leader-1', 'wang', { processes: ['supervision'] });
  expect(await inbox('wang')).toEqual([number]);
  await api.ask('PUT /api/v1/me/substitute', { as: 'leader-1', body: { to: null } });
  expect(await inbox('wang')).toEqual([]);
  expect((await claim(number, 'wang')).status).toBe(404);
});

test('a substitute who stands down does nothing in the case, nor does one get past confidentiality', async () => {
  const [recused, secret] = [await issue(), await issue()];
  await substitute('leader-1', 'wang');
  await api.ask(`POST /api/v1/cases/${recused}/recuse`, { as: 'wang', body: { person: 'wang', reason: '亲属' } });
  await api.database.db.$executeRaw`update "case" set confidentiality = 'confidential' where number = ${secret}`;
  expect(await inbox('wang')).toEqual([]);
  expect((await claim(recused, 'wang')).body.type).toBe('/problems/recused');
  expect((await claim(secret, 'wang')).status).toBe(404);
});

test('an acting leader has what is open and what comes, as long as it lasts', async () => {
  const before = await issue();
  const { status, body } = await act('zhao', 'leader-1');
  expect({ status, items: body.items }).toMatchObject({ status: 200, items: [{ person: 'zhao', role: 'unit-leader', reason: '住院' }] });
  const after = await issue();
  expect((await inbox('zhao')).sort()).toEqual([before, after].sort());
  expect((await claim(after, 'zhao')).body.tasks[0]).toMatchObject({ assignee: 'zhao' });
  await api.database.db.$executeRaw`update role_grant set ends_at = now() where person_id = 'zhao'`;
  await until(async () => !(await inbox('zhao')).includes(before), 'the role did not end'); // remembered for two seconds
  expect((await api.ask('GET /api/v1/units/station-1/acting', { as: 'li' })).body.items).toEqual([]);
  expect((await claim(before, 'zhao')).status).not.toBe(200);
});

test('what someone holds only as acting leader goes to no substitute of theirs, and they name no one further', async () => {
  const number = await issue();
  await act('zhao', 'admin');
  await substitute('zhao', 'wang');
  expect(await inbox('zhao')).toEqual([number]);
  expect(await inbox('wang')).toEqual([]);
  const [task] = (await api.ask(`GET /api/v1/cases/${number}`, { as: 'supervisor-1' })).body.tasks;
  expect(task.candidates).toEqual(['leader-1', 'zhao']);
  expect((await act('li', 'zhao')).status).toBe(403);
  await api.ask(`POST /api/v1/cases/${number}/urge`, { as: 'supervisor-1', body: { text: '请抓紧' } });
  expect((await api.ask('GET /api/v1/notifications', { as: 'wang' })).body.items).toEqual([]);
});

test.each([
  ['a colleague', () => act('zhao', 'li'), 403],
  ['the deputy', () => act('zhao', 'deputy-1'), 403],
  ['the leader of another unit', () => act('zhao', 'leader-2'), 403],
  ['the leader above', () => act('zhao', 'supervising-1'), 200],
  ['an administrator', () => act('zhao', 'admin'), 200],
  ['someone for themselves', () => act('admin', 'admin'), 403],
  ['for a person that there is not', () => act('nobody' as TestPerson, 'admin'), 422],
  ['for a period that is over', () => act('zhao', 'admin', { until: '2026-01-01T00:00:00Z' }), 422],
] as const)('an acting leader is named by those entitled: %s', async (_who, ask, status) => {
  expect((await ask()).status).toBe(status);
});
