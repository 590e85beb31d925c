import { placedWithin } from '../domain/care-team.ts';
import { type Instant, type PersonId, UnitId } from '../domain/ids.ts';
import { excludedFrom } from '../domain/recusal.ts';
import type { Role } from '../domain/roles.ts';
import type { TaskOpening } from '../domain/step.ts';
import { appendEvent, type CaseFile, type TaskRow } from './case-file.ts';
import { resolveRole } from './resolve-role.ts';
import { calledFor } from './rung-receivers.ts';
import type { StepDraft } from './step-draft.ts';
import { successorOf } from './succession.ts';
import { clockOf } from './task-clock.ts';

/** Opens a task: who may do it, until when, and what happens if nobody does. A task that is open already (acceptance opened it) stays as it is. */
export async function openTask(draft: StepDraft, file: CaseFile, opening: TaskOpening, at: Instant): Promise<void> {
  const known = file.tasks.get(opening.task);
  const protects = opening.adverse === true && (await isProtected(draft, file, at));
  const { lapses = false } = opening;
  // Acceptance doesn't know what becomes of a task at its limit; the procedure does.
  if (known) return void Object.assign(known, { protects, lapses, isChanged: known.isChanged || known.lapses !== lapses });
  const excluded = exclusions(file, opening);
  const place = await placeOf(draft, file, opening, excluded, at);
  const task: TaskRow = {
    id: opening.task,
    ordinal: opening.ordinal,
    key: opening.key,
    round: opening.round,
    duty: opening.duty,
    role: place.role,
    state: 'open',
    unit: place.unit,
    assignee: place.assignee,
    excluded,
    openedAt: at,
    ...clockOf(file, opening, at),
    resumesAt: null,
    lapses,
    level: 0,
    judges: opening.judges ?? null,
    claimedAt: null,
    closedAt: null,
    closedBy: null,
    closedFor: null,
    context: opening.context,
    protects,
    isChanged: true,
  };
  file.tasks.set(task.id, task);
  appendEvent(file, draft.context.ring, {
    at,
    type: 'task-opened',
    task: task.id,
    data: { key: task.key, role: task.role, unit: task.unit, assignee: task.assignee, dueAt: task.dueAt },
  });
  if (place.passedOn) appendEvent(file, draft.context.ring, { at, type: 'task-passed-on', task: task.id, data: place.passedOn });
  for (const person of await calledFor(draft, task, task.assignee ? [task.assignee] : place.holders, at))
    draft.notices.push({ file, person, task: task.id, kind: 'task-opened' });
}

/** Whether a mark from another case protects one of those whom the case is about (domain.md §4.5). */
async function isProtected({ context }: StepDraft, file: CaseFile, at: Instant): Promise<boolean> {
  const reported = file.participants.filter(({ role }) => role === 'reported' || role === 'heard').map(({ person }) => person);
  const people = file.subject === null ? reported : [file.subject, ...reported];
  if (people.length === 0) return false;
  const [row] = await context.tx.$queryRaw<[{ protects: boolean }]>`
    select exists (select 1 from mark where person_id = any (${people}) and kind = 'no-retaliation' and case_id <> ${file.id}::bigint
                      and starts_at <= ${at}::timestamptz and ends_at > ${at}::timestamptz) as protects`;
  return row.protects;
}

/** Parties, relatives and the recused do nothing but what is asked of the subject itself; whoever did the step before does not judge it (domain.md §4.1). */
function exclusions(file: CaseFile, { role, duty, notBy = [] }: TaskOpening): PersonId[] {
  if (role === 'subject') return [];
  const relativesOf = (party: PersonId) => file.relatives.filter(({ person }) => person === party).map(({ relative }) => relative);
  const conflicted = excludedFrom(duty, file.participants, relativesOf).map(({ person }) => person);
  return [...new Set([...conflicted, ...notBy])].sort();
}

interface Place {
  readonly role: Role | 'subject';
  readonly unit: UnitId;
  readonly assignee: PersonId | null;
  readonly holders: readonly PersonId[];
  /** Whom the procedure named, and why it is not theirs. */
  readonly passedOn?: { readonly person: PersonId; readonly successor?: PersonId; readonly because: 'handed-over' | 'left' | 'recused' };
}

/**
 * Whoever the procedure names, or who took over from them in this case; the role where it names nobody. Someone who has left, or stands down, is no one to wait for: the task
 * then goes to the role, or, where any officer could have it, to the leader.
 */
async function placeOf(draft: StepDraft, file: CaseFile, opening: TaskOpening, excluded: PersonId[], at: Instant): Promise<Place> {
  const { assignee: person, role } = opening;
  if (person === undefined) return { ...(await placeOfRole(draft, file, opening, excluded, at)), assignee: null };
  if (role === 'subject') return { role, unit: await unitOf(draft, person), assignee: person, holders: [person] };
  const { id, unit, hasLeft } = await successorOf(draft.context.tx, file.id, person, at);
  if (hasLeft || excluded.includes(id)) {
    const place = await placeOfRole(draft, file, { ...opening, role: role === 'officer' ? 'unit-leader' : role }, excluded, at);
    return { ...place, assignee: null, passedOn: { person, because: hasLeft ? 'left' : 'recused' } };
  }
  const passedOn = id === person ? {} : { passedOn: { person, successor: id, because: 'handed-over' as const } };
  return { role, unit, assignee: id, holders: [id], ...passedOn };
}

async function placeOfRole(draft: StepDraft, file: CaseFile, opening: TaskOpening, excluded: PersonId[], at: Instant) {
  if (opening.role === 'subject') throw new Error(`task ${opening.task} is for a subject that the case lacks`);
  return resolveRole(draft.context.tx, {
    ...placedWithin(file.process, opening.role),
    unit: opening.unit ?? (opening.unitOf ? await unitOf(draft, opening.unitOf) : file.unit),
    at,
    excluded,
    above: opening.above ?? false,
  });
}

/** The unit that someone belongs to. */
export async function unitOf({ context }: StepDraft, person: PersonId): Promise<UnitId> {
  const { unitId } = await context.tx.person.findUniqueOrThrow({ where: { id: person }, select: { unitId: true } });
  return UnitId.parse(unitId);
}
