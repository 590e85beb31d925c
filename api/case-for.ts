import { demand, type Facts, type Permission } from '../domain/access.ts';
import type { CaseFacts, Decision, TaskFacts } from '../domain/access-facts.ts';
import type { Actor } from '../domain/actor.ts';
import { type CaseNumber, caseOfTask, type Locale, type TaskId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { candidatesOf } from '../store/candidates.ts';
import { type CaseRecord, readCase, storedFactsOf, type TaskRecord, taskFactsOf } from '../store/case-view.ts';
import { processOf } from '../workflows/definitions.ts';
import type { ApiDeps } from './deps.ts';
import { mayDirect } from './may-direct.ts';
import { viewingAt } from './viewing.ts';
import { caseView } from './views/case.ts';

export interface Asking {
  readonly actor: Actor;
  readonly locale: Locale;
  readonly at: Date;
}

export interface FoundCase {
  readonly record: CaseRecord;
  readonly facts: CaseFacts;
}

/** A permission given. */
export type Granted = Extract<Decision, { granted: true }>;

export interface FoundTask extends FoundCase {
  readonly task: TaskRecord;
  readonly taskFacts: TaskFacts;
}

/** A case with what decides about it. @throws Problem `not-found` */
export async function findCase(deps: ApiDeps, { actor, at }: Asking, number: CaseNumber): Promise<FoundCase> {
  const record = await readCase(deps, number, { actor, viewing: viewingAt(at) });
  if (record === null) throw new Problem('not-found');
  const { overseenBy, medicalFor = [], commands } = processOf(record.process);
  return { record, facts: { ...storedFactsOf(record), overseenBy, medicalFor, commands } };
}

/** A task with its case. @throws Problem `not-found` */
export async function findTask(deps: ApiDeps, asking: Asking, id: TaskId): Promise<FoundTask> {
  const found = await findCase(deps, asking, caseOfTask(id));
  const task = found.record.tasks.find((each) => each.id === id);
  if (task === undefined) throw new Problem('not-found');
  return { ...found, task, taskFacts: taskFactsOf(task) };
}

type CasePermission = { [P in Permission]: CaseFacts extends Facts[P] ? P : never }[Permission];

/** A case that the actor may do this with. @throws Problem with the reason of the refusal */
export async function caseFor(
  deps: ApiDeps,
  asking: Asking,
  { number, permission }: { number: CaseNumber; permission: CasePermission },
): Promise<FoundCase & { decision: Granted }> {
  const found = await findCase(deps, asking, number);
  return { ...found, decision: demand(asking.actor, permission, found.facts) };
}

/** The case as the actor sees it. */
export async function viewOf(deps: ApiDeps, { actor, locale, at }: Asking, { record, facts }: FoundCase) {
  const directed = record.tasks.filter((task) => task.state === 'open' && mayDirect(actor, facts, taskFactsOf(task)));
  const candidates = await candidatesOf(
    deps.db,
    directed.map(({ id }) => id),
    at,
  );
  return caseView(record, { actor, facts, locale, now: at, candidates });
}

/** The case as it is now, after something was done to it. Whoever did it sees at least the skeleton, also where their part has ended with it. */
export async function currentView(deps: ApiDeps, asking: Asking, number: CaseNumber) {
  return viewOf(deps, asking, await findCase(deps, asking, number));
}
