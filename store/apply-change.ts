import { dueAt } from '../domain/clock.ts';
import type { Instant, PersonId, TaskId } from '../domain/ids.ts';
import { durationOf } from '../domain/policy.ts';
import { Problem } from '../domain/problems.ts';
import type { Change, NoticeTarget, ParticipantRole } from '../domain/step.ts';
import { adviseUnit } from './advise-unit.ts';
import { bindAttachments, withhold } from './attachments.ts';
import { addParticipant, openTasks, suspendedSince, type TaskRow } from './case-file.ts';
import { circulate } from './circulate.ts';
import { climb } from './climb.ts';
import { countAnew } from './figures/counted.ts';
import { followRoster } from './follow-roster.ts';
import { bookWith } from './fund/book-with-case.ts';
import { handOver } from './hand-over.ts';
import { demandFindings, demandHearing, fileRecord, noteHearing, showFacts } from './investigation.ts';
import { fileDocument, issueDocument } from './issue-document.ts';
import { answerNeed, completeItem, reassignItem, strikeItem } from './item-acts.ts';
import { actOnLeave } from './leave.ts';
import { openTask } from './open-task.ts';
import { addPart } from './parts.ts';
import { claim, reassign, recuse } from './pass-on.ts';
import { resolveRole } from './resolve-role.ts';
import { lift, restrict } from './restrict.ts';
import { cover, coverageOf, endItems } from './round-items.ts';
import { demandInForce } from './rules.ts';
import { bearersOf, receiversOf } from './rung-receivers.ts';
import { actor, type StepDraft, taskOf, tell } from './step-draft.ts';
import { extendTask, recomputeTask, resumeTask } from './task-clock.ts';

/** Applies one change of a step to the draft of its transaction, and adds the event that tells it. */
export async function applyChange(draft: StepDraft, change: Change): Promise<void> {
  const { file, step } = draft;
  switch (change.kind) {
    case 'event':
      return tell(draft, change.type, change.data, change.task);
    case 'stage':
      file.stage = change.stage;
      return tell(draft, 'stage', { stage: change.stage });
    case 'handler':
      file.handler = change.person;
      addParticipant(file, change.person, 'handler');
      return tell(draft, 'handler-named', { person: change.person });
    case 'unit':
      file.unit = change.unit;
      file.transfers += 1;
      file.handler = null;
      return;
    case 'open-task':
      return openTask(draft, file, change, step.at);
    case 'complete-task':
      return completeTask(draft, change);
    case 'cancel-task':
      return cancelTask(draft, change.task, change.reason);
    case 'reopen-task':
      return reopenTask(draft, change.task, change.reason);
    case 'lapse-task':
      return endTask(draft, change.task, 'task-lapsed');
    case 'rung':
      return climb(draft, change.task, change.index, step.at);
    case 'pause-task':
    case 'resume-task':
    case 'extend-task':
    case 'recompute-task':
      return moveClock(draft, change);
    case 'end-wait':
      draft.endedWaits.push(change.id);
      return tell(draft, 'wait-ended');
    case 'participant':
      return addPart(draft, change);
    case 'notify':
      return notify(draft, change.to, change.notice, change.task);
    case 'claim-task':
      return claim(draft, change.task);
    case 'reassign-task':
      return reassign(draft, change.task, change.to, change.reason);
    case 'circulate':
      return circulate(draft, change);
    case 'hand-over':
      return handOver(draft, change);
    case 'recuse':
      return recuse(draft, change.person, change.reason);
    case 'break-glass':
      draft.glass.push({ person: actor(draft), until: change.until });
      return tell(draft, 'break-glass', { reason: change.reason, until: change.until });
    case 'hold':
      draft.holds.push({ lifted: false });
      return tell(draft, 'held', { reason: change.reason });
    case 'release':
      draft.holds.push({ lifted: true });
      return tell(draft, 'released', { reason: change.reason });
    case 'mark':
      return mark(draft, change);
    case 'leave':
      return void draft.leave.push(await actOnLeave(draft, change));
    case 'restrict':
      return restrict(draft, change);
    case 'lift':
      return lift(draft, change.restriction, change.person);
    case 'show-facts':
      return showFacts(draft, change.person);
    case 'heard':
      return noteHearing(draft, change);
    case 'file-record':
      return fileRecord(draft, change);
    case 'reopen':
      return reopen(draft, change.reason);
    case 'advise-unit':
      return adviseUnit(draft, change.advice);
    case 'close':
      Object.assign(file, { state: 'closed', outcome: change.outcome, closedAt: step.at, stage: 'closed' });
      tell(draft, 'closed', { outcome: change.outcome, ...(change.data === undefined ? {} : { data: change.data }) });
      return change.seals ? seal(draft) : undefined;
    case 'suspend':
      return suspend(draft, change);
    case 'end-suspension':
      return endSuspension(draft);
    case 'amend':
      file.amended = { title: change.title, data: change.data };
      label(draft, change.counts);
      file.handler = null;
      tell(draft, 'amended', { reason: change.reason, title: change.title, form: change.data });
      return bindAttachments(draft, change.attachments ?? []);
    case 'issue-document':
      return issueDocument(draft, change);
    case 'file-document':
      return fileDocument(draft, change);
    case 'withhold':
      return withhold(draft, change);
    case 'cover':
      return cover(draft, change);
    case 'ask-coverage':
      return void draft.coverage.push(await coverageOf(draft));
    case 'follow-roster':
      return followRoster(draft, change.items);
    case 'complete-item':
      return completeItem(draft, change);
    case 'reassign-item':
      return reassignItem(draft, change);
    case 'strike-item':
      return strikeItem(draft, change);
    case 'answer-need':
      return answerNeed(draft, change);
    case 'end-items':
      return endItems(draft, change.as);
    case 'answer-task':
      return tell(draft, 'answer-passed-on', { task: change.task }); // handed over by the activity, once this is committed
    case 'answer-open':
      return tell(draft, 'answer-passed-on', { number: change.case, key: change.key });
    case 'open-wait':
    case 'tell-case':
    case 'ask-open':
    case 'spawn':
    case 'merge':
      throw new Error(`${change.kind} concerns another case too: record.ts does it`);
  }
}

/** What figures count the case by from now on. */
function label({ file, step }: StepDraft, counts: Readonly<Record<string, string>> = {}): void {
  for (const [key, value] of Object.entries(counts)) file.labels.set(key, { value, at: step.at, isNew: true });
}

/** From now on the circle alone knows of the case, whoever led or oversaw it (domain.md §4.4). */
async function seal(draft: StepDraft): Promise<void> {
  await countAnew(draft.context.tx, draft.file);
  draft.file.isSealed = true;
  tell(draft, 'file-sealed');
}

async function reopen(draft: StepDraft, reason: string): Promise<void> {
  const { file, context } = draft;
  const [opened] = await context.tx.$queryRaw<[{ tasks: number; waits: number }]>`
    select (select coalesce(max(ordinal), 0) from task where case_id = ${file.id}::bigint) as tasks,
           (select count(*)::integer from case_wait where case_id = ${file.id}::bigint) as waits`;
  const reopened = { handler: file.handler, ...opened, steps: file.steps };
  Object.assign(file, { state: 'accepted', outcome: null, closedAt: null, runs: file.runs + 1, begun: false, bell: true, reopened });
  tell(draft, 'reopened', { reason });
}

const partOfDuty = {
  handle: 'handler',
  investigate: 'investigator',
  'investigate-conduct': 'conduct-investigator',
  'investigate-leadership': 'leadership-investigator',
  decide: 'decider',
  review: 'reviewer',
  inform: null,
} as const satisfies Record<TaskRow['duty'], ParticipantRole | null>;

async function completeTask(draft: StepDraft, change: Extract<Change, { kind: 'complete-task' }>): Promise<void> {
  const { task: id, data, counts, cites = [], attachments = [], afterHearing, afterFindings, afterCoverage, books } = change;
  const { file, step } = draft;
  await demandInForce(draft.context.tx, cites);
  if (afterHearing !== undefined) await demandHearing(draft, afterHearing);
  if (afterFindings !== undefined) await demandFindings(draft, afterFindings);
  if (afterCoverage && (await coverageOf(draft)).open > 0) throw new Problem('not-covered');
  const task = taskOf(draft, id);
  if (task.state !== 'open') throw new Error(`${id} is open in the workflow and ${task.state} in the record`);
  Object.assign(task, { state: 'done', closedAt: step.at, closedBy: step.by, closedFor: step.for, answer: data, isChanged: true });
  tell(draft, 'task-completed', { key: task.key, form: data }, id);
  label(draft, counts);
  if (books !== undefined) await bookWith(draft, books);
  await bindAttachments(draft, attachments, id);
  const part = partOfDuty[task.duty];
  for (const person of [step.by, step.for]) if (person && part) addParticipant(file, person, part);
}

function endTask(draft: StepDraft, id: TaskId, type: string, data?: unknown): void {
  const task = taskOf(draft, id);
  if (task.state !== 'open') return;
  Object.assign(task, { state: 'cancelled', closedAt: draft.step.at, isChanged: true });
  tell(draft, type, data, id);
}

/** Whoever had a task that an order of the issuer takes away is told. */
const orders = new Set(['cancelled', 'amended', 'split', 'recalled']);

async function cancelTask(draft: StepDraft, id: TaskId, reason: string): Promise<void> {
  const task = taskOf(draft, id);
  // It may have been claimed since the workflow was asked, which knows nothing of claims.
  if (reason === 'recalled' && task.claimedAt !== null) throw new Problem('already-taken-up');
  if (task.state === 'open' && orders.has(reason))
    for (const person of await bearersOf(draft, task, draft.step.at))
      draft.notices.push({ file: draft.file, person, task: id, kind: `task-${reason}` });
  endTask(draft, id, 'task-cancelled', { reason });
}

/** 撤回: its completion is taken back; what was answered stays in the record. */
function reopenTask(draft: StepDraft, id: TaskId, reason: string): void {
  const task = taskOf(draft, id);
  if (task.state !== 'done') throw new Error(`${id} was recalled and is ${task.state} in the record`);
  Object.assign(task, { state: 'open', closedAt: null, closedBy: null, closedFor: null, answer: undefined, isChanged: true });
  tell(draft, 'recalled', { reason }, id);
}

/** 中止: every clock of the case stands still; one that stood still already keeps its own pause. */
function suspend(draft: StepDraft, { until, reason }: Extract<Change, { kind: 'suspend' }>): void {
  const { file, step } = draft;
  file.suspensions.push({ from: step.at, to: null });
  for (const task of openTasks(file)) if (task.dueAt && !task.pausedAt) Object.assign(task, { pausedAt: step.at, isChanged: true });
  tell(draft, 'suspended', { reason, until });
}

function endSuspension(draft: StepDraft): void {
  const { file, step } = draft;
  const last = file.suspensions.at(-1);
  if (!last || last.to !== null) throw new Error(`${file.number} is not suspended in the record`);
  last.to = step.at;
  for (const task of openTasks(file))
    if (task.pausedAt && Date.parse(task.pausedAt) >= Date.parse(last.from)) resumeTask(file, task, step.at);
  tell(draft, 'suspension-ended');
}

function moveClock(
  draft: StepDraft,
  change: Extract<Change, { kind: 'pause-task' | 'resume-task' | 'extend-task' | 'recompute-task' }>,
): void {
  const { file, step } = draft;
  const task = taskOf(draft, change.task);
  task.isChanged = true;
  switch (change.kind) {
    case 'pause-task':
      task.pausedAt = step.at;
      task.resumesAt = change.until ?? null;
      return tell(draft, 'paused', { reason: change.reason }, task.id);
    case 'resume-task':
      resumeTask(file, task, step.at);
      if (suspendedSince(file)) task.pausedAt = step.at;
      return tell(draft, 'resumed', { dueAt: task.dueAt }, task.id);
    case 'recompute-task': {
      const before = task.dueAt;
      const isMoved = recomputeTask(file, task, step.at);
      return tell(draft, 'due-recomputed', { before, dueAt: task.dueAt, isMoved }, task.id);
    }
    case 'extend-task':
      extendTask(file, task, change.by, step.at);
      return tell(draft, 'extended', { by: change.by, dueAt: task.dueAt }, task.id);
  }
}

/** Whoever raises something: an appeal, or a clue. */
const isAppellant = (role: ParticipantRole): boolean => role === 'appellant' || role === 'reporter';

function mark(draft: StepDraft, change: Extract<Change, { kind: 'mark' }>): void {
  const { file, step } = draft;
  const { policy, calendar } = file.policy;
  const endsAt = dueAt(step.at, durationOf(policy, file.process, change.setting), calendar, policy.timeScale);
  for (const { person, role } of file.participants) if (isAppellant(role)) draft.marks.push({ person, kind: change.mark, endsAt });
  tell(draft, 'marked', { mark: change.mark, endsAt });
}

async function notify(draft: StepDraft, to: NoticeTarget, kind: string, task?: TaskId): Promise<void> {
  const people = await peopleOf(draft, to, draft.step.at);
  for (const person of people) draft.notices.push({ file: draft.file, person, task: task ?? null, kind });
  if (people.length > 0) tell(draft, 'notified', { notice: kind, to: people });
}

async function peopleOf(draft: StepDraft, to: NoticeTarget, at: Instant): Promise<readonly PersonId[]> {
  if ('person' in to) return [to.person];
  if ('bearersOf' in to) {
    const task = openTasks(draft.file).find(({ id }) => id === to.bearersOf);
    return task ? (await receiversOf(draft, task, 'assignee', at)).people : [];
  }
  if ('part' in to)
    return draft.file.participants
      .filter(({ role }) => role === to.part || (to.part === 'appellant' && isAppellant(role)))
      .map(({ person }) => person);
  const { holders } = await resolveRole(draft.context.tx, {
    role: to.role,
    unit: to.unit ?? draft.file.unit,
    at,
    excluded: [],
    above: false,
  });
  return holders;
}
