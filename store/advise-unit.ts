import type { DutyAdvice } from '../domain/duty-advice.ts';
import { unitOf } from './open-task.ts';
import { resolveRole } from './resolve-role.ts';
import { type StepDraft, tell } from './step-draft.ts';

/**
 * Tells the leader of the subject's unit whether the subject is fit, or has duties to be adjusted, and nothing else: the notice belongs to no case, so that it doesn't tell that there
 * is one. @source domain.md §3.4 `mental-health`
 */
export async function adviseUnit(draft: StepDraft, advice: DutyAdvice): Promise<void> {
  const { file, step, context } = draft;
  const { subject } = file;
  if (subject === null) throw new Error(`case ${file.number} has nobody whose unit could be advised`);
  const unit = await unitOf(draft, subject);
  const { holders } = await resolveRole(context.tx, { role: 'unit-leader', unit, at: step.at, excluded: [subject] });
  for (const person of holders) draft.apart.push({ person, notice: { kind: 'duty-advice', about: subject, advice } });
  tell(draft, 'unit-advised', { advice, to: holders });
}
