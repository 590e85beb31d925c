import type { Instant, TaskId } from '../domain/ids.ts';
import { nextRepeat } from '../domain/ladder.ts';
import { addParticipant, appendEvent, type LadderRow, openTasks, type TaskRow } from './case-file.ts';
import { receiversOf } from './rung-receivers.ts';
import { type StepDraft, taskOf } from './step-draft.ts';
import { ringsOf } from './task-rings.ts';

/** A rung of a task's ladder: its people are told, and from an escalation on they take part in the case. Its time is the instant at which it was due. */
export async function climb(draft: StepDraft, id: TaskId, index: number, at: Instant): Promise<void> {
  const { file, context } = draft;
  const task = taskOf(draft, id);
  const rung = task.ladder[index];
  if (!rung || task.state !== 'open' || rung.firedAt !== null) throw new Error(`rung ${index} of ${id} was not left to climb`);
  const { people: to, ...how } = await receiversOf(draft, task, rung.to, at);
  task.ladder = climbed(task.ladder, index, { at, timeScale: file.policy.policy.timeScale });
  task.level = Math.max(task.level, rung.level);
  task.isChanged = true;
  draft.fired.push({ kind: rung.kind, at: rung.at, urgent: task.urgent });
  appendEvent(file, context.ring, { at: rung.at, type: rung.kind, task: id, data: { to, level: rung.level, ...how } });
  for (const person of to) {
    draft.notices.push({ file, person, task: id, kind: rung.kind });
    if (rung.level > 0) addParticipant(file, person, 'informed');
  }
}

/** The ladder after a rung has fired. One that repeats stands there again, once as it fired last and once as it comes next: the record has all of them, the row would grow by them. */
function climbed(ladder: readonly LadderRow[], index: number, { at, timeScale }: { at: Instant; timeScale: number }): LadderRow[] {
  const rung = ladder[index];
  if (rung === undefined) throw new Error(`there is no rung ${index}`);
  const fired = { ...rung, firedAt: at };
  const { repeats } = rung;
  if (repeats === undefined) return ladder.with(index, fired);
  const others = ladder.filter((each, nth) => nth !== index && each.repeats === undefined);
  return [...others, fired, { ...rung, at: nextRepeat({ at: rung.at, repeats }, at, timeScale) }];
}

/** Climbs the rungs that only tell and were due by `until`, in the order of their instants over all open tasks of the case. */
export async function climbDue(draft: StepDraft, until: Instant): Promise<void> {
  for (let task = nextDue(draft, until); task !== null; task = nextDue(draft, until)) {
    const index = task.ladder.findIndex(({ firedAt }) => firedAt === null);
    await climb(draft, task.id, index, draft.step.at);
  }
}

function nextDue({ file }: StepDraft, until: Instant): TaskRow | null {
  const due = openTasks(file).flatMap((task) => {
    const { ringAt } = ringsOf(file, task);
    return ringAt !== null && Date.parse(ringAt) <= Date.parse(until) ? [{ task, at: Date.parse(ringAt) }] : [];
  });
  return due.toSorted((a, b) => a.at - b.at)[0]?.task ?? null;
}
