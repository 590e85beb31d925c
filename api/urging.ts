import type { CaseNumber } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Change } from '../domain/step.ts';
import { mayUrgeAgain } from '../domain/urging.ts';
import type { CaseRecord } from '../store/case-view.ts';
import { lastUrgedAt } from '../store/urges.ts';
import type { Plan } from './act.ts';
import { type Asking, caseFor } from './case-for.ts';
import type { ApiDeps } from './deps.ts';

/** 催办. @throws Problem with the reason of the refusal; `too-often` on the same working day */
export async function urging(deps: ApiDeps, asking: Asking, { number, text }: { number: CaseNumber; text: string }): Promise<Plan> {
  const { record, decision } = await caseFor(deps, asking, { number, permission: 'case.urge' });
  const { calendar, policy } = deps.policies.current;
  const last = await lastUrgedAt(deps.db, number, asking.actor.id);
  const now = asking.at.getTime();
  if (last !== null && !mayUrgeAgain({ last: last.getTime(), now, calendar, timeScale: policy.timeScale })) throw new Problem('too-often');
  return { number, decision, changes: [{ kind: 'event', type: 'urged', data: { text } }, ...tellWhoHasIt(record)] };
}

/** Whoever has an open task, or the role that has it in common, and who stands in for them. */
const tellWhoHasIt = ({ tasks }: CaseRecord): Change[] =>
  tasks.filter(({ state }) => state === 'open').map(({ id }) => ({ kind: 'notify', to: { bearersOf: id }, notice: 'urged', task: id }));
