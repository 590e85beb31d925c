import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection, type Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createActivities } from '../activities/all.ts';
import { type Engine, engineOf } from '../api/engine.ts';
import { openStarter, type Starter } from '../api/starter.ts';
import { plainDateOf } from '../domain/calendar.ts';
import type { Duration } from '../domain/duration.ts';
import { plainMs } from '../domain/duration.ts';
import type { CaseNumber, Instant, PersonId, PlainDate, TaskId } from '../domain/ids.ts';
import { zoneClock } from '../domain/time-zone.ts';
import { createLogger } from '../platform/log.ts';
import { createWorker } from '../platform/temporal-worker.ts';
import { buildBundle } from '../platform/workflow-bundle.ts';
import { accept } from '../store/accept.ts';
import type { Bureau } from '../store/bureau.ts';
import { openBureau } from '../store/open-bureau.ts';
import { startInput } from '../store/start-input.ts';
import { note } from '../store/steps.ts';
import { processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { schemaOf } from '../workflows/kit/define.ts';
import type { LiveState } from '../workflows/kit/procedure.ts';
import type { Action } from '../workflows/kit/submission.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { testRing } from './key-ring.ts';
import { insertPeople, type TestPerson } from './people.ts';
import { testService } from './service.ts';
import { skipTo } from './skip.ts';
import { startTimeSkipping } from './time-skipping.ts';
import { until } from './until.ts';

export { until } from './until.ts';

/** A bureau for workflow tests: the time-skipping server, the real activities, a database of its own. Who may do what is not asked here; that is the API's. */
export interface TestBureau {
  readonly bureau: Bureau;
  readonly databaseUrl: string;
  readonly client: Client;
  start(process: string, by: TestPerson, data: unknown, options?: StartOptions): Promise<TestCase>;
  /** A case that another one opened. */
  caseOf(number: CaseNumber): TestCase;
  /** Ends the workflow of an open case as an accident would, and starts it anew. */
  loseWorkflow(number: CaseNumber, options?: Pick<StartOptions, 'longHistory'>): Promise<void>;
  /** Opens a closed case again, and starts its next workflow. */
  reopen(number: CaseNumber, options?: Pick<StartOptions, 'longHistory'>): Promise<void>;
  skip(duration: Duration): Promise<void>;
  now(): Promise<Instant>;
  /** The bureau's day, not that of UTC. */
  today(): Promise<PlainDate>;
  close(): Promise<void>;
}

export interface StartOptions {
  /** See CaseInput. */
  readonly longHistory?: number;
  /** False for a case as release 0.1 started it, with timers of its own. */
  readonly bell?: false;
  /** The unit that the case is for; that of whoever starts it unless stated. */
  readonly unit?: string;
  /** Null for a case about nobody, such as a directive. */
  readonly subject?: TestPerson | null;
}

export interface TestCase {
  readonly number: CaseNumber;
  /** Completes the open task of that key. */
  complete(key: string, by: TestPerson, data: unknown): Promise<void>;
  submit(by: TestPerson, action: Action, key?: string): Promise<void>;
  /** The open task of that key. @throws Error if there is none or more than one */
  open(key: string): Promise<TestTask>;
  tasks(): Promise<TestTask[]>;
  row(): Promise<{ state: string; stage: string; outcome: string | null; unit: string; handler: string | null; level: number }>;
  /** Types of its events, in order. */
  events(): Promise<string[]>;
  recorded(): Promise<{ type: string; at: Date; actor: string | null }[]>;
  live(): Promise<LiveState>;
  /** The workflow's history, in events. */
  historyLength(): Promise<number>;
  participants(role: string): Promise<string[]>;
  /** Kinds of the notices that a person got about the case. */
  notices(person: TestPerson): Promise<string[]>;
  links(): Promise<{ relation: string; number: CaseNumber; process: string }[]>;
  /** Waits until the record shows this stage, and no longer than ten seconds. */
  until(stage: string): Promise<void>;
}

export interface TestTask {
  readonly id: TaskId;
  readonly key: string;
  readonly state: string;
  readonly assignee: string | null;
  readonly role: string;
  readonly unit: string;
  readonly excluded: string[];
  readonly dueAt: Date | null;
  readonly pausedAt: Date | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly level: number;
  readonly ladder: { at: string; kind: string; to: string; firedAt: string | null }[];
}

const published = fileURLToPath(new URL('./fixtures/published.yaml', import.meta.url));
const silent = createLogger('test', new Writable({ write: (_chunk, _encoding, done) => done() }));

/**
 * @param options.workflows path of other procedures than the bureau's, under the same definitions
 * @param options.overlay path of a policy to be laid over the shipped one, instead of one that has the calendar of all years published
 */
export async function testBureau({ workflows, overlay = published }: { workflows?: string; overlay?: string } = {}): Promise<TestBureau> {
  const bundle =
    workflows === undefined ? testService('bundle').then((codePath) => ({ codePath })) : buildBundle(workflows).then((code) => ({ code }));
  const [database, env, built] = await Promise.all([freshDatabase(), startTimeSkipping(), bundle]);
  await insertPeople(database.db);
  const bureau = await openBureau(database.db, testRing, { demo: true, overlay });
  const engine = engineOf(env.client, false);
  const starter = openStarter(bureau, engine, silent);
  const worker = await runWorker(env, bureau, starter, built);
  return {
    bureau,
    databaseUrl: database.url,
    client: env.client,
    now: async () => new Date(await env.currentTimeMs()).toISOString() as Instant,
    today: async () => plainDateOf(zoneClock('Asia/Shanghai').dayNumberAt(await env.currentTimeMs())),
    caseOf: (number) => testCase({ database, engine, client: env.client }, number),
    loseWorkflow: async (number, options = {}) => {
      const workflow = env.client.workflow.getHandle(number);
      // The time-skipping server never skips again once a workflow was terminated in the middle of a task.
      await until(() => isAtRest(workflow), `${number} did not come to rest`);
      await workflow.terminate('lost');
      await engine.start({ ...(await startInput(bureau, number)), ...options });
    },
    reopen: async (number, options = {}) => {
      await until(() => hasEnded(env.client.workflow.getHandle(number)), `${number} did not end`);
      const at = new Date(await env.currentTimeMs());
      const by = 'supervisor-1' as string as PersonId;
      const changes = [{ kind: 'reopen', reason: '情况有变' } as const];
      await note(bureau, { case: number, cause: `${by}:${randomUUID()}`, at, by, for: null, bodyHash: 'test', changes });
      await engine.start({ ...(await startInput(bureau, number)), ...options });
    },
    skip: async (duration) =>
      skipTo(env, { bureau, temporal: env.client, startSoon: starter.startSoon }, (await env.currentTimeMs()) + plainMs(duration)),
    start: async (process, by, data, { unit, subject = by, ...options } = {}) => {
      const number = await acceptCase(bureau, env, { process, by, data, subject, ...(unit ? { unit } : {}) });
      if (options.bell === false) await withOwnTimers(bureau, number);
      await engine.start({ ...(await startInput(bureau, number)), ...options });
      await until(async () => (await firstSteps(bureau, number)) > 0, `${number} did not take its first step`);
      return testCase({ database, engine, client: env.client }, number);
    },
    close: async () => {
      await starter.stop();
      await worker.stop();
      await env.teardown();
      await database.drop();
    },
  };
}

async function runWorker(env: TestWorkflowEnvironment, bureau: Bureau, starter: Starter, bundle: WorkflowBundleOption) {
  const connection = await NativeConnection.connect({ address: env.address });
  const stopping = new AbortController().signal;
  const activities = createActivities({ bureau, temporal: env.client, log: silent, channels: {}, startSoon: starter.startSoon, stopping });
  const worker: Worker = await createWorker({
    connection,
    namespace: env.client.options.namespace,
    ring: testRing,
    activities,
    bundle,
  });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

async function acceptCase(
  bureau: Bureau,
  env: TestWorkflowEnvironment,
  { process, by, data, subject, unit }: { process: string; by: TestPerson; data: unknown; subject: TestPerson | null; unit?: string },
) {
  const definition = processOf(process);
  const { unitId } = await bureau.db.person.findUniqueOrThrow({ where: { id: by } });
  const intake = schemaOf(definition.intake).parse(data);
  const acceptance = acceptanceOf(definition, { data: intake, subject, unit: unit ?? unitId, by });
  const at = new Date(await env.currentTimeMs()).toISOString() as Instant;
  const [accepted] = await accept(bureau, [{ acceptance, key: randomUUID(), bodyHash: 'test', at, engineUp: true }]);
  if (!accepted) throw new Error('not accepted');
  return accepted.number;
}

async function isAtRest(workflow: WorkflowHandle): Promise<boolean> {
  const last = (await workflow.fetchHistory()).events?.at(-1);
  return !last?.workflowTaskScheduledEventAttributes && !last?.workflowTaskStartedEventAttributes;
}

const hasEnded = async (workflow: WorkflowHandle): Promise<boolean> => (await workflow.describe()).status.name !== 'RUNNING';

async function withOwnTimers({ db }: Bureau, number: CaseNumber): Promise<void> {
  await db.$executeRaw`update task set ring_at = null, wake_at = null where id like ${`${number}.%`}`;
  await db.$executeRaw`update "case" set bell = false where number = ${number}`;
}

const firstSteps = ({ db }: Bureau, number: CaseNumber) =>
  db.$executeRaw`select from case_step s join "case" c on c.id = s.case_id where c.number = ${number} and s.cause = 'start'`;

interface Services {
  readonly database: TestDatabase;
  readonly engine: Engine;
  readonly client: Client;
}

function testCase({ database: { db }, engine, client }: Services, number: CaseNumber): TestCase {
  const tasks = () => db.$queryRaw<TestTask[]>`
    select t.id, t.key, t.state, t.assignee, t.role, t.unit_id as unit, t.excluded, t.due_at as "dueAt", t.paused_at as "pausedAt", t.closed_at as "closedAt", t.closed_by as "closedBy", t.level, t.ladder
      from task t join "case" c on c.id = t.case_id where c.number = ${number} order by t.ordinal`;
  const open = async (key: string) => {
    const found = (await tasks()).filter((task) => task.key === key && task.state === 'open');
    if (found.length !== 1 || !found[0])
      throw new Error(`${number} has ${found.length} open tasks ${key}: ${(await tasks()).map((task) => `${task.key} ${task.state}`)}`);
    return found[0];
  };
  const row: TestCase['row'] = async () => {
    const [found] = await db.$queryRaw<[Awaited<ReturnType<TestCase['row']>>]>`
      select state, stage, outcome, unit_id as unit, handler_id as handler, level from "case" where number = ${number}`;
    return found;
  };
  const recorded: TestCase['recorded'] = () => db.$queryRaw`
    select e.type, e.at, e.actor from event e join "case" c on c.id = e.case_id where c.number = ${number} order by e.seq`;
  const submit: TestCase['submit'] = async (by, action, key = randomUUID()) => {
    const begun = { id: `${by}:${key}`, input: () => Promise.reject(new Error('the case has not begun')) };
    await engine.submit(number, { ...action, by: by as string as PersonId, bodyHash: 'test' }, begun);
  };
  return {
    number,
    tasks,
    open,
    row,
    submit,
    complete: async (key, by, data) => submit(by, { action: 'complete', task: (await open(key)).id, data }),
    recorded,
    events: async () => (await recorded()).map(({ type }) => type),
    live: () => client.workflow.getHandle(number).query<LiveState>('state'),
    historyLength: async () => (await client.workflow.getHandle(number).describe()).historyLength,
    participants: async (role) => {
      const rows = await db.$queryRaw<{ person: string }[]>`
        select person_id as person from participant p join "case" c on c.id = p.case_id where c.number = ${number} and p.role = ${role} order by 1`;
      return rows.map(({ person }) => person);
    },
    notices: async (person) => {
      const rows = await db.$queryRaw<{ kind: string }[]>`
        select kind from notice n join "case" c on c.id = n.case_id where c.number = ${number} and n.person_id = ${person} order by n.id`;
      return rows.map(({ kind }) => kind);
    },
    links: () => db.$queryRaw`
      select l.relation, o.number, o.process from case_link l join "case" c on c.id = l.case_id join "case" o on o.id = l.other_id
       where c.number = ${number} order by o.number`,
    until: (stage) => until(async () => (await row()).stage === stage, `${number} did not come to ${stage}`),
  };
}
