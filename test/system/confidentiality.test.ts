import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PersonId } from '../../domain/ids.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { record } from '../../store/record.ts';
import { acceptanceOfSpawn } from '../../workflows/definitions.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { formFrom, type Schema } from './form-from-schema.ts';

/* domain.md §4.6, statement by statement, as people meet it over HTTP. Without an engine: nothing here goes through a workflow. */

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(() => api?.close());

type Level = 'open' | 'internal' | 'confidential' | 'sealed';

const marker = '特殊标记词';
const ask = (as: TestPerson, request: string, body?: unknown): Promise<Answer> =>
  api.ask(request.replace(' ', ' /api/v1'), { as, ...(body === undefined ? {} : { body }) });

/** li's appeal, which zhao handles. */
async function open(level: Level, more: object = {}): Promise<string> {
  const data = { channel: 'self-service', title: `食堂${marker}`, content: '午餐偏冷。', ...more };
  const headers = { Prefer: 'respond-async', 'Idempotency-Key': randomUUID() };
  const { body } = await api.ask('POST /api/v1/cases', { as: 'li', body: { process: 'appeal', data }, headers });
  await api.database.db.$executeRaw`update "case" set confidentiality = ${level} where number = ${body.number}`;
  await api.database.db.$executeRaw`
    insert into participant select id, 'zhao', 'handler', now() from "case" where number = ${body.number}`;
  return body.number;
}

const statusFor = async (as: TestPerson, number: string) => (await ask(as, `GET /cases/${number}`)).status;
const listed = async (as: TestPerson, number: string) =>
  (await ask(as, 'GET /cases?limit=200')).body.items.some((item: { number: string }) => item.number === number);

describe('four levels, and who knows of a case at each', () => {
  const table: [TestPerson, string, ...number[]][] = [
    // who                                          open internal confidential sealed
    ['li', 'whose case it is', 200, 200, 200, 200],
    ['zhao', 'who handles it', 200, 200, 200, 200],
    ['desk-1', 'a desk that oversees the process and has a task in it', 200, 200, 200, 200],
    ['supervisor-1', 'a desk that oversees the process', 200, 200, 200, 404],
    ['leader-1', 'a leader over its unit', 200, 200, 404, 404],
    ['wang', 'someone else', 200, 404, 404, 404],
    ['admin', 'an administrator', 200, 404, 404, 404],
    ['auditor', 'an auditor (the skeleton)', 200, 200, 200, 200],
  ];
  const levels: Level[] = ['open', 'internal', 'confidential', 'sealed'];
  const numbers = new Map<Level, string>();
  beforeAll(async () => {
    for (const level of levels) numbers.set(level, await open(level));
  });

  test.each(table)('%s, %s', async (as, _what, ...expected) => {
    for (const [index, level] of levels.entries()) {
      const number = numbers.get(level) ?? '';
      expect([level, await statusFor(as, number)]).toEqual([level, expected[index]]);
      expect([level, await listed(as, number)]).toEqual([level, expected[index] === 200]);
    }
  });

  test('an auditor sees neither words nor the person concerned, in the case, its events and every list', async () => {
    const number = numbers.get('sealed');
    const seen = await Promise.all([
      ask('auditor', `GET /cases/${number}`),
      ask('auditor', `GET /cases/${number}/events`),
      ask('auditor', 'GET /cases?limit=200'),
      ask('auditor', 'GET /tasks?limit=200'),
    ]);
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const own = seen.map(({ body }) => JSON.stringify(Array.isArray(body.items) ? body.items.filter(isOf(number)) : body));
    expect(own.filter((text) => text.includes(marker) || /"li"|姓名-li/.test(text))).toEqual([]);
  });
});

const isOf = (number: string | undefined) => (item: { number?: string; case?: string }) => (item.number ?? item.case) === number;

describe('names in lists', () => {
  test('a name that was withheld is in no row that its leader sees, neither of a case nor of a task', async () => {
    const number = await open('internal', { nameWithheld: true });
    await api.database.db.$executeRaw`
      update task set role = 'subject', assignee = 'li' where case_id = (select id from "case" where number = ${number})`;
    const seen = async (as: TestPerson) => {
      const [cases, tasks] = await Promise.all([ask(as, 'GET /cases?limit=200'), ask(as, 'GET /tasks?limit=200')]);
      const rows = [...cases.body.items, ...tasks.body.items].filter(isOf(number));
      expect(rows).toHaveLength(2);
      return JSON.stringify(rows);
    };
    expect(await seen('leader-1')).not.toMatch(/"li"|姓名-li/);
    expect(await seen('desk-1')).toMatch(/"li"/);
    expect((await ask('leader-1', 'GET /cases?subject=li&limit=200')).body.items.filter(isOf(number))).toEqual([]);
  });
});

describe('an outsider cannot even learn that a case exists', () => {
  const outsider = 'wang';
  let hidden: string;
  const nowhere = 'SQ-2026-999999';
  beforeAll(async () => {
    hidden = await open('sealed');
  });

  test('every address of it answers as for a number that was never given', async () => {
    const { body: document } = await api.ask('GET /api/v1/openapi.json', {});
    const asked: string[] = [];
    for (const [path, methods] of Object.entries<Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>(
      document.paths,
    )) {
      if (!/^\/(cases\/\{number\}|tasks\/\{id\})|\{target\}/.test(path)) continue;
      for (const [method, operation] of Object.entries(methods)) {
        const schema = operation.requestBody?.content['application/json']?.schema;
        const body = schema && bodyFor(schema);
        const to = (number: string) => {
          const address = path.replace('{number}', number).replace(/\{id\}|\{target\}/, `${number}.1`);
          return api.ask(`${method.toUpperCase()} /api/v1${address}`, { as: outsider, ...(body === undefined ? {} : { body }) });
        };
        const [there, not] = [await to(hidden), await to(nowhere)];
        expect([method, path, there.status, plain(there)]).toEqual([method, path, not.status, plain(not)]);
        if (there.status === 404) asked.push(`${method} ${path}`);
      }
    }
    // The comparison proves something only if it came as far as the case.
    expect(asked).toEqual(
      expect.arrayContaining(['get /cases/{number}', 'get /tasks/{id}', 'get /cases/{number}/verify', 'post /cases/{number}/comment']),
    );
    expect(asked.length).toBeGreaterThan(20);
  });

  /** What is the same for the same answer: all but the address and the request's own id. */
  const plain = ({ body }: Answer) => ({ ...body, instance: undefined, requestId: undefined });

  /** A body that fits; where the schema leaves all open, as for a task's form, an empty one. */
  const bodyFor = (schema: Schema) => {
    const references = { person: ['zhao'], unit: ['station-2'], rule: ['leave-7'], case: [nowhere] };
    const closed = JSON.parse(JSON.stringify(schema), (key, value) => (key === 'data' ? { type: 'object', properties: {} } : value));
    return formFrom(closed, references, () => 0);
  };

  test('no list, count, search, link, notice or look-alike tells of one more', async () => {
    const mine = await open('open');
    const asked = [
      'GET /cases?limit=200',
      `GET /cases?q=${encodeURIComponent(marker)}&limit=200`,
      'GET /cases?q=SQ-2026&limit=200',
      'GET /cases?subject=li&limit=200',
      'GET /cases?handler=zhao&limit=200',
      `GET /cases?like=${mine}`,
      'GET /tasks?limit=200',
      'GET /tasks?mine=true',
      'GET /tasks?mine=unit',
      'GET /notifications',
      `GET /cases/${mine}`,
      'GET /people/li/appeals',
      'GET /people?q=li',
    ];
    const answers = () => Promise.all(asked.map(async (request) => [request, plain(await ask(outsider, request))]));
    const before = await answers();
    const another = await open('sealed');
    await api.database.db.$executeRaw`
      insert into case_link select a.id, 'opened', b.id, now() from "case" a, "case" b where a.number = ${mine} and b.number = ${another}`;
    expect(await answers()).toEqual(before);
    expect((await ask('li', `GET /cases/${mine}`)).body.links).toHaveLength(1);
  });

  test('a form or a merge that names it is refused as if there were none', async () => {
    const own = await ask('wang', 'POST /cases', { process: 'appeal', data: { channel: 'self-service', title: '值班', content: '…' } });
    expect(own.status).toBeLessThan(300);
    const merge = (into: string) => ask('desk-1', `POST /cases/${own.body.number}/merge`, { into });
    await api.database.db.$executeRaw`delete from task where case_id = (select id from "case" where number = ${hidden})`;
    const [there, not] = [await merge(hidden), await merge(nowhere)];
    expect([there.status, plain(there)]).toEqual([404, plain(not)]);
  });

  test('no time tells: a 404 takes as long for what is there as for what is not', async () => {
    // A long case takes longer to read.
    await api.database.db.$executeRaw`
      insert into task (id, case_id, ordinal, key, round, state, duty, role, unit_id, opened_at, closed_at)
      select c.number || '.' || n, c.id, n, 'handle', 1, 'done', 'handle', 'officer', c.unit_id, now(), now()
        from "case" c, generate_series(2, 400) n where c.number = ${hidden}`;
    const took = async (number: string) => {
      const from = performance.now();
      expect(await statusFor(outsider, number)).toBe(404);
      return performance.now() - from;
    };
    for (let warm = 0; warm < 5; warm++) await Promise.all([took(hidden), took(nowhere)]);
    const there: number[] = [];
    const not: number[] = [];
    for (let round = 0; round < 100; round++) {
      // Who is asked first takes turns, so that neither gets the busier moments.
      for (const first of round % 2 === 0 ? [true, false] : [false, true]) (first ? there : not).push(await took(first ? hidden : nowhere));
    }
    expect(Math.abs(rankSumZ(there, not))).toBeLessThan(4);
  }, 60_000);
});

/** Mann-Whitney: how many standard deviations the ranks of one sample lie from what chance gives; beyond 4 happens by chance once in 15,000 times. */
function rankSumZ(one: readonly number[], other: readonly number[]): number {
  const sorted = [...one.map((ms) => ({ ms, isOne: true })), ...other.map((ms) => ({ ms, isOne: false }))].sort((a, b) => a.ms - b.ms);
  const ranks = sorted.reduce((sum, { isOne }, index) => sum + (isOne ? index + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  return (ranks - (n * (n + m + 1)) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

test('the rank test finds a difference of a few per cent', () => {
  const around = (mean: number) => Array.from({ length: 150 }, (_, index) => mean + (index % 30) / 10);
  expect(Math.abs(rankSumZ(around(5), around(5)))).toBeLessThan(4);
  expect(Math.abs(rankSumZ(around(5), around(6)))).toBeGreaterThan(4);
});

describe('each look is logged, and whose data it is may know', () => {
  test('the person and the auditor see every look, and nobody else does', async () => {
    const number = await open('internal');
    await ask('desk-1', `POST /cases/${number}/copy`, { people: ['wang'] });
    for (const as of ['wang', 'leader-1', 'supervisor-1'] as const) await ask(as, `GET /cases/${number}`);
    const lookers = async (as: TestPerson) =>
      [...new Set((await ask(as, `GET /cases/${number}/looks`)).body.items.map(({ person }: { person: string }) => person))].sort();
    expect(await lookers('li')).toEqual(['leader-1', 'supervisor-1', 'wang']);
    expect(await lookers('auditor')).toEqual(['leader-1', 'supervisor-1', 'wang']);
    for (const as of ['desk-1', 'leader-1'] as const) expect((await ask(as, `GET /cases/${number}/looks`)).status).toBe(403);
    expect((await ask('handler-2', `GET /cases/${number}/looks`)).status).toBe(404);
  });
});

describe('broken glass', () => {
  test('needs a reason, lasts an hour, is told to the person and the auditor, and its look is logged', async () => {
    const number = await open('sealed');
    expect((await ask('discipline-1', `POST /cases/${number}/break-glass`, { reason: ' ' })).status).toBe(400);
    expect(await statusFor('discipline-1', number)).toBe(404);
    expect((await ask('discipline-1', `POST /cases/${number}/break-glass`, { reason: '人身危险' })).status).toBe(200);
    expect(await statusFor('discipline-1', number)).toBe(200);
    const [{ minutes }] = await api.database.db.$queryRaw<[{ minutes: number }]>`
      select extract(epoch from until - at)::int / 60 as minutes from break_glass where person_id = 'discipline-1'`;
    expect(minutes).toBe(60);
    for (const as of ['li', 'auditor'] as const) {
      const { body } = await ask(as, 'GET /notifications?limit=200');
      expect(body.items.filter(isOf(number)).map(({ kind }: { kind: string }) => kind)).toContain('break-glass');
    }
    const { body } = await ask('li', `GET /cases/${number}/looks`);
    expect(body.items).toContainEqual(expect.objectContaining({ person: 'discipline-1', what: 'case' }));
    await api.database.db.$executeRaw`update break_glass set until = at + interval '1 ms'`;
    expect(await statusFor('discipline-1', number)).toBe(404);
  });
});

describe('a file that was closed without fault', () => {
  test('is sealed: the circle, the person and the auditor remain, and what others were told of it is gone', async () => {
    const number = await open('internal');
    await ask('li', `POST /cases/${number}/urge`, { text: '请尽快' });
    await api.database.db.$executeRaw`
      insert into notice (person_id, case_id, kind, at) select 'leader-1', id, 'escalate', now() from "case" where number = ${number}`;
    const told = async () => {
      const { body } = await ask('leader-1', 'GET /notifications?limit=200');
      return { kinds: body.items.filter(isOf(number)).map(({ kind }: { kind: string }) => kind), unread: body.unread };
    };
    expect(await statusFor('leader-1', number)).toBe(200);
    const before = await told();
    expect(before.kinds).toEqual(['escalate']);
    await close(number);
    expect(await statusFor('leader-1', number)).toBe(404);
    expect(await statusFor('supervisor-1', number)).toBe(404);
    expect(await told()).toEqual({ kinds: [], unread: before.unread - 1 });
    for (const as of ['li', 'zhao', 'auditor'] as const) expect([as, await statusFor(as, number)]).toEqual([as, 200]);
    const { body } = await ask('li', `GET /cases/${number}/events`);
    expect(body.at(-1)).toMatchObject({ type: 'file-sealed', summary: { zh: '未认定过错，案卷已封存。' } });
  });

  async function close(number: string): Promise<void> {
    const bureau = await openBureau(api.database.db, testRing, { demo: true });
    const changes = [
      { kind: 'cancel-task', task: `${number}.1`, reason: 'closed' },
      { kind: 'close', outcome: 'answered', seals: true },
    ];
    const step = {
      case: number,
      cause: `zhao:${randomUUID()}`,
      at: new Date().toISOString(),
      by: 'zhao' as PersonId,
      for: null,
      bodyHash: null,
      changes,
    };
    await record(bureau, step as never, acceptanceOfSpawn);
  }
});
