/*
 * The record of a case: with accept.ts the only writer of the case tables.
 *
 * Invariants
 * - One transaction per step. A step is known by (case, cause): given twice, it changes nothing the second time and answers as the first time.
 * - Cases are locked first, in the order of their ids, so that steps of one case come one after the other and its chain has no fork.
 * - What is told (events, tasks, notices, counters, links, spawned cases) is written with what it tells of, or not at all.
 * - Rungs that only tell and were due before the step are fired with it: nothing overtakes the clock of a case (ring-bell.ts).
 * - A workflow that lost steps in a crash, and so knows of fewer than stand here, writes nothing: it is told what it lost (lost-steps.ts).
 */
import { dueAt } from '../domain/clock.ts';
import { type CaseNumber, type Instant, UnitId } from '../domain/ids.ts';
import { durationOf } from '../domain/policy.ts';
import type { Acceptance, Ahead, CaseStep, Change, Recorded } from '../domain/step.ts';
import { openFile, placeOfSpawned } from './accept.ts';
import { applyChange } from './apply-change.ts';
import type { Bureau, StepContext } from './bureau.ts';
import { addParticipant, appendEvent } from './case-file.ts';
import { climbDue } from './climb.ts';
import { ensurePartitions } from './event-partitions.ts';
import { ringFeed } from './feed.ts';
import { inTransaction } from './in-transaction.ts';
import { caseFile, type LockedCase, loadParts, lockCases } from './load-case.ts';
import { stepAfter } from './lost-steps.ts';
import { unitOf } from './open-task.ts';
import { openAmong, openCaseAgainst, tellCase } from './other-cases.ts';
import { observeLateness } from './rung-lateness.ts';
import { type FiredRung, newDraft, type StepDraft, taskOf, tell } from './step-draft.ts';
import { resultOf, writeDrafts } from './write-step.ts';

/** How a spawned case is accepted; from the process definitions, which the store doesn't know. */
export type AcceptanceOfSpawn = (spawn: Extract<Change, { kind: 'spawn' }>, from: CaseStep, unit: string) => Acceptance;

/** Writes all changes of one step in one transaction. Repeating it with the same (case, cause) changes nothing. @throws Problem for a note that can't be taken */
export async function record(bureau: Bureau, step: CaseStep, acceptanceOf: AcceptanceOfSpawn): Promise<Recorded | Ahead> {
  const rungs = step.changes.flatMap((change) => (change.kind === 'rung' ? [change.at] : []));
  await ensurePartitions(bureau.db, [step.at, ...rungs]);
  const { answer, fired } = await inTransaction(bureau.db, (tx) => recordIn({ ...bureau, tx }, step, acceptanceOf));
  observeLateness(fired);
  ringFeed(bureau.db);
  return answer;
}

interface Written {
  readonly answer: Recorded | Ahead;
  readonly fired: readonly FiredRung[];
}

async function recordIn(context: StepContext, step: CaseStep, acceptanceOf: AcceptanceOfSpawn): Promise<Written> {
  const locked = await lockCases(context, [step.case, ...step.changes.flatMap(otherCase)]);
  const row = locked.get(step.case);
  if (!row) throw new Error(`case ${step.case} is not in the record`);
  const parts = await loadParts(context, row.id, step);
  const isNext = parts.earlier?.nth === (step.known ?? 0) + 1;
  const ahead = step.known === undefined ? null : await stepAfter(context, row, step.known + (isNext ? 1 : 0));
  if (ahead && !isNext) return { answer: { ahead }, fired: [] };
  if (parts.earlier) return { answer: { ...(parts.earlier.result as Recorded), ...(ahead && { ahead }) }, fired: [] };

  const draft = newDraft(context, step, await caseFile(context, row, parts));
  // Only the workflow's own first step proves that it runs: a comment on an accepted case must not hide it from the starter.
  if (isFirst(step)) Object.assign(draft.file, { begun: true, state: 'open' });
  if (step.known !== undefined) draft.file.steps += 1;
  await climbDue(draft, step.at);
  for (const change of step.changes) {
    if (change.kind === 'spawn') await spawnOnce(draft, change, acceptanceOf);
    else if (change.kind === 'merge') await mergeInto(draft, locked.get(change.into));
    else if (change.kind === 'open-wait') openWait(draft, change, locked);
    else if (change.kind === 'tell-case') await tellCase(draft, change, locked.get(change.case));
    else if (change.kind === 'ask-open') draft.open.push(...(await openAmong(context.tx, change.tasks)));
    else await applyChange(draft, change);
  }
  await writeDrafts(context, [draft]);
  return { answer: resultOf(draft), fired: draft.fired };
}

/** A case besides its own that a change depends on, and that must therefore stand still. */
const otherCase = (change: Change): CaseNumber[] => {
  if (change.kind === 'merge') return [change.into];
  if (change.kind === 'tell-case') return [change.case];
  return change.kind === 'open-wait' && change.on ? [change.on] : [];
};

const isFirst = ({ cause }: CaseStep): boolean => /^start(:\d+)?$/.test(cause);

/** The unit that has a task is that of whoever it was given to. */
async function unitOfSpawn(draft: StepDraft, change: Extract<Change, { kind: 'spawn' }>): Promise<UnitId> {
  if (change.atBureau) return bureauUnit(draft);
  // A case about someone belongs to their unit: of a clue's own unit it would tell who reported.
  if (change.unitOfTask === undefined) return change.subject === null ? draft.file.unit : unitOf(draft, change.subject);
  const { assignee, unit } = taskOf(draft, change.unitOfTask);
  return assignee === null ? unit : unitOf(draft, assignee);
}

async function bureauUnit({ context }: StepDraft): Promise<UnitId> {
  const { id } = await context.tx.unit.findFirstOrThrow({ where: { parentId: null }, select: { id: true }, orderBy: { id: 'asc' } });
  return UnitId.parse(id);
}

/** One that a ladder opens against a unit is not opened again while it is under way there. */
async function spawnOnce(draft: StepDraft, change: Extract<Change, { kind: 'spawn' }>, acceptanceOf: AcceptanceOfSpawn): Promise<void> {
  const { file, step, context } = draft;
  const unit = await unitOfSpawn(draft, change);
  const underWay = change.unitOfTask === undefined ? null : await openCaseAgainst(context.tx, { file, relation: change.relation, unit });
  if (underWay) return tell(draft, 'inspection-under-way', { number: underWay }, change.unitOfTask);
  await spawn(draft, acceptanceOf(change, step, unit), change.relation, step.at);
}

/** Accepts another case in the same transaction, linked both ways. */
async function spawn(draft: StepDraft, acceptance: Acceptance, relation: string, at: Instant): Promise<void> {
  const { context } = draft;
  const { place, relatives } = await placeOfSpawned(context, acceptance, at);
  const child = await openFile(context, {
    acceptance,
    at,
    place,
    relatives,
    step: { cause: 'accept', bodyHash: null },
    engineUp: false,
  });
  draft.others.push(child.file);
  draft.notices.push(...child.notices);
  draft.spawned.push(child.file.number);
  draft.links.push({ from: draft.file, relation, to: child.file }, { from: child.file, relation: 'opened-by', to: draft.file });
  tell(draft, 'spawned', { number: child.file.number, process: acceptance.process, relation });
}

/** 并案: the case ends in another one, and its people take part there from now on. */
async function mergeInto(draft: StepDraft, row: LockedCase | undefined): Promise<void> {
  const { context, file, step } = draft;
  if (!row) throw new Error('the case to merge into is not in the record');
  const target = await caseFile(context, row, await loadParts(context, row.id, { ...step, case: row.number, changes: [] }));
  for (const { person, role } of file.participants) if (role === 'appellant') addParticipant(target, person, role);
  appendEvent(target, context.ring, { at: step.at, type: 'merged-in', actor: step.by, actorFor: step.for, data: { number: file.number } });
  draft.others.push(target);
  draft.links.push({ from: file, relation: 'merged-into', to: target }, { from: target, relation: 'merged-from', to: file });
  tell(draft, 'merged', { into: target.number });
}

/** A wait for a case that has closed already ends at once, and so does one for a case of which nothing is left. */
function openWait(
  draft: StepDraft,
  { id, key, limit, setting, since, until, on }: Extract<Change, { kind: 'open-wait' }>,
  locked: Map<CaseNumber, LockedCase>,
): void {
  const { at } = draft.step;
  const { policy, calendar } = draft.file.policy;
  const isOver = on !== undefined && (locked.get(on)?.state ?? 'closed') === 'closed';
  const lasts = setting === undefined ? limit : durationOf(policy, draft.file.process, setting);
  const endsAt = isOver ? at : lasts ? dueAt(since ?? at, lasts, calendar, policy.timeScale) : (until ?? null);
  draft.waits.push({ id, key, endsAt, on: on ?? null });
  tell(draft, 'wait-begun', { key, endsAt, ...(on ? { on } : {}) });
}
