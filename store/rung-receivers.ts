import { isOpenToSubstitutes } from '../domain/access-sight.ts';
import { placedWithin } from '../domain/care-team.ts';
import type { Instant, PersonId, UnitId } from '../domain/ids.ts';
import { type Role, roleIds } from '../domain/roles.ts';
import type { Transaction } from '../platform/database.ts';
import type { CaseFile, TaskRow } from './case-file.ts';
import { resolveRole } from './resolve-role.ts';
import type { StepDraft } from './step-draft.ts';

/** Whom a rung tells. */
export interface Receivers {
  readonly people: readonly PersonId[];
  /** Those of them who act as leader for a time. */
  readonly acting?: readonly PersonId[];
  /** Whom it should have gone to, and why it goes elsewhere or to others as well. */
  readonly instead?: Elsewhere;
}

interface Elsewhere {
  readonly of: { readonly person: PersonId } | { readonly role: Role; readonly unit: UnitId };
  readonly why: 'left' | 'absent' | 'unit-dissolved' | 'vacant' | 'not-free';
}

/** Roles are resolved when the rung fires, not when the task opens: the leader may have changed in between (domain.md §2). */
export async function receiversOf(draft: StepDraft, task: TaskRow, to: string, at: Instant): Promise<Receivers> {
  const bearers = await presentBearers(draft, task, at);
  if (to !== 'assignee') {
    // A leader who has the task is not told of the own delay; the next one above is.
    const excluded = [...task.excluded, ...bearers.people];
    return withSubstitutes(draft, task, await holdersOf(draft, task, roleOf(to === 'inspection' ? 'inspector' : to), { at, excluded }), at);
  }
  if (bearers.people.length > 0 || task.assignee === null) return withSubstitutes(draft, task, bearers, at);
  const { people } = await holdersOf(draft, task, 'unit-leader', { at, excluded: task.excluded });
  return { people, instead: { of: { person: task.assignee }, why: 'left' } };
}

/** Who has the task: the person it was given to, or whoever holds its role. */
export const bearersOf = async (draft: StepDraft, task: TaskRow, at: Instant): Promise<readonly PersonId[]> =>
  (await presentBearers(draft, task, at)).people;

async function presentBearers(draft: StepDraft, task: TaskRow, at: Instant): Promise<Receivers> {
  const { assignee, role, excluded } = task;
  if (assignee === null) return holdersOf(draft, task, roleOf(role), { at, excluded });
  const hasLeft = (await gone(draft.context.tx, [assignee], at)).has(assignee);
  return { people: hasLeft ? [] : [assignee] };
}

function roleOf(name: string): Role {
  const known = roleIds.find((id) => id === name);
  if (!known) throw new Error(`nobody can hold ${name}`);
  return known;
}

/** Roles that every unit has for itself: where they are found higher up, the unit lacks them. */
const ownRoles: readonly Role[] = ['unit-leader', 'deputy-leader'];

interface When {
  readonly at: Instant;
  readonly excluded: readonly PersonId[];
}

async function holdersOf(draft: StepDraft, { unit }: TaskRow, role: Role, { at, excluded }: When): Promise<Receivers> {
  const { tx } = draft.context;
  const found = await resolveRole(tx, { ...placedWithin(draft.file.process, role), unit, at, excluded });
  const told = { people: found.holders, ...(found.acting && { acting: found.acting }) };
  if (found.role === role && (found.unit === unit || !ownRoles.includes(role))) return told;
  return { ...told, instead: { of: { role, unit }, why: await whyNotThere(tx, { role, unit, at }) } };
}

async function whyNotThere(tx: Transaction, { role, unit, at }: { role: Role; unit: UnitId; at: Instant }): Promise<Elsewhere['why']> {
  const [there] = await tx.$queryRaw<{ isDissolved: boolean; isHeld: boolean }[]>`
    select coalesce(u.dissolved_at <= ${at}::timestamptz, false) as "isDissolved",
           exists (select 1 from role_grant g join person p on p.id = g.person_id and (p.left_at is null or p.left_at > ${at}::timestamptz)
                    where g.unit_id = u.id and g.role = ${role} and g.starts_at <= ${at}::timestamptz and g.ends_at > ${at}::timestamptz) as "isHeld"
      from unit u where u.id = ${unit}`;
  if (there?.isDissolved) return 'unit-dissolved';
  return there?.isHeld ? 'not-free' : 'vacant';
}

/**
 * Who stands in for someone absent is told as well, but for someone who is acting themselves: neither chains; not of what only a case's circle may know, unless it is an emergency
 * (domain.md §2 "Substitute", domain/access-sight.ts `bearerOf`).
 */
async function withSubstitutes(draft: StepDraft, task: TaskRow, told: Receivers, at: Instant): Promise<Receivers> {
  const { file, context } = draft;
  if (task.role === 'subject') return told;
  if (!['open', 'internal'].includes(file.confidentiality) && !isOpenToSubstitutes(task, file)) return told;
  const standing = (await substitutionsAt(context.tx, at)).filter(
    ({ person, to, processes }) =>
      told.people.includes(person) && !told.acting?.includes(person) && !task.excluded.includes(to) && covers(processes, file),
  );
  const [first] = standing;
  if (first === undefined) return told;
  const people = [...new Set([...told.people, ...standing.map(({ to }) => to)])];
  return { ...told, people, instead: told.instead ?? { of: { person: first.person }, why: 'absent' } };
}

/** Whom an emergency calls when it opens: whoever has the task, and who stands in for those of them who are off. */
export async function calledFor(draft: StepDraft, task: TaskRow, people: readonly PersonId[], at: Instant): Promise<readonly PersonId[]> {
  return task.urgent ? (await withSubstitutes(draft, task, { people }, at)).people : people;
}

const covers = (processes: readonly string[] | null, { process }: CaseFile): boolean => processes === null || processes.includes(process);

interface Substitution {
  readonly person: PersonId;
  readonly to: PersonId;
  readonly processes: readonly string[] | null;
}

/** What was asked in a transaction holds until its end: rungs that are due together ask for the same people. */
const substitutions = new WeakMap<Transaction, Promise<readonly Substitution[]>>();
const leavers = new WeakMap<Transaction, Map<PersonId, boolean>>();

function substitutionsAt(tx: Transaction, at: Instant): Promise<readonly Substitution[]> {
  const known =
    substitutions.get(tx) ??
    tx.$queryRaw<Substitution[]>`
      select person_id as person, to_id as "to", processes from substitution
       where starts_at <= ${at}::timestamptz and ends_at > ${at}::timestamptz order by id`;
  substitutions.set(tx, known);
  return known;
}

/** Which of these people have left by then; asked for many at once, it is known for each of them. */
export async function gone(tx: Transaction, people: readonly PersonId[], at: Instant): Promise<ReadonlySet<PersonId>> {
  const known = leavers.get(tx) ?? new Map<PersonId, boolean>();
  leavers.set(tx, known);
  const unknown = people.filter((person) => !known.has(person));
  if (unknown.length > 0) {
    const rows = await tx.$queryRaw<{ id: PersonId }[]>`
      select id from person where id = any (${unknown}) and left_at <= ${at}::timestamptz`;
    const left = new Set(rows.map(({ id }) => id));
    for (const person of unknown) known.set(person, left.has(person));
  }
  return new Set(people.filter((person) => known.get(person)));
}
