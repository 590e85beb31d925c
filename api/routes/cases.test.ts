import { type Answer, type TestApi, testApi } from '../../test/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi(); // the engine is away: intake never closes
});
afterAll(() => api.close());

const appeal = (title: string, more: object = {}) => ({
  process: 'appeal',
  data: { channel: 'self-service', title, content: '中午没有热饭', ...more },
});
const open = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  api.ask('POST /api/v1/cases', { as: 'li', body, headers: { Prefer: 'respond-async', ...headers } });

test('a case is accepted with its first task while the engine is away', async () => {
  const { status, headers, body } = await api.ask('POST /api/v1/cases', { as: 'li', body: appeal('食堂') });
  expect(status).toBe(201);
  expect(headers.get('location')).toBe(`/api/v1/cases/${body.number}`);
  expect(body).toMatchObject({
    process: 'appeal',
    title: '食堂',
    state: 'accepted',
    subject: 'li',
    unit: 'station-1',
    redacted: [],
    version: 2,
  });
  expect(body.number).toMatch(/^SQ-\d{4}-\d{6}$/);
  expect(body.tasks).toMatchObject([
    { id: `${body.number}.1`, key: 'accept', state: 'open', role: 'acceptance-desk', unit: 'branch', overdue: false },
  ]);
  expect(body.tasks[0].form.oneOf ?? body.tasks[0].form.anyOf).toHaveLength(3);
});

test('the same key and content find the same case, other content is a conflict', async () => {
  const headers = { 'Idempotency-Key': 'key-1' };
  const first = await open(appeal('宿舍'), headers);
  const again = await open({ data: appeal('宿舍').data, process: 'appeal' }, headers); // the order of fields does not matter
  const other = await open(appeal('车辆'), headers);
  expect([first.status, again.status, other.status]).toEqual([202, 200, 409]);
  expect(again.body.number).toBe(first.body.number);
  expect(other.body.type).toBe('/problems/idempotency-conflict');
});

test('of simultaneous requests with one key one opens the case', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => open(appeal('同时'), { 'Idempotency-Key': 'key-2' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(11).fill(200), 202]);
  expect(new Set(answers.map(({ body }) => body.number)).size).toBe(1);
});

test('simultaneous intakes get numbers without a gap', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => open(appeal(`并发 ${index}`))));
  const numbers = answers.map(({ body }) => Number(body.number.slice(-6))).sort((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
});

test('the key of one person means nothing for another', async () => {
  const headers = { 'Idempotency-Key': 'key-1' };
  const { status } = await api.ask('POST /api/v1/cases', {
    as: 'wang',
    body: appeal('宿舍'),
    headers: { ...headers, Prefer: 'respond-async' },
  });
  expect(status).toBe(202);
});

test('a task can not be completed while the engine is away, and nothing is changed', async () => {
  const { body: opened } = await open(appeal('空调'));
  const request = { as: 'desk-1', body: { data: { decision: 'accept', handler: 'handler-1' } } } as const;
  const { status, headers, body } = await api.ask(`POST /api/v1/tasks/${opened.number}.1/complete`, request);
  expect(status).toBe(503);
  expect(body.type).toBe('/problems/engine-unavailable');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  const { body: after } = await api.ask(`GET /api/v1/cases/${opened.number}`, { as: 'desk-1' });
  expect(after.tasks[0].state).toBe('open');
});

test('an extension beyond the calendar is refused before anyone is asked to grant it', async () => {
  const { body: opened } = await open(appeal('延期'));
  const request = { as: 'desk-1', body: { by: { workingDays: 2000 }, reason: '复杂' } } as const;
  const { status, body } = await api.ask(`POST /api/v1/tasks/${opened.number}.1/extend`, request);
  expect({ status, type: body.type }).toEqual({ status: 422, type: '/problems/calendar-gap' });
});

test('someone who may not know of a case finds none', async () => {
  const { body } = await open(appeal('保密'));
  for (const path of ['', '/events', '/verify', '/live']) {
    expect((await api.ask(`GET /api/v1/cases/${body.number}${path}`, { as: 'wang' })).status).toBe(404);
  }
  expect((await api.ask(`POST /api/v1/cases/${body.number}/comment`, { as: 'wang', body: { text: '…' } })).status).toBe(404);
});

test('an auditor sees the skeleton of a case and never its contents or whom it is about', async () => {
  const { body: opened } = await open(appeal('不可告人的标题'));
  const view = await api.ask(`GET /api/v1/cases/${opened.number}`, { as: 'auditor' });
  const events = await api.ask(`GET /api/v1/cases/${opened.number}/events`, { as: 'auditor' });
  expect(view.body).toMatchObject({ number: opened.number, state: 'accepted', redacted: ['title', 'data', 'subject'] });
  expect(view.body.tasks[0].candidates).toEqual(['desk-1', 'desk-2']);
  expect(events.body.map(({ type }: { type: string }) => type)).toEqual(['case-accepted', 'task-opened']);
  expect(JSON.stringify([view.body, events.body])).not.toMatch(/不可告人|"li"|姓名-li|中午没有热饭/);
  const looks = await api.ask(`GET /api/v1/cases/${opened.number}/looks`, { as: 'li' });
  expect(looks.body.items).toMatchObject([
    { person: 'auditor', what: 'events' },
    { person: 'auditor', what: 'case' },
  ]);
});

test('a withheld name is known to the acceptance desk and to nobody else', async () => {
  const { body: opened } = await open(appeal('匿名', { nameWithheld: true }));
  const desk = await api.ask(`GET /api/v1/cases/${opened.number}`, { as: 'desk-1' });
  const leader = await api.ask(`GET /api/v1/cases/${opened.number}`, { as: 'leader-1' });
  const events = await api.ask(`GET /api/v1/cases/${opened.number}/events`, { as: 'leader-1' });
  const list = await api.ask('GET /api/v1/cases?q=匿名', { as: 'leader-1' });
  const bySubject = await api.ask('GET /api/v1/cases?subject=li&q=匿名', { as: 'leader-1' });
  expect(desk.body.subject).toBe('li');
  expect(leader.body).toMatchObject({ title: '匿名', redacted: ['subject'], openedBy: null });
  expect(list.body.items).toMatchObject([{ number: opened.number, redacted: ['subject'] }]);
  expect(bySubject.body.items).toEqual([]);
  expect(JSON.stringify([leader.body, events.body, list.body])).not.toMatch(/"li"|姓名-li/);
});

test('cases are paged without gap or repetition, newest first, while new ones come in', async () => {
  const all: string[] = [];
  let cursor = '';
  do {
    const { body } = await api.ask(`GET /api/v1/cases?limit=7&process=appeal${cursor && `&cursor=${cursor}`}`, { as: 'supervisor-1' });
    all.push(...body.items.map(({ number }: { number: string }) => number));
    cursor = body.nextCursor ?? '';
    await open(appeal('翻页时的新件'));
  } while (cursor !== '');
  const { body } = await api.ask('GET /api/v1/cases?limit=200&sort=openedAt', { as: 'supervisor-1' });
  const oldestFirst = body.items.map(({ number }: { number: string }) => number);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual(oldestFirst.slice(0, all.length).reverse());
});

test('cases are found by words of the title and by number, by those who may read them', async () => {
  const { body: opened } = await open(appeal('更换执法记录仪电池'));
  const found = async (q: string, as: 'li' | 'wang' | 'auditor') =>
    (await api.ask(`GET /api/v1/cases?q=${encodeURIComponent(q)}`, { as })).body.items.length;
  expect(await found('执法记录仪', 'li')).toBe(1);
  expect(await found('执法记录仪', 'wang')).toBe(0);
  expect(await found('执法记录仪', 'auditor')).toBe(0); // a skeleton has no title to search
  expect(await found(opened.number, 'auditor')).toBe(1);
  expect(await found('不存在的词', 'li')).toBe(0);
});

test('filters narrow the list', async () => {
  const count = async (query: string) => (await api.ask(`GET /api/v1/cases?limit=200&${query}`, { as: 'supervisor-1' })).body.items.length;
  const all = await count('');
  expect(await count('unit=city')).toBe(all); // with its sub-units
  expect(await count('unit=station-2')).toBe(1);
  expect(await count('state=closed')).toBe(0);
  expect(await count('stage=accept')).toBe(all);
  expect(await count('subject=wang')).toBe(1);
  expect(await count('handler=handler-1')).toBe(0);
  expect(await count('overdue=true')).toBe(0);
  expect(await count('overdue=false')).toBe(all);
  expect(await count('level=0')).toBe(all);
  expect(await count('dueBefore=2200-01-01T00:00:00Z&openedFrom=2020-01-01T00:00:00Z&openedTo=2200-01-01T00:00:00Z')).toBe(0); // none is started
});

test('a link names another case only to those who may know of it', async () => {
  const { body: own } = await open(appeal('有关联'));
  const { body: other } = await api.ask('POST /api/v1/cases', { as: 'wang', body: appeal('另一件'), headers: { Prefer: 'respond-async' } });
  await api.database.db.$executeRaw`
    insert into case_link select a.id, 'opened-by', b.id, now() from "case" a, "case" b where a.number = ${own.number} and b.number = ${other.number}`;
  const links = async (as: 'li' | 'supervisor-1') => (await api.ask(`GET /api/v1/cases/${own.number}`, { as })).body.links;
  expect(await links('li')).toEqual([]);
  expect(await links('supervisor-1')).toMatchObject([{ relation: 'opened-by', number: other.number }]);
});

test('the record of a case verifies, and shows where it was altered', async () => {
  const { body: opened } = await open(appeal('链'));
  const path = `GET /api/v1/cases/${opened.number}/verify`;
  const whole = await api.ask(path, { as: 'li' });
  expect(whole.body).toMatchObject({ ok: true, events: 2, head: { seq: 2 } });
  const { db } = api.database;
  await db.$executeRaw`alter table event disable trigger event_append_only`;
  await db.$executeRaw`update event set actor = 'wang' where seq = 1 and case_id = (select id from "case" where number = ${opened.number})`;
  await db.$executeRaw`alter table event enable trigger event_append_only`;
  expect((await api.ask(path, { as: 'li' })).body).toMatchObject({ ok: false, events: 0, broken: { seq: 1, kind: 'hash' } });
});

test('a case names what its reader may do with it and with its tasks, and nothing else', async () => {
  const { body: own } = await open(appeal('能做什么'));
  const offers = async (as: 'li' | 'desk-1' | 'auditor') => {
    const { body } = await api.ask(`GET /api/v1/cases/${own.number}`, { as });
    return { case: body.may, task: body.tasks[0].may };
  };
  expect(await offers('li')).toEqual({ case: ['comment', 'urge', 'withdraw', 'looks', 'documents', 'recuse'], task: [] });
  expect(await offers('desk-1')).toEqual({
    case: ['comment', 'copy', 'transfer', 'merge', 'readers', 'documents', 'issue-document', 'recuse'],
    task: ['complete', 'claim', 'pause', 'extend', 'consult'],
  });
  expect((await offers('auditor')).task).toEqual([]);
});
