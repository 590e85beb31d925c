import type { Instant, PersonId, TaskId } from '../domain/ids.ts';
import { type Role, roleIds } from '../domain/roles.ts';
import { addParticipant, appendEvent, type TaskRow } from './case-file.ts';
import { resolveRole } from './resolve-role.ts';
import { type StepDraft, taskOf } from './step-draft.ts';

/** A rung of a task's ladder: its people are told, and from an escalation on they take part in the case. Its time is the instant at which it was due. */
export async function climb(draft: StepDraft, id: TaskId, index: number, at: Instant): Promise<void> {
  const { file, context } = draft;
  const task = taskOf(draft, id);
  const rung = task.ladder[index];
  if (!rung || task.state !== 'open' || rung.firedAt !== null) throw new Error(`rung ${index} of ${id} was not left to climb`);
  const told = await receivers(draft, task, rung.to, at);
  task.ladder[index] = { ...rung, firedAt: at };
  task.level = Math.max(task.level, rung.level);
  task.isChanged = true;
  appendEvent(file, context.ring, { at: rung.at, type: rung.kind, task: id, data: { to: told, level: rung.level } });
  for (const person of told) {
    draft.notices.push({ file, person, task: id, kind: rung.kind });
    if (rung.level > 0) addParticipant(file, person, 'informed');
  }
}

/** Roles are resolved when the rung fires, not when the task opens: the leader may have changed in between (domain.md §2). */
async function receivers(draft: StepDraft, task: TaskRow, to: string, at: Instant): Promise<readonly PersonId[]> {
  const bearers = await bearersOf(draft, task, at);
  if (to === 'assignee') return bearers;
  // A leader who has the task is not told of the own delay; the next one above is.
  return holdersOf(draft, task, to === 'inspection' ? 'inspector' : to, at, [...task.excluded, ...bearers]);
}

/** Who has the task: the person it was given to, or whoever holds its role. */
export const bearersOf = async (draft: StepDraft, task: TaskRow, at: Instant): Promise<readonly PersonId[]> =>
  task.assignee ? [task.assignee] : holdersOf(draft, task, task.role, at, task.excluded);

async function holdersOf(draft: StepDraft, task: TaskRow, role: string, at: Instant, excluded: PersonId[]): Promise<readonly PersonId[]> {
  const known = roleIds.find((id): id is Role => id === role);
  if (!known) throw new Error(`nobody can hold ${role}`);
  const { holders } = await resolveRole(draft.context.tx, { role: known, unit: task.unit, at, excluded, above: false });
  return holders;
}
