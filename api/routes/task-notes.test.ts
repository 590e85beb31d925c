import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const open = async (more: object = {}): Promise<string> => {
  const body = { process: 'appeal', data: { channel: 'self-service', title: '值班安排', content: '连续值班', ...more } };
  return (await api.ask('POST /api/v1/cases', { as: 'li', body, headers: { Prefer: 'respond-async' } })).body.number;
};
const notes = async (number: string, as: TestPerson) => (await api.ask(`GET /api/v1/tasks/${number}.1`, { as })).body.notes;

test('the reason of what was done to a task stays visible on it', async () => {
  const number = await open();
  await api.ask(`POST /api/v1/cases/${number}/urge`, { as: 'li', body: { text: '已经两周了' } });
  await api.ask(`POST /api/v1/tasks/${number}.1/reassign`, { as: 'supervisor-1', body: { to: 'desk-2', reason: '外出' } });
  expect(await notes(number, 'desk-2')).toMatchObject([
    { kind: 'urged', by: 'li', text: '已经两周了' },
    { kind: 'reassigned', by: 'supervisor-1', for: null, text: '外出', summary: { zh: '姓名-supervisor-1将“受理”转由姓名-desk-2办理。' } },
  ]);
});

test('a note does not tell who urged where the name is withheld, nor an auditor the words', async () => {
  const number = await open({ nameWithheld: true });
  await api.ask(`POST /api/v1/cases/${number}/urge`, { as: 'li', body: { text: '已经两周了' } });
  expect(await notes(number, 'desk-1')).toMatchObject([{ by: 'li', text: '已经两周了' }]);
  expect(await notes(number, 'leader-1')).toMatchObject([{ by: null, text: '已经两周了', summary: { zh: '当事人催办。' } }]);
  const [seen] = await notes(number, 'auditor');
  expect(seen).toMatchObject({ kind: 'urged', by: null });
  expect(seen.text).toBeUndefined();
});
