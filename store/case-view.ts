import { z } from 'zod';
import type { StoredCaseFacts } from '../domain/access-facts.ts';
import type { Actor } from '../domain/actor.ts';
import type { BulkId } from '../domain/bulk.ts';
import type { ClockMove } from '../domain/clock.ts';
import type { CaseNumber, PersonId, TaskId, UnitId } from '../domain/ids.ts';
import type { Duty } from '../domain/recusal.ts';
import type { Role } from '../domain/roles.ts';
import type { ParticipantRole } from '../domain/step.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Bureau } from './bureau.ts';
import { answerContext, dataContext, type LadderRow, taskContext, titleContext } from './case-file.ts';
import { type Viewing, visibleTo } from './visible.ts';

/** Everything about a case that a page shows, unsealed and unredacted: api/views leaves out what the reader may not see. */
export interface CaseRecord {
  readonly number: CaseNumber;
  readonly process: string;
  readonly title: string;
  readonly data: unknown;
  readonly state: 'accepted' | 'open' | 'closed';
  readonly stage: string;
  readonly outcome: string | null;
  readonly confidentiality: StoredCaseFacts['confidentiality'];
  readonly nameWithheld: boolean;
  readonly subject: PersonId | null;
  readonly unit: UnitId;
  readonly unitPath: string;
  readonly handler: PersonId | null;
  readonly openedBy: PersonId | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly dueAt: Date | null;
  readonly level: number;
  readonly transfers: number;
  readonly policyVersion: string;
  readonly version: number;
  /** The bulk operation that opened it. */
  readonly bulk: BulkId | null;
  readonly glassBroken: boolean;
  readonly anonymisedAt: Date | null;
  readonly hold: { readonly by: PersonId; readonly at: string } | null;
  readonly tasks: readonly TaskRecord[];
  readonly participants: readonly { readonly person: PersonId; readonly role: ParticipantRole }[];
  readonly links: readonly { readonly relation: string; readonly number: CaseNumber }[];
  readonly waits: readonly {
    readonly key: string;
    readonly since: string;
    readonly endsAt: string | null;
    readonly on: CaseNumber | null;
  }[];
  /** User name and name of everyone whom the record names. */
  readonly people: Readonly<Record<string, { readonly username: string; readonly name: string }>>;
  readonly units: Readonly<Record<string, string>>;
}

export interface TaskRecord {
  readonly id: TaskId;
  readonly key: string;
  readonly round: number;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly duty: Duty;
  readonly role: Role | 'subject';
  readonly unit: UnitId;
  readonly unitPath: string;
  readonly assignee: PersonId | null;
  readonly excluded: readonly PersonId[];
  readonly urgent: boolean;
  readonly openedAt: string;
  /** When its limit began, where that was not when it opened. */
  readonly clockFrom: string | null;
  /** What has moved its date since. */
  readonly moves: readonly ClockMove[];
  readonly dueAt: string | null;
  readonly pausedAt: string | null;
  readonly level: number;
  readonly limit: Readonly<Record<string, number>> | null;
  readonly ladder: readonly LadderRow[];
  /** The task whose submission this one judges. */
  readonly judges: TaskId | null;
  readonly claimedAt: string | null;
  readonly closedAt: string | null;
  readonly closedBy: PersonId | null;
  readonly closedFor: PersonId | null;
  readonly context: unknown;
  readonly answer: unknown;
}

type SealedTask = Omit<TaskRecord, 'context' | 'answer'> & { readonly context: string | null; readonly answer: string | null };
type SealedRow = Omit<CaseRecord, 'title' | 'data' | 'tasks'> & {
  readonly title: Uint8Array;
  readonly data: Uint8Array;
  readonly tasks: readonly SealedTask[];
};

/**
 * A case with its tasks, parts, links, waits and names, or null if there is none of that number. Of other cases it names only those that the actor may know of.
 * One round trip.
 */
export async function readCase(
  bureau: Bureau,
  number: CaseNumber,
  { actor, viewing }: { actor: Actor; viewing: Viewing },
): Promise<CaseRecord | null> {
  const visible = visibleTo(actor, viewing);
  const [row] = await bureau.db.$queryRaw<SealedRow[]>(Prisma.sql`
    with file as (select * from "case" where number = ${number}),
    tasks as (select t.*, u.path as unit_path, u.name as unit_name from task t join file on file.id = t.case_id join unit u on u.id = t.unit_id),
    parts as (select p.person_id, p.role, p.since from participant p join file on file.id = p.case_id),
    named as (
      select subject_id as id from file union select handler_id from file union select opened_by from file union select placed_by from legal_hold where case_id = (select id from file) and lifted_at is null union select assignee from tasks
      union select closed_by from tasks union select closed_for from tasks union select person_id from parts)
    select file.number, file.process, file.title, file.data, file.state, file.stage, file.outcome, file.confidentiality, file.name_withheld as "nameWithheld",
           file.subject_id as subject, file.unit_id as unit, u.path as "unitPath", file.handler_id as handler, file.opened_by as "openedBy",
           file.opened_at as "openedAt", file.closed_at as "closedAt", file.due_at as "dueAt", file.level, file.transfers,
           file.policy_version as "policyVersion", file.head_seq as version,
           (select bulk_id from bulk_item where opened = file.number) as bulk,
           exists (select 1 from break_glass where case_id = file.id and person_id = ${actor.id} and until > ${viewing.at}) as "glassBroken",
           file.anonymised_at as "anonymisedAt",
           (select json_build_object('by', placed_by, 'at', placed_at) from legal_hold where case_id = file.id and lifted_at is null) as hold,
           (select coalesce(json_agg(${taskObject} order by t.ordinal), '[]') from tasks t) as tasks,
           (select coalesce(json_agg(json_build_object('person', person_id, 'role', role) order by since, person_id, role), '[]') from parts) as participants,
           (select coalesce(json_agg(json_build_object('relation', l.relation, 'number', c.number) order by l.at, c.number), '[]')
              from case_link l join "case" c on c.id = l.other_id where l.case_id = file.id and ${visible}) as links,
           (select coalesce(json_agg(json_build_object('key', w.key, 'since', w.since, 'endsAt', w.ends_at, 'on', c.number) order by w.since, w.id), '[]')
              from case_wait w left join "case" c on c.id = w.on_case and ${visible} where w.case_id = file.id and w.ended_at is null) as waits,
           (select coalesce(json_object_agg(p.id, json_build_object('username', p.username, 'name', p.name)), '{}') from person p join named on named.id = p.id) as people,
           (select json_object_agg(id, name) from (select file.unit_id as id, u.name union select unit_id, unit_name from tasks) here) as units
      from file join unit u on u.id = file.unit_id`);
  return row === undefined ? null : open(bureau, row);
}

const taskObject = Prisma.sql`json_build_object(
  'id', t.id, 'key', t.key, 'round', t.round, 'state', t.state, 'duty', t.duty, 'role', t.role, 'unit', t.unit_id, 'unitPath', t.unit_path, 'assignee', t.assignee,
  'excluded', t.excluded, 'urgent', t.urgent, 'openedAt', t.opened_at, 'clockFrom', t.clock_from, 'moves', t.moves, 'dueAt', t.due_at, 'pausedAt', t.paused_at, 'level', t.level, 'limit', t.time_limit, 'ladder', t.ladder, 'judges', t.judges, 'claimedAt', t.claimed_at,
  'closedAt', t.closed_at, 'closedBy', t.closed_by, 'closedFor', t.closed_for,
  'context', encode(t.context, 'base64'), 'answer', encode(t.answer, 'base64'))`;

function open({ ring }: Bureau, row: SealedRow): CaseRecord {
  const unseal = (sealed: string | null, context: string): unknown =>
    sealed === null ? undefined : ring.openJson('database', Buffer.from(sealed, 'base64'), context);
  return {
    ...row,
    title: z.string().parse(ring.openJson('database', row.title, titleContext(row.number))),
    data: ring.openJson('database', row.data, dataContext(row.number)),
    tasks: row.tasks.map((task) => ({
      ...task,
      context: unseal(task.context, taskContext(task.id)),
      answer: unseal(task.answer, answerContext(task.id)),
    })),
  };
}

/** What decides who may do what with the case, but for its definition. */
export const storedFactsOf = (record: CaseRecord): StoredCaseFacts => ({
  process: record.process,
  confidentiality: record.confidentiality,
  nameWithheld: record.nameWithheld,
  state: record.state,
  stage: record.stage,
  subject: record.subject,
  unitPath: record.unitPath,
  handler: record.handler,
  openedBy: record.openedBy,
  participants: record.participants,
  openTasks: record.tasks.filter(({ state }) => state === 'open').map(taskFactsOf),
  glassBroken: record.glassBroken,
  isAnonymised: record.anonymisedAt !== null,
  heldBy: record.hold?.by ?? null,
});

export const taskFactsOf = ({ duty, role, unit, unitPath, state, assignee, excluded, urgent, closedBy }: TaskRecord) => ({
  duty,
  role,
  unit,
  unitPath,
  state,
  assignee,
  excluded,
  urgent,
  closedBy,
});
