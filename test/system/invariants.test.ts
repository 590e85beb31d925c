/*
 * Due process under attack (domain/invariants.ts): random people try random things, legal and illegal, with cases of every process, over HTTP, against the API, the workflows and the database as they are. After each
 * one no invariant is broken, what was refused is refused for a reason that is documented and has changed nothing, and whoever has nothing to do with a case can't learn of it.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { broken, type CaseRecordFacts, invariants } from '../../domain/invariants.ts';
import { problems } from '../../domain/problems.ts';
import { type apiOf as ApiOf, apiOf } from '../api.ts';
import { type TestBureau, testBureau } from '../bureau.ts';
import { factsOf } from '../invariants/facts.ts';
import { type Table, type Tried, tryOne } from '../invariants/play.ts';
import { everybody } from '../people.ts';
import { randomFrom } from './form-from-schema.ts';

const ACTIONS = Number(process.env.ACTIONS ?? 2000);
const PLAYERS = 8;
const SEED = process.env.SEED === undefined ? 20_261_125 : Number(process.env.SEED);

/** Relatives of those who are named, in the offices that deal with them. */
const kin = [
  ['zhao', 'inspector-2'],
  ['wang', 'discipline-2'],
  ['leader-1', 'political-1'],
  ['leader-2', 'desk-1'],
  ['handler-1', 'supervisor-1'],
] as const;

let bureau: TestBureau;
let api: Awaited<ReturnType<typeof ApiOf>>;
beforeAll(async () => {
  bureau = await testBureau();
  api = await apiOf(bureau);
  for (const [one, other] of kin)
    await bureau.bureau.db.$executeRaw`insert into kinship values (${one}, ${other}, 'sibling'), (${other}, ${one}, 'sibling')`;
}, 60_000);
afterAll(async () => {
  await api?.close();
  await bureau?.close();
});

/** Clocks, rungs and other cases move a case too. */
const byPeople = (facts: CaseRecordFacts) =>
  facts.events.filter(({ type }) => /^(task-completed|withdrawn|recused|participant-added|record-filed|restricted|decided)$/.test(type));

async function check(table: Table, { what, as, number, answer }: Tried, seen: Map<string, CaseRecordFacts>): Promise<void> {
  const told = `${what} by ${as} on ${number}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
  if (answer.status >= 500) throw new Error(told);
  if (answer.status >= 400 && !Object.hasOwn(problems, String(answer.body.type).replace('/problems/', ''))) throw new Error(told);
  if (number === null) return;
  const before = seen.get(number) ?? null;
  const now = await factsOf(bureau.bureau, number);
  const faults = broken(now, before);
  if (faults.length > 0) throw new Error(`${told}\n${faults.join('\n')}`);
  if (answer.status >= 400 && before !== null && byPeople(now).length !== byPeople(before).length)
    throw new Error(`${told}\nit was refused and changed the case`);
  seen.set(number, now);
  await checkOutsider(table, now);
}

/** Somebody without any part, role or leadership learns nothing: not even that there is a case. */
async function checkOutsider({ random }: Table, { number, confidentiality, parts }: CaseRecordFacts): Promise<void> {
  if (confidentiality !== 'confidential' && confidentiality !== 'sealed') return;
  const outsider = (['wang', 'zhao', 'li', 'handler-1', 'handler-2'] as const)[random(5)];
  if (outsider === undefined || parts.some(({ person }) => person === outsider)) return;
  const [{ holds }] = await bureau.bureau.db.$queryRaw<[{ holds: boolean }]>`
    select exists (select 1 from task t join "case" c on c.id = t.case_id where c.number = ${number} and t.state = 'open' and (t.assignee = ${outsider} or t.role = 'officer'))
        or exists (select 1 from "case" c where c.number = ${number} and (c.subject_id = ${outsider} or c.opened_by = ${outsider})) as holds`;
  if (holds) return;
  const answers = await Promise.all(
    ['', '/events', '/records', '/bundle'].map((path) => api.ask(`GET /api/v1/cases/${number}${path}`, { as: outsider })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
}

/** Plays with cases of its own: what nobody has business with is answered on a beat, and several wait for it at once. */
async function play(seed: number, taken: Table['taken'], outcomes: Map<string, number>): Promise<void> {
  // Those who hold offices are named more often: a party who is the only one to decide, a relative who leads.
  const office = everybody.filter((person) => !/^(li|zhao|wang|handler)/.test(person));
  const references = {
    person: [...everybody, ...office, ...office],
    unit: ['station-1', 'station-2', 'branch'],
    rule: ['leave-7'],
    case: ['SQ-2026-000001'],
    attachment: [],
  };
  const table: Table = { bureau, api, random: randomFrom(seed), cases: [], taken, references };
  const seen = new Map<string, CaseRecordFacts>();
  for (let action = 0; action < ACTIONS / PLAYERS; action += 1) {
    const tried = await tryOne(table);
    await check(table, tried, seen);
    const { status, body } = tried.answer;
    const outcome = status < 400 ? `done: ${tried.what.split(' ')[0]}` : String(body.type).replace('/problems/', '');
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
}

test(
  `no invariant is broken by ${ACTIONS} things that people try (seed ${SEED})`,
  async () => {
    const outcomes = new Map<string, number>();
    const taken: Table['taken'] = new Set();
    await Promise.all(Array.from({ length: PLAYERS }, (_, player) => play(SEED + player, taken, outcomes)));
    // It proves something only where much was done, and much was refused for each reason that due process has.
    expect(outcomes.get('done: complete') ?? 0).toBeGreaterThan(ACTIONS / 20);
    for (const reason of ['recused', 'not-found', 'forbidden']) expect(outcomes.get(reason) ?? 0).toBeGreaterThan(0);
    expect(Object.keys(invariants).length).toBeGreaterThan(6);
    if (process.env.TELL)
      process.stderr.write(`${JSON.stringify(Object.fromEntries([...outcomes].toSorted((a, b) => b[1] - a[1])), null, 1)}\n`);
  },
  600_000 + ACTIONS * 400,
);
