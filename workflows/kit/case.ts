import { patched } from '@temporalio/workflow';
import type { z } from 'zod';
import type { LeaveAct, LeaveStanding } from '../../domain/annual-leave.ts';
import type { Tier } from '../../domain/checkpoints.ts';
import type { Duration } from '../../domain/duration.ts';
import type { DutyAdvice } from '../../domain/duty-advice.ts';
import type { RestrictionKind } from '../../domain/eligibility.ts';
import type { CaseNumber, Instant, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import type { Inquiry } from '../../domain/investigation.ts';
import type { Coverage } from '../../domain/round-item.ts';
import type { NewsOfCase, NoticeTarget, ParticipantRole, Restricting, Term } from '../../domain/step.ts';
import { askCoverage, askLeave } from './ask.ts';
import { cancelTasks } from './cancel.ts';
import { commonOutcomes, type FormOf, itemRules, type ProcessDefinition } from './define.ts';
import type { Decision } from './fields.ts';
import { type Heard, type Hearing, openHearing } from './hearing.ts';
import { openTask, openWait } from './open.ts';
import { openPanel, type PanelOptions, type PanelOutcome } from './panel.ts';
import { type Closed, lineOf, type Run, type TaskBooking, type TaskEnd } from './run.ts';
import { openService, type Served, type Serving } from './serve.ts';

export interface TaskOptions {
  /** The person who is to do it; without one, whoever holds the task's role in the case's unit or the nearest above. */
  readonly assignee?: PersonId;
  readonly unit?: UnitId;
  /** Looks for the role in this person's unit, not the case's. */
  readonly leaderOf?: PersonId;
  /** Looks for the role in the superior unit. */
  readonly above?: boolean;
  /** Which of several lines of tasks of the same key it belongs to, such as the person whom each line is about: rounds, dates kept and who did it are those of the line. */
  readonly series?: string;
  /** Whom it decides about, where the case is about several; its subject unless stated. */
  readonly about?: PersonId | readonly PersonId[];
  /** Which of the case's two investigations it belongs to; that of its definition unless stated. */
  readonly duty?: Inquiry;
  /** Who did an earlier step and may not do this one. */
  readonly notBy?: readonly PersonId[];
  /** Which of the task's limits in the policy applies: a tier, a priority. */
  readonly limit?: string;
  /** From when its limit runs, where that is not now: a remedy's from the service of what it is against. */
  readonly since?: Instant;
  /** A date that the case itself sets, instead of a limit. */
  readonly dueAt?: Instant;
  /** What was left of the time of the task's last round goes on: only the asking of facts lay between. */
  readonly resumes?: boolean;
  /** The date of the task's last round stands, extensions included: what lay between counts. */
  readonly keepsDate?: boolean;
  /** Days of the tier among which the first that is still to come is the task's date, instead of those that its definition names. */
  readonly checkpoints?: readonly Tier[];
  /** What whoever does the task needs to see beside the form. */
  readonly context?: unknown;
  /** What the ledger books with its completion, where the form's `finding` says so. */
  readonly books?: TaskBooking;
  /** The key of the done task that this one judges; its author may recall it while nobody has taken this one up. */
  readonly judges?: string;
}

export type TaskKey<D extends ProcessDefinition> = keyof D['tasks'] & string;
/** Keys of the tasks whose form is the common decision: 同意, 退回, 不同意. */
export type DecisionKey<D extends ProcessDefinition> = { [K in TaskKey<D>]: Decision extends FormOf<D, K> ? K : never }[TaskKey<D>];
/** Tasks that are a seat of a panel. */
export type SeatKey<D extends ProcessDefinition> = {
  [K in DecisionKey<D>]: D['tasks'][K] extends { seat: true } ? K : never;
}[DecisionKey<D>];

/** What a procedure may do with its case. Everything it changes in one go is written as one step. */
export interface Case<D extends ProcessDefinition> {
  readonly number: CaseNumber;
  readonly intake: z.output<ReturnType<D['intake']>>;
  readonly subject: PersonId | null;
  readonly unit: UnitId;
  readonly handler: PersonId | null;
  /** Who started the case; whose directive it is. @throws Error for a round, which the bureau itself opens */
  readonly openedBy: PersonId;
  /** The case whose decision opened this one. */
  readonly spawnedBy: CaseNumber | null;
  /** True in the run that a reopening started. */
  readonly reopened: boolean;
  /** The instant of the step in hand. */
  readonly at: Instant;
  /** Opens a task and waits for the one valid submission that completes it. */
  task<K extends TaskKey<D>>(key: K, options?: TaskOptions): Promise<FormOf<D, K>>;
  /** The same for a task that ends at its limit. */
  taskOrLapse<K extends TaskKey<D>>(key: K, options?: TaskOptions): Promise<FormOf<D, K> | 'lapsed'>;
  /** The same for the judgement of a draft, which its author may take back. */
  judgement<K extends TaskKey<D>>(key: K, options: TaskOptions & { readonly judges: TaskKey<D> }): Promise<FormOf<D, K> | 'recalled'>;
  /** 会签: several decide by a rule, see panel.ts. */
  panel(options: PanelOptions<SeatKey<D>>): Promise<PanelOutcome>;
  /** 送达: a document on a person, see serve.ts. @returns how, and since when it is served */
  serve(serving: Serving): Promise<Served>;
  /** Who completed the task last, and for whom. @throws Error if nobody has */
  doneBy(key: TaskKey<D>, series?: string): readonly [PersonId, ...PersonId[]];
  /** Whether anybody has. */
  hasDone(key: TaskKey<D>, series?: string): boolean;
  /** The day of the tier that the last task of that key was for. @throws Error if there was none */
  checkpointOf(key: TaskKey<D>): Tier;
  /** Whether a no-retaliation mark protected the subject when the adverse task of that key was opened: it takes a second approval then. */
  protectedAt(key: TaskKey<D>): boolean;
  /** Several lines of work at once; ends when all have. */
  branches<B extends Record<string, () => Promise<unknown>>>(branches: B): Promise<{ [K in keyof B]: Awaited<ReturnType<B[K]>> }>;
  /** Waits for a time to pass, which may be a setting of the policy and counts from now unless `since` says from when, or for another case to close. */
  wait(
    key: string,
    until?: {
      readonly limit?: Duration;
      readonly setting?: string;
      readonly since?: Instant;
      readonly until?: Instant;
      readonly on?: CaseNumber;
    },
  ): Promise<void>;
  /** Whether a task of that key is open. */
  isOpen(key: TaskKey<D>): boolean;
  /** Ends open tasks and waits of these keys; whoever awaits one waits for ever. */
  cancel(reason: string, ...keys: readonly string[]): void;
  stage(stage: keyof D['stages'] & string): void;
  handledBy(person: PersonId): void;
  participant(person: PersonId, role: ParticipantRole): void;
  event(type: string, data?: unknown): void;
  notify(to: NoticeTarget, notice: string): void;
  /** Opens another case, linked both ways, in the same transaction as the rest of the step. */
  spawn(
    process: string,
    spawned: {
      readonly relation: string;
      readonly data: unknown;
      readonly subject?: PersonId | null;
      readonly unit?: UnitId;
      /** In the bureau's own unit, where that of this case would tell who raised it. */
      readonly atBureau?: true;
    },
  ): Promise<CaseNumber>;
  /** Limits a right of the subject from now on, or moves the end of such a limit. @returns its dates, as they stand in the record */
  restrict(restricting: Restricting): Promise<Term>;
  /** Ends the limit at once. */
  lift(restriction: RestrictionKind, person?: PersonId): void;
  /** 听取意见: see hearing.ts. */
  hear(hearing: Hearing): Promise<Heard>;
  /** Lets another case know what became of a matter here, in the same step; a closed one can be told too. */
  tellCase(number: CaseNumber, news: NewsOfCase): void;
  /** Completes another case's task with what was found out here. One that is no longer open stays as it is. */
  answerTask(task: TaskId, data: unknown): void;
  /** The same for the open task of that key in another case, if there is one. */
  answerOpen(number: CaseNumber, key: string, data: unknown): void;
  /** Which of these tasks of other cases are still open. */
  stillOpen(tasks: readonly TaskId[]): Promise<readonly TaskId[]>;
  /** Puts everyone whom the round covers on its list, see store/round-items.ts. They are followed up there; the workflow hears no more of them until it asks. */
  cover(options?: Pick<TaskOptions, 'limit'>): Promise<Coverage>;
  /** How far the round has come. */
  coverage(): Promise<Coverage>;
  /** Changes or reads the subject's account of annual leave. @returns how it stands then */
  leave(act: LeaveAct): Promise<LeaveStanding>;
  /** Tells the subject's unit whether duties should be adjusted, and nothing of the case. */
  adviseUnit(advice: DutyAdvice): void;
  /** A fact about the appellants that begins now and ends by itself. @param setting name of the policy's setting that says how long it lasts */
  mark(kind: string, setting: string): void;
  close(outcome: D['outcomes'][number], data?: unknown): Closed;
  /** Temporal's `patched`, which also holds across the runs of a long case. */
  patched(change: string): boolean;
}

export function caseOf<D extends ProcessDefinition>(run: Run, _definition: D): Case<D> {
  const generation = run.generation;
  const never = new Promise<never>(() => undefined);
  const ended = (key: TaskKey<D>, options: TaskOptions, lapses: boolean): Promise<TaskEnd> =>
    generation === run.generation && !run.closed ? new Promise((settle) => openTask(run, { key, options, lapses, settle })) : never;
  const form = <K extends TaskKey<D>>(end: TaskEnd & { how: 'done' }) => end.data as FormOf<D, K>;

  return {
    number: run.input.number,
    get intake() {
      return run.intake as z.output<ReturnType<D['intake']>>;
    },
    subject: run.input.subject,
    get openedBy() {
      if (run.input.openedBy === null) throw new Error(`${run.input.number} was opened by nobody in person`);
      return run.input.openedBy;
    },
    spawnedBy: run.input.spawnedBy ?? null,
    reopened: run.input.run > 1,
    get at() {
      return run.at;
    },
    get unit() {
      return run.unit;
    },
    get handler() {
      return run.handler;
    },
    task: async (key, options = {}) => {
      const end = await ended(key, options, false);
      return end.how === 'done' ? form<typeof key>(end) : never;
    },
    taskOrLapse: async (key, options = {}) => {
      const end = await ended(key, options, true);
      return end.how === 'done' ? form<typeof key>(end) : 'lapsed';
    },
    judgement: async (key, options) => {
      const end = await ended(key, options, false);
      return end.how === 'done' ? form<typeof key>(end) : 'recalled';
    },
    panel: (options) => (generation === run.generation && !run.closed ? new Promise((settle) => openPanel(run, options, settle)) : never),
    serve: (serving) => (generation === run.generation && !run.closed ? new Promise((settle) => openService(run, serving, settle)) : never),
    doneBy: (key, series) => {
      const [first, ...others] = run.doneBy.get(lineOf(key, series)) ?? [];
      if (first === undefined) throw new Error(`nobody has done ${key} yet`);
      return [first, ...others];
    },
    hasDone: (key, series) => run.doneBy.has(lineOf(key, series)),
    checkpointOf: (key) => {
      const day = run.checkpoints.get(key);
      if (day === undefined) throw new Error(`${key} was for no checkpoint`);
      return day;
    },
    protectedAt: (key) => run.protecting.has(key),
    branches: async (branches) => {
      const results = await Promise.all(Object.entries(branches).map(async ([name, branch]) => [name, await branch()] as const));
      return Object.fromEntries(results) as Awaited<ReturnType<Case<D>['branches']>> as never;
    },
    isOpen: (key) => [...run.tasks.values()].some((task) => task.key === key),
    cancel: (reason, ...keys) => cancelTasks(run, reason, keys),
    restrict: (restricting) => {
      run.changes.push({ kind: 'restrict', ...restricting });
      return new Promise((resolve, reject) =>
        run.asking.push(({ restrictions }) => {
          const { restriction, person } = restricting;
          const term = restrictions?.[person === undefined ? restriction : `${restriction} ${person}`];
          return term ? resolve(term) : reject(new Error(`${restricting.restriction} was not recorded`));
        }),
      );
    },
    lift: (restriction, person) => void run.changes.push({ kind: 'lift', restriction, ...(person && { person }) }),
    hear: (hearing) => (generation === run.generation && !run.closed ? new Promise((settle) => openHearing(run, hearing, settle)) : never),
    wait: (key, until = {}) => new Promise((settle) => openWait(run, key, until, settle)),
    stage: (stage) => {
      run.stage = stage;
      run.changes.push({ kind: 'stage', stage });
    },
    handledBy: (person) => {
      run.handler = person;
      run.changes.push({ kind: 'handler', person });
    },
    participant: (person, role) => void run.changes.push({ kind: 'participant', person, role }),
    event: (type, data) => void run.changes.push({ kind: 'event', type, data }),
    notify: (to, notice) => void run.changes.push({ kind: 'notify', to, notice }),
    spawn: (process, { relation, data, subject = null, unit, atBureau }) => {
      run.changes.push({ kind: 'spawn', process, data, relation, subject, ...(unit ? { unit } : {}), ...(atBureau ? { atBureau } : {}) });
      const index = run.changes.filter((change) => change.kind === 'spawn').length - 1;
      return new Promise((resolve, reject) =>
        run.asking.push(({ spawned }) => (spawned[index] ? resolve(spawned[index]) : reject(new Error(`${process} was not opened`)))),
      );
    },
    tellCase: (number, news) => void run.changes.push({ kind: 'tell-case', case: number, ...news }),
    answerTask: (task, data) => void run.changes.push({ kind: 'answer-task', task, data }),
    answerOpen: (number, key, data) => void run.changes.push({ kind: 'answer-open', case: number, key, data }),
    stillOpen: (tasks) => {
      run.changes.push({ kind: 'ask-open', tasks });
      return new Promise((resolve) => run.asking.push(({ open = [] }) => resolve(tasks.filter((task) => open.includes(task)))));
    },
    cover: (options = {}) => {
      run.changes.push({ kind: 'cover', items: itemRules(run.definition), ...options });
      return askCoverage(run);
    },
    coverage: () => {
      run.changes.push({ kind: 'ask-coverage' });
      return askCoverage(run);
    },
    leave: (act) => {
      run.changes.push({ kind: 'leave', ...act });
      return askLeave(run);
    },
    adviseUnit: (advice) => void run.changes.push({ kind: 'advise-unit', advice }),
    mark: (mark, setting) => void run.changes.push({ kind: 'mark', mark, setting }),
    close: (outcome, data) => closeRun(run, outcome, data),
    patched: (change) => {
      if (run.patches.has(change)) return true;
      const isPatched = !run.replaysJournal && patched(change);
      if (isPatched) run.patches.add(change);
      return isPatched;
    },
  };
}

/** Ends what is still open and closes the case, all in the step in hand. */
export function closeRun(run: Run, outcome: string, data?: unknown): Closed {
  cancelOpenTasks(run, outcome);
  run.closed = { outcome };
  if (run.definition.items) run.changes.push({ kind: 'end-items', as: Object.hasOwn(commonOutcomes, outcome) ? 'cancelled' : 'missed' });
  const seals = run.definition.sealedBy?.includes(outcome);
  run.changes.push({ kind: 'close', outcome, ...(data === undefined ? {} : { data }), ...(seals ? { seals } : {}) });
  return run.closed;
}

export function cancelOpenTasks(run: Run, reason: string): void {
  for (const task of run.tasks.keys()) run.changes.push({ kind: 'cancel-task', task, reason });
  run.tasks.clear();
  for (const id of run.waits.keys()) run.changes.push({ kind: 'end-wait', id });
  run.waits.clear();
  run.panels.clear();
  // Or whatever opens next would stand still for ever.
  if (run.suspension !== null) run.changes.push({ kind: 'end-suspension' });
  run.suspension = null;
}
