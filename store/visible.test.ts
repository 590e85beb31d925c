import fc from 'fast-check';
import type { CaseFacts } from '../domain/access-facts.ts';
import { bearerOf, redactions, sightOf } from '../domain/access-sight.ts';
import type { Actor } from '../domain/actor.ts';
import { CaseNumber, PersonId, TaskId, UnitId } from '../domain/ids.ts';
import type { Role } from '../domain/roles.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Transaction } from '../platform/database.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { actorOfPerson } from './actor.ts';
import {
  contentSightingsOf,
  contentsVisibleTo,
  myTasks,
  type Oversight,
  type PartsAsked,
  type Sighting,
  sightingsOf,
  subjectVisibleTo,
  tasksByHolder,
  visibleTo,
} from './visible.ts';

const at = new Date('2026-11-24T02:00:00Z');
const oversight: Oversight = { appeal: ['acceptance-desk', 'supervision-desk'], clue: ['discipline-inspector'] };
const units = [
  { id: UnitId.parse('b'), parent_id: null, path: '/b/' },
  { id: UnitId.parse('b_1'), parent_id: 'b', path: '/b/b_1/' },
  { id: UnitId.parse('bx1'), parent_id: 'b', path: '/b/bx1/' },
  { id: UnitId.parse('b_1-s'), parent_id: 'b_1', path: '/b/b_1/b_1-s/' },
];
const people = ['an', 'bo', 'cai', 'deng', 'e', 'fan', 'gu', 'hou'];
const roles: Role[] = [
  'unit-leader',
  'supervising-leader',
  'acceptance-desk',
  'discipline-inspector',
  'auditor',
  'reviewer',
  'administrator',
];
const parts = [
  'appellant',
  'subject',
  'reporter',
  'caller',
  'reported',
  'heard',
  'witness',
  'handler',
  'investigator',
  'conduct-investigator',
  'leadership-investigator',
  'decider',
  'reviewer',
  'recused',
  'informed',
  'reader',
  'consulted',
];

const person = fc.constantFrom(...people);
const unit = fc.constantFrom(...units.map(({ id }) => id));
const pair = fc.tuple(person, person).filter(([one, other]) => one !== other);
const anyTask = fc.record({
  duty: fc.constantFrom('handle', 'investigate-conduct', 'investigate-leadership', 'decide', 'review', 'inform'),
  role: fc.constantFrom('subject', 'officer', ...roles),
  unit_id: unit,
  assignee: fc.option(person),
  excluded: fc.array(person, { maxLength: 1 }),
  state: fc.constantFrom('open', 'open', 'done'),
  urgent: fc.boolean(),
});
const anyCase = fc.record({
  process: fc.constantFrom('appeal', 'clue', 'mental-health'),
  confidentiality: fc.constantFrom('open', 'internal', 'confidential', 'sealed'),
  name_withheld: fc.boolean(),
  subject_id: fc.option(person),
  unit_id: unit,
  opened_by: person,
  participants: fc.uniqueArray(fc.tuple(person, fc.constantFrom(...parts)), { maxLength: 4, selector: String }),
  tasks: fc.array(anyTask, { maxLength: 2 }),
  glass: fc.option(fc.tuple(person, fc.boolean())),
  anonymised: fc.boolean(),
});
const anyBureau = fc.record({
  homes: fc.array(unit, { minLength: people.length, maxLength: people.length }),
  grants: fc.uniqueArray(fc.tuple(person, fc.constantFrom(...roles), unit), { maxLength: 8, selector: String }),
  ended: fc.boolean(),
  substitutions: fc.array(fc.tuple(pair, fc.constantFrom(null, ['appeal'], ['clue'])), { maxLength: 3 }),
  kin: fc.uniqueArray(pair, { maxLength: 2, selector: ([one, other]) => [one, other].sort().join() }),
  cases: fc.array(anyCase, { minLength: 6, maxLength: 12 }),
});
type Bureau = typeof anyBureau extends fc.Arbitrary<infer B> ? B : never;

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('lists show exactly the cases, contents, subjects and tasks that the rules grant', async () => {
  const seen = { full: 0, extract: 0, skeleton: 0, none: 0, 'no subject': 0, task: 0, 'task for another': 0 };
  await fc.assert(
    fc.asyncProperty(anyBureau, async (bureau) => {
      await rolledBack(async (tx) => {
        await store(tx, bureau);
        const cases = factsOf(bureau);
        for (const id of people) {
          const actor = await actorOfPerson(tx, PersonId.parse(id), at);
          if (actor === null) throw new Error(`${id} is gone`);
          const mine = cases.map(({ facts, glass, ...known }) => ({ ...known, facts: { ...facts, glassBroken: glass === id } }));
          expect(await listed(tx, actor)).toEqual(granted(actor, mine));
          count(seen, actor, mine);
        }
      });
    }),
    { numRuns: 50 },
  );
  // The comparison proves something only if every kind of answer occurs.
  expect(Object.values(seen).every((times) => times >= 5)).toBe(true);
}, 120_000);

/** `openTasks`: their ids, in the order of the facts. */
type Known = { number: string; facts: CaseFacts; openTasks: readonly string[] };

const bearersOf = (actor: Actor, facts: CaseFacts) => facts.openTasks.map((task) => bearerOf(actor, task, facts));

const grantedTasks = (actor: Actor, cases: readonly Known[]) =>
  cases.flatMap(({ openTasks, facts }) => openTasks.filter((_, index) => bearersOf(actor, facts)[index] !== null)).sort();

/** What is told beside a part bounds which of them are looked up, and changes nothing of what is found. */
const narrowings: Readonly<Record<string, { asked: PartsAsked; condition: Prisma.Sql; isAsked(known: Known): boolean }>> = {
  'of a process': {
    asked: { processes: ['appeal'] },
    condition: Prisma.sql`c.process = 'appeal'`,
    isAsked: ({ facts }) => facts.process === 'appeal',
  },
  'still open': { asked: { isOpen: true }, condition: Prisma.sql`c.state <> 'closed'`, isAsked: ({ number }) => !isClosed(number) },
  closed: { asked: { isOpen: false }, condition: Prisma.sql`c.state = 'closed'`, isAsked: ({ number }) => isClosed(number) },
  'opened then': {
    asked: { openedFrom: at.toISOString(), openedTo: new Date(at.getTime() + 1).toISOString() },
    condition: Prisma.sql`c.opened_at = ${at}`,
    isAsked: () => true,
  },
  'opened before': { asked: { openedTo: at.toISOString() }, condition: Prisma.sql`c.opened_at < ${at}`, isAsked: () => false },
};
/** Every third; the second of those was closed and is open again. */
const isClosed = (number: string): boolean => Number(number.slice(-6)) % 3 === 0 && !isReopened(number);
const isReopened = (number: string): boolean => Number(number.slice(-6)) === 6;

const granted = (actor: Actor, cases: readonly Known[]) => ({
  visible: numbers(cases.filter(({ facts }) => sightOf(actor, facts) !== 'none')),
  contents: numbers(cases.filter(({ facts }) => sightOf(actor, facts) === 'full')),
  found: numbers(cases.filter(({ facts }) => sightOf(actor, facts) !== 'none')),
  'contents found': numbers(cases.filter(({ facts }) => sightOf(actor, facts) === 'full')),
  ...Object.fromEntries(
    Object.entries(narrowings).map(([name, { isAsked }]) => [
      name,
      numbers(cases.filter((known) => sightOf(actor, known.facts) !== 'none' && isAsked(known))),
    ]),
  ),
  subjects: numbers(cases.filter(({ facts }) => !redactions(actor, facts).includes('subject') && sightOf(actor, facts) === 'full')),
  tasks: grantedTasks(actor, cases),
  'tasks by holder': grantedTasks(actor, cases),
});

async function listed(tx: Transaction, actor: Actor) {
  const viewing = { oversight, at };
  const where = async (condition: Prisma.Sql) => {
    const rows = await tx.$queryRaw<{ number: string }[]>`select number from "case" c where ${condition} order by number`;
    return rows.map(({ number }) => number);
  };
  const mine = await tx.$queryRaw<{ id: string }[]>`
    select t.id from task t join "case" c on c.id = t.case_id where ${myTasks(actor, oversight)} order by t.id`;
  const byHolder = tasksByHolder(actor, oversight).map(
    (held) => Prisma.sql`select t.id from task t join "case" c on c.id = t.case_id where ${held}`,
  );
  const held = await tx.$queryRaw<{ id: string }[]>`select id from (${Prisma.join(byHolder, ' union ')}) held order by id`;
  return {
    visible: await where(visibleTo(actor, viewing)),
    contents: await where(contentsVisibleTo(actor, viewing)),
    found: await where(byWays(sightingsOf(actor, viewing, units))),
    'contents found': await where(byWays(contentSightingsOf(actor, viewing, units))),
    ...Object.fromEntries(
      await Promise.all(
        Object.entries(narrowings).map(async ([name, { asked, condition }]) => [
          name,
          await where(Prisma.sql`${byWays(sightingsOf(actor, viewing, units, Prisma.sql`c.id`, asked))} and ${condition}`),
        ]),
      ),
    ),
    subjects: await where(subjectVisibleTo(actor, viewing)),
    tasks: mine.map(({ id }) => id),
    'tasks by holder': held.map(({ id }) => id),
  };
}

/** Found by the one form of each way, and having the other. */
function byWays(sightings: readonly Sighting[]): Prisma.Sql {
  const cases = sightings.map(({ processes, units: among, where, check }) => {
    const ofProcesses = processes === null ? Prisma.sql`true` : Prisma.sql`c.process = any (${[...processes]})`;
    const ofUnits = among === null ? Prisma.sql`true` : Prisma.sql`c.unit_id = any (${[...among]})`;
    return [
      Prisma.sql`select c.id from "case" c where ${ofProcesses} and ${ofUnits} and ${where}`,
      Prisma.sql`${ofProcesses} and ${ofUnits} and ${check}`,
    ] as const;
  });
  return Prisma.sql`
    c.id in (${Prisma.join(
      cases.map(([found]) => found),
      ' union ',
    )}) and (${Prisma.join(
      cases.map(([, checked]) => checked),
      ' or ',
    )})`;
}

const numbers = (cases: readonly Known[]) => cases.map(({ number }) => number).sort();

function count(seen: Record<string, number>, actor: Actor, cases: readonly Known[]): void {
  const add = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  for (const { facts } of cases) {
    const sight = sightOf(actor, facts);
    add(sight);
    if (sight === 'full' && redactions(actor, facts).includes('subject')) add('no subject');
    for (const bearer of bearersOf(actor, facts)) if (bearer !== null) add(bearer === actor.id ? 'task' : 'task for another');
  }
}

const numberOf = (index: number) => CaseNumber.parse(`SQ-2026-${String(index + 1).padStart(6, '0')}`);
const taskId = (index: number, ordinal: number) => TaskId.parse(`${numberOf(index)}.${ordinal}`);

const pathOf = (id: string) => units.find((each) => each.id === id)?.path ?? '';

const factsOf = ({ cases }: Bureau) =>
  cases.map((c, index) => {
    const openTasks = c.tasks.flatMap((task, ordinal) => (task.state === 'open' ? [{ ...task, id: taskId(index, ordinal) }] : []));
    const facts = {
      ...c,
      nameWithheld: c.name_withheld,
      state: 'open',
      stage: 'accept',
      subject: c.subject_id,
      unitPath: pathOf(c.unit_id),
      handler: null,
      openedBy: c.opened_by,
      participants: c.participants.map(([person, role]) => ({ person, role })),
      openTasks: openTasks.map((task) => ({ ...task, unit: task.unit_id, unitPath: pathOf(task.unit_id), closedBy: null })),
      isAnonymised: c.anonymised,
      overseenBy: oversight[c.process] ?? [],
      commands: {},
    } as unknown as Omit<CaseFacts, 'glassBroken'>; // plain texts for branded ids
    return { number: numberOf(index), facts, openTasks: openTasks.map(({ id }) => id), glass: c.glass?.[1] ? c.glass[0] : null };
  });

async function store(tx: Transaction, { homes, grants, ended, substitutions, kin, cases }: Bureau): Promise<void> {
  const insert = (table: string, rows: readonly object[]) =>
    tx.$executeRaw`insert into ${Prisma.raw(table)} (${Prisma.raw(Object.keys(rows[0] ?? {}).join(', '))})
      select ${Prisma.raw(Object.keys(rows[0] ?? {}).join(', '))} from jsonb_populate_recordset(null::${Prisma.raw(table)}, ${JSON.stringify(rows)}::jsonb)`;
  const put = async (table: string, rows: readonly object[]) => void (rows.length > 0 && (await insert(table, rows)));
  const ever = { starts_at: '2026-01-01T00:00:00Z', ends_at: '2027-01-01T00:00:00Z' };
  await put(
    'unit',
    units.map((row) => ({ ...row, name: row.id })),
  );
  await put(
    'person',
    people.map((id, index) => ({ id, username: id, name: id, unit_id: homes[index], category: 'officer', locale: 'zh' })),
  );
  const lastYear = { ...ever, ends_at: '2026-01-02T00:00:00Z' };
  await put(
    'role_grant',
    grants.map(([person_id, role, unit_id], index) => ({
      person_id,
      role,
      unit_id,
      acting: false,
      ...(ended && index === 0 ? lastYear : ever),
    })),
  );
  await put(
    'substitution',
    substitutions.map(([[person_id, to_id], processes]) => ({ person_id, to_id, processes, ...ever })),
  );
  await put(
    'kinship',
    kin.flatMap(([one, other]) => [
      { person_id: one, relative_id: other, kind: 'spouse' },
      { person_id: other, relative_id: one, kind: 'spouse' },
    ]),
  );
  await tx.$executeRaw`insert into policy_version (version, policy, loaded_at) values ('1', '{}', ${at})`;
  for (const [index, c] of cases.entries()) {
    const [row] = await tx.$queryRaw<{ id: bigint }[]>`
      insert into "case" (number, process, state, stage, title, data, confidentiality, name_withheld, subject_id, unit_id, opened_by, opened_at, anonymised_at, policy_version, head_seq, head_hash)
      values (${numberOf(index)}, ${c.process}, 'open', 'accept', '', '', ${c.confidentiality}, ${c.name_withheld}, ${c.subject_id}, ${c.unit_id}, ${c.opened_by}, ${at}, ${c.anonymised ? at : null}, '1', 1, '')
      returning id`;
    const case_id = Number(row?.id);
    await put(
      'participant',
      // Of every second nothing more is known, as of those that were written before.
      c.participants.map(([person_id, role], nth) => ({
        case_id,
        person_id,
        role,
        since: at,
        ...(nth % 2 === 0 ? { process: c.process, opened_at: at, ended: false } : { process: null, opened_at: null, ended: null }),
      })),
    );
    if (isClosed(numberOf(index)) || isReopened(numberOf(index)))
      await tx.$executeRaw`update "case" set state = 'closed', outcome = 'withdrawn', closed_at = ${at} where id = ${case_id}`;
    if (isReopened(numberOf(index)))
      await tx.$executeRaw`update "case" set state = 'open', outcome = null, closed_at = null where id = ${case_id}`;
    await put(
      'task',
      c.tasks.map((task, ordinal) => ({
        ...task,
        id: taskId(index, ordinal),
        case_id,
        ordinal,
        key: 'accept',
        round: 1,
        opened_at: at,
        level: 0,
        ladder: [],
        closed_at: task.state === 'open' ? null : at,
      })),
    );
    if (c.glass) {
      const until = new Date(at.getTime() + (c.glass[1] ? 60_000 : 0));
      await tx.$executeRaw`insert into break_glass (case_id, person_id, at, until) values (${case_id}, ${c.glass[0]}, ${new Date(at.getTime() - 60_000)}, ${until})`;
    }
  }
}

async function rolledBack(work: (tx: Transaction) => Promise<void>): Promise<void> {
  const undo = new Error('undo');
  const done = database.db.$transaction(
    async (tx) => {
      await work(tx);
      throw undo;
    },
    { timeout: 30_000 },
  );
  await done.catch((error: unknown) => {
    if (error !== undo) throw error;
  });
}
