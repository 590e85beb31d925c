import { placedWithin } from '../domain/care-team.ts';
import type { PersonId, TaskId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { roleIds } from '../domain/roles.ts';
import { addParticipant, openTasks, type TaskRow } from './case-file.ts';
import { resolveRole } from './resolve-role.ts';
import { actor, openTaskOf, type StepDraft, tell } from './step-draft.ts';

/** Takes a task that a role has in common. The first one gets it; whoever is second is told so. */
export function claim(draft: StepDraft, id: TaskId): void {
  const task = openTaskOf(draft, id);
  const person = draft.step.for ?? actor(draft);
  if (task.claimedAt !== null && task.assignee !== person) throw new Problem('already-taken-up');
  Object.assign(task, { assignee: person, claimedAt: draft.step.at, isChanged: true });
  tell(draft, 'claimed', undefined, id);
}

/** 转办: hands an open task to another person, who must be free to do it. */
export function reassign(draft: StepDraft, id: TaskId, to: PersonId, reason: string): void {
  const task = openTaskOf(draft, id);
  if (task.excluded.includes(to)) throw new Problem('recused');
  const from = task.assignee;
  Object.assign(task, { assignee: to, claimedAt: null, isChanged: true });
  tell(draft, 'reassigned', { from, to, reason }, id);
  draft.notices.push({ file: draft.file, person: to, task: id, kind: 'reassigned' });
}

/** 回避: the person takes no further part; what the person held goes back to the role, or to the nearest one above, or to whom it falls when nobody free has the role. */
export async function recuse(draft: StepDraft, person: PersonId, reason: string): Promise<void> {
  addParticipant(draft.file, person, 'recused');
  tell(draft, 'recused', { person, reason });
  await standAside(draft, person);
  if (draft.file.handler === person) draft.file.handler = null;
}

/** What the person has of the case's open tasks, or could have, is others' from now on. */
export async function standAside(draft: StepDraft, person: PersonId): Promise<void> {
  for (const task of openTasks(draft.file)) {
    if (task.role === 'subject' || task.excluded.includes(person)) continue;
    task.excluded = [...task.excluded, person].sort();
    task.isChanged = true;
    await giveBack(draft, task, person);
  }
}

async function giveBack(draft: StepDraft, task: TaskRow, person: PersonId): Promise<void> {
  const role = roleIds.find((id) => id === task.role);
  if (!role || (task.assignee !== null && task.assignee !== person)) return;
  const found = await resolveRole(draft.context.tx, {
    ...placedWithin(draft.file.process, role),
    unit: task.unit,
    at: draft.step.at,
    excluded: task.excluded,
    above: false,
  });
  if (task.assignee === null && found.role === task.role && found.unit === task.unit) return; // colleagues still have it
  Object.assign(task, { assignee: null, claimedAt: null, role: found.role, unit: found.unit });
  for (const holder of found.holders) draft.notices.push({ file: draft.file, person: holder, task: task.id, kind: 'task-opened' });
  tell(draft, 'task-given-back', { from: person }, task.id);
}
