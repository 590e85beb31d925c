import { type Answer, type Asking, type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const open = async (more: object = {}): Promise<string> => {
  const data = { channel: 'self-service', title: '值班安排', content: '连续值班', ...more };
  const { body } = await api.ask('POST /api/v1/cases', {
    as: 'li',
    body: { process: 'appeal', data },
    headers: { Prefer: 'respond-async' },
  });
  return body.number;
};
const command = (number: string, name: string, asking: Asking): Promise<Answer> => api.ask(`POST /api/v1/cases/${number}/${name}`, asking);
const events = async (number: string, as: TestPerson = 'li') => (await api.ask(`GET /api/v1/cases/${number}/events`, { as })).body;
const types = async (number: string) => (await events(number)).map(({ type }: { type: string }) => type);
const kinds = async (as: TestPerson, number: string) =>
  (await api.ask('GET /api/v1/notifications?limit=200', { as })).body.items
    .filter((each: { case: string }) => each.case === number)
    .map(({ kind }: { kind: string }) => kind);

test('a comment is one event, however often it is sent', async () => {
  const number = await open();
  const asking = { as: 'li', body: { text: '请尽快' }, headers: { 'Idempotency-Key': 'comment-1' } } as const;
  const answers = [await command(number, 'comment', asking), await command(number, 'comment', asking)];
  const other = await command(number, 'comment', { ...asking, body: { text: '别的' } });
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(other.body.type).toBe('/problems/idempotency-conflict');
  const last = (await events(number)).at(-1);
  expect(last).toMatchObject({
    type: 'commented',
    actor: 'li',
    data: { text: '请尽快' },
    summary: { zh: '姓名-li留言。', en: '姓名-li commented.' },
  });
  expect((await types(number)).filter((type: string) => type === 'commented')).toHaveLength(1);
});

test('a key that was used for one case is a conflict for another', async () => {
  const [one, two] = [await open(), await open()];
  const asking = { as: 'li', body: { text: '请尽快' }, headers: { 'Idempotency-Key': 'comment-2' } } as const;
  expect((await command(one, 'comment', asking)).status).toBe(200);
  expect((await command(two, 'comment', asking)).body.type).toBe('/problems/idempotency-conflict');
});

test('a comment on an accepted case does not hide it from the starter', async () => {
  const number = await open();
  await command(number, 'comment', { as: 'li', body: { text: '请尽快' } });
  expect((await api.ask(`GET /api/v1/cases/${number}`, { as: 'li' })).body.state).toBe('accepted');
});

test('urging tells whoever has the task, and is refused the second time on one day', async () => {
  const number = await open();
  expect((await command(number, 'urge', { as: 'li', body: { text: '已经两周了' } })).status).toBe(200);
  const again = await command(number, 'urge', { as: 'li', body: { text: '已经两周了' } });
  expect(again).toMatchObject({ status: 409, body: { type: '/problems/too-often' } });
  expect(await kinds('desk-1', number)).toContain('urged');
});

test('a copy lets its receiver read the case and tells who has read it', async () => {
  const number = await open();
  expect((await api.ask(`GET /api/v1/cases/${number}`, { as: 'wang' })).status).toBe(404);
  const { status } = await command(number, 'copy', { as: 'desk-1', body: { people: ['wang'], note: '请阅' } });
  expect(status).toBe(200);
  expect(await kinds('wang', number)).toEqual(['copied']);
  expect((await api.ask(`GET /api/v1/cases/${number}`, { as: 'wang' })).status).toBe(200);
  const looks = (await api.ask(`GET /api/v1/cases/${number}/looks`, { as: 'li' })).body.items;
  expect(looks.map(({ person }: { person: string }) => person)).toContain('wang');
});

test('someone with no part in a case copies it to nobody', async () => {
  const number = await open();
  await command(number, 'copy', { as: 'desk-1', body: { people: ['wang'] } });
  expect((await command(number, 'copy', { as: 'wang', body: { people: ['zhao'] } })).status).toBe(403);
  expect((await command(number, 'copy', { as: 'desk-1', body: { people: ['nobody'] } })).body.errors).toMatchObject([{ path: 'people.0' }]);
});

test('who stands down does nothing more in the case, and the attempt is recorded', async () => {
  const number = await open();
  expect((await command(number, 'recuse', { as: 'desk-1', body: { person: 'desk-1', reason: '同学' } })).status).toBe(200);
  const attempt = await api.ask(`POST /api/v1/tasks/${number}.1/claim`, { as: 'desk-1' });
  expect(attempt).toMatchObject({ status: 403, body: { type: '/problems/recused' } });
  const record = await events(number);
  expect(record.at(-1)).toMatchObject({ type: 'refused-attempt', actor: 'desk-1', data: { reason: 'recused' } });
  const view = await api.ask(`GET /api/v1/cases/${number}`, { as: 'supervisor-1' });
  expect(view.body.tasks[0].candidates).toEqual(['desk-2']);
});

test('a desk of which everybody stands down has its task taken over by the leader over it', async () => {
  const number = await open();
  for (const person of ['desk-1', 'desk-2'])
    expect((await command(number, 'recuse', { as: 'li', body: { person, reason: '…' } })).status).toBe(200);
  const view = await api.ask(`GET /api/v1/cases/${number}`, { as: 'supervisor-1' });
  expect(view.body.tasks).toMatchObject([{ role: 'unit-leader', unit: 'branch', candidates: ['branch-leader'] }]);
  expect(await kinds('branch-leader', number)).toContain('task-opened');
  expect((await api.ask(`POST /api/v1/tasks/${number}.1/claim`, { as: 'branch-leader' })).status).toBe(200);
  expect((await types(number)).filter((type: string) => type === 'task-given-back')).toHaveLength(1);
});

test('a task at a desk is claimed by one person and handed on by a leader', async () => {
  const number = await open();
  const path = `POST /api/v1/tasks/${number}.1`;
  expect((await api.ask(`${path}/claim`, { as: 'desk-1' })).body.tasks[0]).toMatchObject({ assignee: 'desk-1' });
  expect((await api.ask(`${path}/claim`, { as: 'desk-2' })).status).toBe(403);
  expect((await api.ask(`${path}/reassign`, { as: 'wang', body: { to: 'wang', reason: '…' } })).status).toBe(404);
  expect((await api.ask(`${path}/reassign`, { as: 'supervisor-1', body: { to: 'li', reason: '…' } })).body.type).toBe('/problems/recused');
  const handed = await api.ask(`${path}/reassign`, { as: 'supervisor-1', body: { to: 'desk-2', reason: '外出' } });
  expect(handed.body.tasks[0]).toMatchObject({ assignee: 'desk-2', assigneeName: '姓名-desk-2' });
  expect(await kinds('desk-2', number)).toContain('reassigned');
});

test('simultaneous claims of one task have one winner', async () => {
  const number = await open();
  const answers = await Promise.all((['desk-1', 'desk-2'] as const).map((as) => api.ask(`POST /api/v1/tasks/${number}.1/claim`, { as })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('broken glass opens a case for an hour, and its owner and the auditor are told', async () => {
  const number = await open();
  const before = await api.ask(`GET /api/v1/cases/${number}`, { as: 'chief' });
  expect(before.status).toBe(200); // a bureau leader sees internal cases anyway
  const { status } = await command(number, 'break-glass', { as: 'chief', body: { reason: '紧急' } });
  expect(status).toBe(200);
  expect(await kinds('li', number)).toContain('break-glass');
  expect(await kinds('auditor', number)).toContain('break-glass');
  expect((await command(number, 'break-glass', { as: 'desk-1', body: { reason: '好奇' } })).status).toBe(403);
});

test('a person without a right to add participants adds none', async () => {
  const number = await open();
  expect((await command(number, 'participants', { as: 'li', body: { person: 'wang', role: 'witness' } })).status).toBe(403);
  const added = await command(number, 'participants', { as: 'desk-1', body: { person: 'wang', role: 'witness' } });
  expect(added.body.participants).toContainEqual(expect.objectContaining({ person: 'wang', role: 'witness' }));
});

test('a legal hold is placed with its reason, shown, and lifted by someone else', async () => {
  const number = await open();
  expect((await command(number, 'hold', { as: 'handler-1', body: { reason: '诉讼' } })).status).toBe(404);
  expect((await command(number, 'hold', { as: 'supervisor-1', body: { reason: '诉讼' } })).status).toBe(403);
  const held = await command(number, 'hold', { as: 'chief', body: { reason: '行政诉讼' } });
  expect(held.body.hold).toMatchObject({ by: 'chief' });
  expect((await command(number, 'hold', { as: 'auditor', body: { reason: '再次' } })).body.type).toBe('/problems/not-now');
  expect((await command(number, 'release', { as: 'chief', body: { reason: '撤诉' } })).body.type).toBe('/problems/needs-second-person');
  expect((await command(number, 'release', { as: 'auditor', body: { reason: '撤诉' } })).body.hold).toBeNull();
  const record = (await events(number)).filter(({ type }: { type: string }) => ['held', 'released'].includes(type));
  expect(record).toMatchObject([
    { type: 'held', actor: 'chief', data: { reason: '行政诉讼' } },
    { type: 'released', actor: 'auditor' },
  ]);
});
