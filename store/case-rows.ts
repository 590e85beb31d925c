import type { CaseNumber } from '../domain/ids.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { StepContext } from './bureau.ts';
import { answerContext, type CaseFile, dataContext, type TaskRow, taskContext, titleContext } from './case-file.ts';
import { searchTokens } from './search-tokens.ts';
import { ringsOf } from './task-rings.ts';

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export function newCaseRow({ ring }: StepContext, file: CaseFile) {
  if (!file.intake) throw new Error(`case ${file.number} is new and has no intake`);
  const { title, data, confidentiality, nameWithheld } = file.intake;
  return {
    id: file.id,
    number: file.number,
    process: file.process,
    state: file.state,
    stage: file.stage,
    ...intakeColumns(ring, file.number, { title, data }),
    confidentiality,
    name_withheld: nameWithheld,
    subject: file.subject,
    unit: file.unit,
    opened_by: file.openedBy,
    opened_at: file.openedAt,
    bell: file.bell,
    due_at: earliestDue(file),
    policy_version: file.policy.version,
    head_seq: file.headSeq,
    head_hash: file.headHash,
  };
}

export const oldCaseRow = ({ ring }: StepContext, file: CaseFile) => ({
  id: file.id,
  state: file.state,
  stage: file.stage,
  outcome: file.outcome,
  closed_at: file.closedAt,
  unit: file.unit,
  handler: file.handler,
  transfers: file.transfers,
  suspensions: file.suspensions,
  ...(file.amended ? intakeColumns(ring, file.number, file.amended) : {}),
  runs: file.runs,
  begun: file.begun,
  bell: file.bell,
  steps: file.steps,
  reopened: file.reopened,
  due_at: earliestDue(file),
  level: highestLevel(file),
  head_seq: file.headSeq,
  head_hash: file.headHash,
  sealed: file.isSealed,
});

const intakeColumns = (ring: KeyRing, number: CaseNumber, { title, data }: { readonly title: string; readonly data: unknown }) => ({
  title: base64(ring.sealJson('database', title, titleContext(number))),
  search: searchTokens(ring, title),
  data: base64(ring.sealJson('database', data, dataContext(number))),
});

export const highestLevel = (file: CaseFile): number =>
  Math.max(0, ...[...file.tasks.values()].filter(({ state }) => state === 'open').map(({ level }) => level));

/** The next date by which somebody owes this case something; a paused clock owes nothing. */
export function earliestDue(file: CaseFile): string | null {
  const dues = [...file.tasks.values()].flatMap(({ state, pausedAt, dueAt }) => (state === 'open' && !pausedAt && dueAt ? [dueAt] : []));
  return dues.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

export function taskColumns({ ring }: StepContext, file: CaseFile, task: TaskRow) {
  const { ringAt, wakeAt } = ringsOf(file, task);
  return {
    id: task.id,
    case_id: file.id,
    ordinal: task.ordinal,
    key: task.key,
    round: task.round,
    state: task.state,
    duty: task.duty,
    role: task.role,
    unit: task.unit,
    assignee: task.assignee,
    excluded: task.excluded,
    opened_at: task.openedAt,
    clock_from: task.clockFrom,
    moves: task.moves,
    lapses: task.lapses,
    resumes_at: task.resumesAt,
    urgent: task.urgent,
    ring_at: ringAt,
    wake_at: wakeAt,
    checkpoint: task.checkpoint,
    due_at: task.dueAt,
    time_limit: task.limit,
    paused_at: task.pausedAt,
    level: task.level,
    ladder: task.ladder,
    context: task.context === undefined ? null : base64(ring.sealJson('database', task.context, taskContext(task.id))),
    judges: task.judges,
    claimed_at: task.claimedAt,
    closed_at: task.closedAt,
    closed_by: task.closedBy,
    closed_for: task.closedFor,
    answer: task.answer === undefined ? null : base64(ring.sealJson('database', task.answer, answerContext(task.id))),
  };
}
