/*
 * A client that knows the contract and no process: it reads /processes, fills every form by its JSON Schema, and does whatever task is open as one of the task's candidates. Its
 * choices are random, but the same for the same seed.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { type BureauClient, bureauClient, Refused } from '../../demo/bureau-client.ts';
import { freePort } from '../../platform/child-process.ts';
import { formFrom, type Random, type References, randomFrom } from './form-from-schema.ts';
import { type NpmStart, npmStart, withoutDemoCases } from './npm-start.ts';

const Schema = z.record(z.string(), z.unknown());
const Processes = z.array(
  z.object({
    id: z.string(),
    startableBy: z.array(z.string()),
    intake: Schema,
    tasks: z.array(z.object({ key: z.string(), form: Schema })),
    outcomes: z.array(z.object({ key: z.string() })),
  }),
);
type Process = z.output<typeof Processes>[number];
const Task = z.object({
  id: z.string(),
  key: z.string(),
  state: z.enum(['open', 'done', 'cancelled']),
  assignee: z.string().nullable(),
  candidates: z.array(z.string()).optional(),
  form: Schema.optional(),
});
const Case = z.object({
  number: z.string(),
  process: z.string(),
  state: z.enum(['accepted', 'open', 'closed']),
  outcome: z.string().nullable(),
  tasks: z.array(Task),
  links: z.array(z.object({ number: z.string() })),
  waits: z.array(z.object({ endsAt: z.string().nullable() })),
});
type Task = z.output<typeof Task>;
const People = z.object({ items: z.array(z.object({ id: z.string(), username: z.string() })), nextCursor: z.string().nullable() });
const Listed = z.object({ items: z.array(z.looseObject({})) });

/** Longer than any case needs: one that goes on after this never ends. */
const MOST_STEPS = 120;
/** A form may name someone who turns out to have a part in the case: another is chosen, as a person would. */
const MOST_TRIES = 8;

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-contract-'));
let started: NpmStart;
let bureau: BureauClient;
let processes: ReadonlyMap<string, Process>;
let people: readonly { id: string; username: string }[];
let references: References;

beforeAll(async () => {
  const port = String(await freePort());
  const password = 'a demo password';
  withoutDemoCases(folder);
  started = npmStart({ FIVEFOLD_DATA: folder, PORT: port, FIVEFOLD_DEMO_PASSWORD: password });
  await started.untilServing();
  bureau = bureauClient(`http://127.0.0.1:${port}`, { password });
  processes = new Map(Processes.parse(await bureau.ask('auditor', 'GET /processes')).map((each) => [each.id, each]));
  people = await everybody();
  const [unit, rule] = await Promise.all([idsOf('GET /units'), idsOf('GET /rules?limit=200')]);
  references = { person: people.map(({ id }) => id), unit, rule, case: [await aCase()] };
}, 120_000);
afterAll(async () => {
  process.kill(started.pid, 'SIGTERM');
  await started.ended;
  rmSync(folder, { recursive: true });
});

/** Some case that everyone who issues directives may know of. */
async function aCase(): Promise<string> {
  const directive = { process: 'rectification', unit: 'donghu', data: { cause: 'policy', order: '公示值班表。' } };
  return Case.parse(await bureau.ask('supervisor', 'POST /cases', { body: directive, key: randomUUID() })).number;
}

async function everybody(): Promise<{ id: string; username: string }[]> {
  const found: { id: string; username: string }[] = [];
  let cursor = '';
  do {
    const page = People.parse(await bureau.ask('supervisor', `GET /people?limit=200${cursor}`));
    found.push(...page.items);
    cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== '');
  return found;
}

const idsOf = async (request: string): Promise<string[]> =>
  Listed.parse(await bureau.ask('supervisor', request)).items.map(({ id }) => z.string().parse(id));

test.each([...Array(8).keys()].map((index) => 1000 + index))(
  'an appeal is carried to its end by its schemas alone (seed %i)',
  async (seed) => {
    await carryOut('appeal', randomFrom(seed));
  },
  180_000,
);

test.each(['rectification', 'supervision', 'inspection-order'].flatMap((id) => [2001, 2002].map((seed) => ({ id, seed }))))(
  'so is a case of the process $id (seed $seed)',
  async ({ id, seed }) => {
    await carryOut(id, randomFrom(seed));
  },
  180_000,
);

test.each(['discipline', 'dual-investigation', 'accountability'].flatMap((id) => [3001, 3002].map((seed) => ({ id, seed }))))(
  'and one of which only its circle knows, $id, with the eyes of an auditor (seed $seed)',
  async ({ id, seed }) => {
    await carryOut(id, randomFrom(seed), 'auditor');
  },
  180_000,
);

/** Opens a case of the process and carries it, and every case that comes of it, to the end. */
async function carryOut(id: string, random: Random, reader = 'supervisor'): Promise<void> {
  const process = processOf(id);
  const starters = process.startableBy.includes('officer') ? people : await holders(pick(process.startableBy, random));
  const { username } = pick(starters, random);
  const opened = z
    .object({ number: z.string() })
    .parse(await sent(username, 'POST /cases', () => ({ process: id, data: formFrom(process.intake, references, random) })));
  const numbers = [opened.number];
  for (const number of numbers) {
    const ended = await toTheEnd(number, random, reader);
    if (ended.state === 'closed') expect(processOf(ended.process).outcomes.map(({ key }) => key)).toContain(ended.outcome);
    expect(await bureau.ask('auditor', `GET /cases/${number}/verify`)).toMatchObject({ ok: true });
    numbers.push(...ended.links.map((link) => link.number).filter((linked) => !numbers.includes(linked)));
  }
}

async function toTheEnd(number: string, random: Random, reader: string): Promise<z.output<typeof Case>> {
  for (let step = 0; step < MOST_STEPS; step++) {
    const seen = Case.parse(await bureau.ask(reader, `GET /cases/${number}`));
    const open = seen.tasks.filter(({ state }) => state === 'open');
    if (seen.state === 'closed' || (open.length === 0 && waitsForTime(seen))) return seen;
    const task = pick(open, random);
    // Side tasks that every process has, such as a service, stand in none of them.
    const own = processOf(seen.process).tasks.find(({ key }) => key === task.key);
    if (own) expect(task.form).toEqual(own.form);
    await expectSameTaskForAuditor(number, task);
    const candidate = task.candidates?.length ? pick(task.candidates, random) : await whoeverIsAsked(number, task.id);
    await sent(candidate, `POST /tasks/${task.id}/complete`, () => ({ data: formFrom(task.form ?? {}, references, random) }));
  }
  throw new Error(`${number} is still open after ${MOST_STEPS} steps`);
}

/** Those who were asked once are asked again: first tried. */
const askedBefore = new Set<string>();

/** What is asked of a party shows nobody but that party who it is. */
async function whoeverIsAsked(number: string, task: string): Promise<string> {
  const known = people.filter(({ username }) => askedBefore.has(username));
  for (const { id: person, username } of [...known, ...people]) {
    const seen = await bureau.ask(username, `GET /cases/${number}`).catch(() => null);
    const mine = seen === null ? [] : Case.parse(seen).tasks;
    if (!mine.some(({ id, assignee }) => id === task && assignee === person)) continue;
    askedBefore.add(username);
    return username;
  }
  throw new Error(`nobody can do ${task}`);
}

/** Nobody can do anything for it until a date has come, such as that of a look-back. */
const waitsForTime = ({ waits }: z.output<typeof Case>): boolean => waits.some(({ endsAt }) => endsAt !== null);

/** The auditor has the skeleton of every case: the same open task, without the names of those whom it is about. */
async function expectSameTaskForAuditor(number: string, { id, candidates = [] }: Task): Promise<void> {
  const { tasks } = Case.parse(await bureau.ask('auditor', `GET /cases/${number}`));
  const task = tasks.find((each) => each.id === id);
  expect(task?.state).toBe('open');
  expect(candidates).toEqual(expect.arrayContaining(task?.candidates ?? []));
}

async function sent(who: string, request: string, body: () => unknown): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      return await bureau.ask(who, request, { body: body(), key: randomUUID() });
    } catch (error) {
      const isTaken = error instanceof Refused && error.slug === 'invalid-form';
      if (!isTaken || tries === MOST_TRIES) throw new Error(`${who} ${request}: ${error}`, { cause: error });
    }
  }
}

const holders = async (role: string) => People.parse(await bureau.ask('supervisor', `GET /people?role=${role}`)).items;

function processOf(id: string): Process {
  const found = processes.get(id);
  if (found === undefined) throw new Error(`/processes does not tell of ${id}`);
  return found;
}

function pick<T>(from: readonly T[], random: Random): T {
  const chosen = from[random(from.length)];
  if (chosen === undefined) throw new Error('there is nobody and nothing to choose from');
  return chosen;
}
