import { randomUUID } from 'node:crypto';
import { jsonSchemaOf } from '../../api/json-schema.ts';
import type { CaseNumber, TaskId } from '../../domain/ids.ts';
import { candidatesOf } from '../../store/candidates.ts';
import { processes } from '../../workflows/definitions.ts';
import { schemaOf } from '../../workflows/kit/define.ts';
import { recordForms } from '../../workflows/kit/investigation-form.ts';
import { taskDefinition } from '../../workflows/kit/tasks.ts';
import type { Answer, TestClient } from '../api.ts';
import type { TestBureau } from '../bureau.ts';
import { everybody, type TestPerson } from '../people.ts';
import { formFrom, type Random, type References } from '../system/form-from-schema.ts';

/*
 * Random people who try random things with the cases of a bureau, over HTTP: what they may, what they may not, as themselves or as whoever has a task. Now and then the one whose turn it is does it, or no
 * case would get anywhere.
 */
export interface Table {
  readonly bureau: TestBureau;
  readonly api: TestClient;
  readonly random: Random;
  readonly cases: CaseNumber[];
  /** Those of all players at once: a second report of one injury answers with the case of the first, and that stays with whoever came first. */
  readonly taken: Set<CaseNumber>;
  readonly references: References;
}

export interface Tried {
  readonly what: string;
  readonly as: TestPerson;
  readonly number: CaseNumber | null;
  readonly answer: Answer;
}

type Deed = (table: Table, number: CaseNumber) => Promise<Tried>;

const pick = <T>(random: Random, from: readonly T[]): T => {
  const chosen = from[random(from.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};
const anyone = ({ random }: Table): TestPerson => pick(random, everybody);
const words = '情况如上，请核。';

/** Of all processes but the rounds, which the bureau itself opens. */
const startable = [...processes.values()].filter(({ round, startableBy }) => round === undefined && startableBy.length > 0);

/** Opens a case, mostly as someone who may. */
export async function start(table: Table): Promise<Tried> {
  const { random, api } = table;
  const definition = pick(random, startable);
  const as = random(4) === 0 ? anyone(table) : await holderOf(table, definition.startableBy);
  // What a case follows from is optional, and few may name it.
  const { about: _, ...data } = formFrom(jsonSchemaOf(schemaOf(definition.intake), 'zh'), table.references, random) as Record<
    string,
    unknown
  >;
  const answer = await api.ask('POST /api/v1/cases', {
    as,
    body: { process: definition.id, data },
    headers: { 'Idempotency-Key': randomUUID() },
  });
  const number: CaseNumber | null = answer.body.number ?? null;
  const own = number !== null && !table.taken.has(number);
  if (own) {
    table.cases.push(number);
    table.taken.add(number);
  }
  return { what: `start ${definition.id}`, as, number: own ? number : null, answer };
}

async function holderOf({ bureau, random }: Table, roles: readonly string[]): Promise<TestPerson> {
  if (roles.includes('officer')) return pick(random, everybody);
  const rows = await bureau.bureau.db.$queryRaw<
    { id: TestPerson }[]
  >`select distinct person_id as id from role_grant where role = any (${[...roles]}) order by 1`;
  return rows.length === 0 ? pick(random, everybody) : pick(random, rows).id;
}

const post = async (table: Table, number: CaseNumber, what: string, as: TestPerson, path: string, body?: unknown): Promise<Tried> => ({
  what,
  as,
  number,
  answer: await table.api.ask(`POST /api/v1${path}`, { as, body: body ?? {}, headers: { 'Idempotency-Key': randomUUID() } }),
});

interface OpenTask {
  readonly id: TaskId;
  readonly key: string;
  readonly process: string;
}

const openTasks = ({ bureau }: Table, number: CaseNumber): Promise<OpenTask[]> =>
  bureau.bureau.db.$queryRaw`
    select t.id, t.key, c.process from task t join "case" c on c.id = t.case_id where c.number = ${number} and t.state = 'open' order by t.ordinal`;

/** Whoever has the task or its role, those among them who must not do it included: a party who leads the unit, a decider who handled. */
async function holdersOf({ bureau }: Table, id: TaskId): Promise<TestPerson[]> {
  const rows = await bureau.bureau.db.$queryRaw<{ person: TestPerson }[]>`
    select t.assignee as person from task t where t.id = ${id} and t.assignee is not null
    union select g.person_id from task t join role_grant g on g.role = t.role and g.unit_id = t.unit_id where t.id = ${id} and t.role <> 'subject' order by 1`;
  return rows.map(({ person }) => person);
}

/** Whoever has any part in the case, and their relatives. */
async function concerned({ bureau }: Table, number: CaseNumber): Promise<TestPerson[]> {
  const rows = await bureau.bureau.db.$queryRaw<{ person: TestPerson }[]>`
    with part as (select p.person_id as person from participant p join "case" c on c.id = p.case_id where c.number = ${number})
    select person from part union select k.relative_id from kinship k join part on part.person = k.person_id order by 1`;
  return rows.map(({ person }) => person);
}

/** Does an open task with whatever fits its form: mostly as someone whose it could be, else as someone concerned or as anyone. */
async function complete(table: Table, number: CaseNumber): Promise<Tried> {
  const { random, bureau, references } = table;
  const tasks = await openTasks(table, number);
  if (tasks.length === 0) return post(table, number, 'comment', anyone(table), `/cases/${number}/comment`, { text: words });
  const { id, key, process } = pick(random, tasks);
  const free = ((await candidatesOf(bureau.bureau.db, [id], new Date())).get(id) ?? []) as TestPerson[];
  const sources = [
    free,
    free,
    free,
    free,
    await holdersOf(table, id),
    await holdersOf(table, id),
    await concerned(table, number),
    everybody,
  ];
  const source = pick(random, sources);
  const as = source.length === 0 ? anyone(table) : pick(random, source);
  const definition = processes.get(process);
  if (!definition) throw new Error(`no process ${process}`);
  const data = formFrom(jsonSchemaOf(schemaOf(taskDefinition(definition, key).form), 'zh'), references, random);
  return post(table, number, `complete ${process}.${key}`, as, `/tasks/${id}/complete`, { data });
}

async function someTask(table: Table, number: CaseNumber): Promise<TaskId> {
  const tasks = await openTasks(table, number);
  return tasks.length === 0 ? (`${number}.1` as TaskId) : pick(table.random, tasks).id;
}

async function fileRecord(table: Table, number: CaseNumber): Promise<Tried> {
  const { random, references, bureau } = table;
  const team = await bureau.bureau.db.$queryRaw<{ person: TestPerson }[]>`
    select p.person_id as person from participant p join "case" c on c.id = p.case_id where c.number = ${number} and p.role like '%investigator'`;
  const as = team.length === 0 || random(4) === 0 ? anyone(table) : pick(random, team).person;
  const record = pick(random, Object.keys(recordForms) as (keyof typeof recordForms)[]);
  const data = formFrom(jsonSchemaOf(recordForms[record](), 'zh'), references, random);
  return post(table, number, `file ${record}`, as, `/cases/${number}/records`, { record, data });
}

/** What can be tried, with how often. */
const deeds: readonly (readonly [weight: number, deed: Deed])[] = [
  [30, complete],
  [4, fileRecord],
  [
    2,
    async (table, number) =>
      post(table, number, 'reassign', anyone(table), `/tasks/${await someTask(table, number)}/reassign`, {
        to: anyone(table),
        reason: words,
      }),
  ],
  [2, async (table, number) => post(table, number, 'claim', anyone(table), `/tasks/${await someTask(table, number)}/claim`)],
  [
    1,
    async (table, number) =>
      post(table, number, 'extend', anyone(table), `/tasks/${await someTask(table, number)}/extend`, {
        by: { workingDays: 3 },
        reason: words,
      }),
  ],
  [
    1,
    async (table, number) =>
      post(table, number, 'consult', anyone(table), `/tasks/${await someTask(table, number)}/consult`, {
        to: anyone(table),
        question: words,
      }),
  ],
  [
    1,
    async (table, number) =>
      post(table, number, 'recall', anyone(table), `/tasks/${await someTask(table, number)}/recall`, { reason: words }),
  ],
  [1, (table, number) => post(table, number, 'recuse', anyone(table), `/cases/${number}/recuse`, { person: anyone(table), reason: words })],
  [
    1,
    (table, number) =>
      post(table, number, 'participant', anyone(table), `/cases/${number}/participants`, {
        person: anyone(table),
        role: pick(table.random, ['witness', 'reported', 'reader'] as const),
      }),
  ],
  [1, (table, number) => post(table, number, 'withdraw', anyone(table), `/cases/${number}/withdraw`, { reason: words })],
  [1, (table, number) => post(table, number, 'break-glass', anyone(table), `/cases/${number}/break-glass`, { reason: words })],
  [1, (table, number) => post(table, number, 'copy', anyone(table), `/cases/${number}/copy`, { people: [anyone(table)] })],
];
const total = deeds.reduce((sum, [weight]) => sum + weight, 0);

/** One thing that someone tries. */
export async function tryOne(table: Table): Promise<Tried> {
  const { random, cases } = table;
  if (cases.length < 12 || random(20) === 0) return start(table);
  // The newest are where things happen.
  const number = pick(random, cases.slice(-30));
  let at = random(total);
  for (const [weight, deed] of deeds) {
    at -= weight;
    if (at < 0) return deed(table, number);
  }
  throw new Error('unreachable');
}
