import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const issue = async (process: string, data: object, as: TestPerson): Promise<string> => {
  const { body } = await api.ask('POST /api/v1/cases', {
    as,
    body: { process, data, unit: 'station-1' },
    headers: { Prefer: 'respond-async' },
  });
  return body.number;
};
const urge = (number: string, as: TestPerson) => api.ask(`POST /api/v1/cases/${number}/urge`, { as, body: { text: '请抓紧' } });
const urged = async (as: TestPerson, number: string) =>
  (await api.ask('GET /api/v1/notifications?limit=200', { as })).body.items.filter(
    (each: { case: string; kind: string }) => each.case === number && each.kind === 'urged',
  );
const directive = { source: 'meeting', title: '防汛', order: '排查', tier: '7' };

test.each([
  ['supervision', directive, 'supervisor-1'],
  ['rectification', { cause: 'management', order: '整改' }, 'supervisor-1'],
] as const)('a %s is urged on like an appeal, and says so on its task', async (process, data, as) => {
  const number = await issue(process, data, as);
  expect((await urge(number, as)).status).toBe(200);
  expect(await urged('leader-1', number)).toHaveLength(1);
  const task = await api.ask(`GET /api/v1/tasks/${number}.1`, { as: 'leader-1' });
  expect(task.body.notes).toMatchObject([{ kind: 'urged', by: as, text: '请抓紧' }]);
});

test('urging reaches whoever stands in for the one who has the task, within the processes of the substitution', async () => {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const substitute = { to: 'zhao', from: new Date().toISOString(), until, processes: ['supervision'], reason: '休假' };
  expect((await api.ask('PUT /api/v1/me/substitute', { as: 'leader-1', body: substitute })).status).toBe(200);
  const covered = await issue('supervision', directive, 'supervisor-1');
  const other = await issue('rectification', { cause: 'management', order: '整改' }, 'supervisor-1');
  await urge(covered, 'supervisor-1');
  await urge(other, 'supervisor-1');
  expect(await urged('zhao', covered)).toHaveLength(1);
  expect(await urged('zhao', other)).toEqual([]);
  expect(await urged('leader-1', other)).toHaveLength(1);
});
