import type { CaseNumber, Instant, PersonId, TaskId, UnitId } from '../domain/ids.ts';
import { partyRoles } from '../domain/recusal.ts';
import type { CaseStep, ParticipantRole } from '../domain/step.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { StepContext } from './bureau.ts';
import type { CaseFile, CaseLabel, LadderRow, TaskRow } from './case-file.ts';
import { countedOf } from './figures/counted.ts';

export interface LockedCase {
  readonly id: string;
  readonly number: CaseNumber;
  readonly process: string;
  readonly state: CaseFile['state'];
  readonly stage: string;
  readonly outcome: string | null;
  readonly closedAt: Date | null;
  readonly openedAt: Date;
  readonly unit: UnitId;
  readonly subject: PersonId | null;
  readonly handler: PersonId | null;
  readonly openedBy: PersonId | null;
  readonly transfers: number;
  readonly suspensions: CaseFile['suspensions'];
  readonly runs: number;
  readonly confidentiality: string;
  readonly begun: boolean;
  readonly bell: boolean;
  readonly steps: number;
  readonly reopened: CaseFile['reopened'];
  readonly policyVersion: string;
  readonly headSeq: number;
  readonly headHash: string;
}

/** Locks the cases in the order of their ids, which is the order in which every step locks. An anonymised case takes no step any more. */
export async function lockCases({ tx }: StepContext, numbers: readonly CaseNumber[]): Promise<Map<CaseNumber, LockedCase>> {
  const rows = await tx.$queryRaw<
    LockedCase[]
  >`select ${lockedColumns} from "case" where number = any(${[...numbers]}) and anonymised_at is null order by id for update`;
  return new Map(rows.map((row) => [row.number, row]));
}

/** Locks those of the cases that no step holds just now, in the same order. */
export const lockFreeCases = ({ tx }: StepContext, ids: readonly string[]): Promise<LockedCase[]> =>
  tx.$queryRaw<LockedCase[]>`select ${lockedColumns} from "case" where id = any(${[...ids]}::bigint[]) order by id for update skip locked`;

const lockedColumns = Prisma.sql`
  id::text, number, process, state, stage, outcome, closed_at as "closedAt", opened_at as "openedAt", unit_id as "unit", subject_id as "subject", handler_id as "handler",
  opened_by as "openedBy", confidentiality, transfers, suspensions, runs, begun, bell, steps, reopened, policy_version as "policyVersion", head_seq as "headSeq", head_hash as "headHash"`;

export interface LoadedParts {
  /** The step that this cause made before, if it did. Read after the lock: only then it can't change any more. */
  readonly earlier: { readonly result: unknown; readonly nth: number | null } | null;
  readonly tasks: Map<TaskId, TaskRow>;
  readonly labels: Map<string, CaseLabel>;
  readonly participants: { person: PersonId; role: ParticipantRole }[];
  readonly relatives: { person: PersonId; relative: PersonId }[];
}

/** What a step needs of its case besides the row: its open tasks and those that it names, people's parts, and the parties' relatives. One round trip. */
export async function loadParts(context: StepContext, id: string, step: CaseStep): Promise<LoadedParts> {
  const named = step.changes.flatMap((change) => {
    if (change.kind === 'open-task') return [change.task, change.continues, change.keepsDateOf].filter((id) => id !== undefined);
    return 'task' in change && change.task && change.kind !== 'answer-task' ? [change.task] : [];
  });
  const parts = (await loadPartsOf(context, [{ id, cause: step.cause, named }])).get(id);
  if (!parts) throw new Error(`case ${step.case} has no parts`);
  return parts;
}

interface AskedParts {
  readonly id: string;
  readonly cause: string;
  readonly named: readonly TaskId[];
}

interface PartsRow {
  readonly id: string;
  readonly earlier: LoadedParts['earlier'];
  readonly tasks: LoadedTask[];
  readonly labels: readonly { readonly key: string; readonly value: string; readonly at: string }[];
  readonly participants: LoadedParts['participants'];
  readonly relatives: LoadedParts['relatives'];
}

/** The same for several cases at once, by their row ids. */
export async function loadPartsOf({ tx }: StepContext, asked: readonly AskedParts[]): Promise<ReadonlyMap<string, LoadedParts>> {
  const rows = await tx.$queryRaw<PartsRow[]>`
    select a.id::text,
           (select json_build_object('result', result, 'nth', nth) from case_step where case_id = a.id and cause = a.cause) as earlier,
           (select coalesce(json_agg(json_build_object(
              'id', id, 'ordinal', ordinal, 'key', key, 'round', round, 'duty', duty, 'role', role, 'state', state, 'unit', unit_id,
              'assignee', assignee, 'excluded', excluded, 'openedAt', opened_at, 'clockFrom', clock_from, 'moves', moves, 'checkpoint', checkpoint, 'limit', time_limit, 'dueAt', due_at, 'pausedAt', paused_at,
              'resumesAt', resumes_at, 'lapses', lapses, 'urgent', urgent, 'level', level, 'ladder', ladder, 'judges', judges, 'claimedAt', claimed_at, 'closedAt', closed_at, 'closedBy', closed_by, 'closedFor', closed_for)), '[]')
              from task where case_id = a.id and (state = 'open' or task.id = any(a.named))) as tasks,
           (select coalesce(json_agg(json_build_object('key', key, 'value', value, 'at', at)), '[]') from case_label where case_id = a.id) as labels,
           (select coalesce(json_agg(json_build_object('person', person_id, 'role', role)), '[]')
              from participant where case_id = a.id) as participants,
           (select coalesce(json_agg(json_build_object('person', k.person_id, 'relative', k.relative_id)), '[]')
              from participant p join kinship k on k.person_id = p.person_id
             where p.case_id = a.id and p.role in (${Prisma.join([...partyRoles])})) as relatives
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a(id bigint, cause text, named text[])`;
  return new Map(
    rows.map(({ id, tasks, labels, ...row }) => [
      id,
      {
        ...row,
        tasks: new Map(tasks.map((task) => [task.id, taskRow(task)])),
        labels: new Map(labels.map(({ key, value, at }) => [key, { value, at: instant(at) }])),
      },
    ]),
  );
}

/** As JSON aggregation gives it: instants with PostgreSQL's offset. */
type LoadedTask = Omit<TaskRow, 'isChanged' | 'ladder'> & { readonly ladder: LadderRow[] };

const taskRow = (task: LoadedTask): TaskRow => ({
  ...task,
  openedAt: instant(task.openedAt),
  clockFrom: task.clockFrom && instant(task.clockFrom),
  dueAt: task.dueAt && instant(task.dueAt),
  pausedAt: task.pausedAt && instant(task.pausedAt),
  resumesAt: task.resumesAt && instant(task.resumesAt),
  claimedAt: task.claimedAt && instant(task.claimedAt),
  closedAt: task.closedAt && instant(task.closedAt),
  isChanged: false,
});

const instant = (at: string): Instant => new Date(at).toISOString() as Instant;

export async function caseFile(context: StepContext, row: LockedCase, parts: LoadedParts): Promise<CaseFile> {
  const { policyVersion, openedAt, closedAt, ...rest } = row;
  const file: CaseFile = {
    ...rest,
    openedAt: openedAt.toISOString() as Instant,
    closedAt: closedAt && (closedAt.toISOString() as Instant),
    policy: await context.policies.of(policyVersion),
    isNew: false,
    isSealed: false,
    intake: null,
    amended: null,
    tasks: parts.tasks,
    labels: parts.labels,
    countedBefore: [],
    doneBefore: [],
    participants: parts.participants,
    relatives: parts.relatives,
    events: [],
  };
  file.countedBefore.push(...countedOf(file));
  return file;
}
