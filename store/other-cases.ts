import type { CaseNumber, TaskId, UnitId } from '../domain/ids.ts';
import type { Change } from '../domain/step.ts';
import type { Transaction } from '../platform/database.ts';
import { appendEvent, type CaseFile } from './case-file.ts';
import { caseFile, type LockedCase, loadParts } from './load-case.ts';
import type { StepDraft } from './step-draft.ts';

/** What happened here stands in the other case's record too, and its people are told. */
export async function tellCase(
  draft: StepDraft,
  { event, data, link, notice }: Extract<Change, { kind: 'tell-case' }>,
  row: LockedCase | undefined,
): Promise<void> {
  const { context, file, step } = draft;
  if (!row) throw new Error('the case to be told is not in the record');
  const other = draft.others.find(({ id }) => id === row.id) ?? (await otherFile(draft, row));
  const about = typeof data === 'object' ? data : {};
  appendEvent(other, context.ring, {
    at: step.at,
    type: event,
    actor: step.by,
    actorFor: step.for,
    data: { number: file.number, process: file.process, ...about },
  });
  if (link) draft.links.push({ from: file, relation: link.here, to: other }, { from: other, relation: link.there, to: file });
  for (const to of notice?.to ?? [])
    for (const person of peopleOf(other, to)) draft.notices.push({ file: other, person, task: null, kind: notice?.kind ?? event });
}

async function otherFile(draft: StepDraft, row: LockedCase): Promise<CaseFile> {
  const parts = await loadParts(draft.context, row.id, { ...draft.step, case: row.number, changes: [] });
  const other = await caseFile(draft.context, row, parts);
  draft.others.push(other);
  return other;
}

const peopleOf = ({ openedBy, participants }: CaseFile, to: string) =>
  to === 'opener'
    ? [openedBy].filter((opener) => opener !== null)
    : participants.filter(({ role }) => role === to).map(({ person }) => person);

/** Which of these tasks are open. Uses task_pkey. */
export async function openAmong(tx: Transaction, tasks: readonly TaskId[]): Promise<TaskId[]> {
  const rows = await tx.$queryRaw<{ id: TaskId }[]>`select id from task where id = any(${[...tasks]}) and state = 'open' order by id`;
  return rows.map(({ id }) => id);
}

/** The open case that this one opened earlier by this relation against the unit. */
export async function openCaseAgainst(
  tx: Transaction,
  { file, relation, unit }: { file: CaseFile; relation: string; unit: UnitId },
): Promise<CaseNumber | null> {
  const [found] = await tx.$queryRaw<{ number: CaseNumber }[]>`
    select o.number from case_link l join "case" o on o.id = l.other_id
     where l.case_id = ${file.id}::bigint and l.relation = ${relation} and o.state <> 'closed' and o.unit_id = ${unit} limit 1`;
  return found?.number ?? null;
}
