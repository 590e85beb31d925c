import { z } from 'zod';
import { dueAt, extendedDue } from '../domain/clock.ts';
import { Duration, plainMs } from '../domain/duration.ts';
import type { RestrictionKind } from '../domain/eligibility.ts';
import type { Instant, PersonId } from '../domain/ids.ts';
import { settingsOf } from '../domain/policy.ts';
import { Problem } from '../domain/problems.ts';
import { maximumOf } from '../domain/statutory-limits.ts';
import type { Restricting, Term } from '../domain/step.ts';
import { instantOf } from '../domain/time-zone.ts';
import type { CaseFile } from './case-file.ts';
import { type StepDraft, tell } from './step-draft.ts';

/**
 * Limits a right of the case's subject for a time, or moves the end of such a limit. Its dates are facts from now on: they end it, whatever runs or stands still.
 * @throws Problem `beyond-maximum` for a measure shorter or longer than law and policy allow
 */
export async function restrict(draft: StepDraft, { restriction, ground, term: asked, person: named }: Restricting): Promise<void> {
  const { file } = draft;
  const person = personOf(file, named);
  const earlier = await restrictionOf(draft, restriction, person);
  const term = termOf(draft, asked, earlier);
  demandWithinMaximum(file, restriction, term);
  draft.restrictions.push({ kind: restriction, person, ground, ...term });
  tell(draft, earlier ? 'restriction-extended' : 'restricted', { restriction, person, ground, ...term });
}

/** Ends a restriction at once; one that has ended by itself stays as it was. */
export async function lift(draft: StepDraft, restriction: RestrictionKind, named?: PersonId): Promise<void> {
  const { at } = draft.step;
  const earlier = await restrictionOf(draft, restriction, personOf(draft.file, named));
  if (!earlier || Date.parse(earlier.until) <= Date.parse(at)) return;
  draft.restrictions.push({ ...earlier, until: at });
  tell(draft, 'restriction-lifted', { restriction, person: earlier.person, until: at });
}

function personOf({ number, subject }: CaseFile, named: PersonId | undefined): PersonId {
  const person = named ?? subject;
  if (person === null) throw new Error(`case ${number} restricts nobody: it has no subject`);
  return person;
}

function termOf({ file, step }: StepDraft, asked: Restricting['term'], earlier: Term | null): Term {
  const { policy, calendar } = file.policy;
  if ('lasts' in asked) return { from: step.at, until: dueAt(step.at, asked.lasts, calendar, policy.timeScale) };
  if ('longerBy' in asked) {
    if (!earlier) throw new Error(`case ${file.number} has no restriction to extend`);
    if (Date.parse(earlier.until) <= Date.parse(step.at)) throw new Problem('limit-passed');
    return { from: earlier.from, until: extendedDue(earlier.until, asked.longerBy, calendar, policy.timeScale) };
  }
  const startOf = (date: string, shift = 0) => instantOf(calendar.startOf(Date.parse(date) / 86_400_000 + shift));
  return { from: startOf(asked.from), until: startOf(asked.until, 1) };
}

const Bounds = z.object({ min: Duration, max: Duration });

/** The statutory maximum holds whatever the policy of the case's start says; within it the policy's own bounds. */
function demandWithinMaximum(file: CaseFile, kind: RestrictionKind, { from, until }: Term): void {
  if (kind !== 'suspension' && kind !== 'confinement') return;
  const { policy } = file.policy;
  const bounds = settingsOf(policy, file.process, z.object({ [kind]: Bounds }))[kind];
  const length = (Date.parse(until) - Date.parse(from)) * policy.timeScale;
  const most = Math.min(plainMs(maximumOf(kind)), ...(bounds ? [plainMs(bounds.max)] : []));
  // Instants are whole milliseconds: under a time scale the quotient was rounded.
  const slack = policy.timeScale > 1 ? policy.timeScale : 0;
  if (length > most + slack || (bounds && length < plainMs(bounds.min) - slack)) throw new Problem('beyond-maximum');
}

interface RestrictionRow extends Term {
  readonly kind: RestrictionKind;
  readonly person: PersonId;
  readonly ground: string;
}

/** As the step so far leaves it. */
async function restrictionOf(
  { context, file, restrictions }: StepDraft,
  kind: RestrictionKind,
  person: PersonId,
): Promise<RestrictionRow | null> {
  const drafted = restrictions.findLast((each) => each.kind === kind && each.person === person);
  if (drafted) return drafted;
  const [row] = await context.tx.$queryRaw<{ ground: string; from: Date; until: Date }[]>`
    select ground, starts_at as "from", ends_at as until from restriction where case_id = ${file.id}::bigint and kind = ${kind} and person_id = ${person}`;
  return row ? { kind, person, ground: row.ground, from: iso(row.from), until: iso(row.until) } : null;
}

const iso = (at: Date): Instant => instantOf(at.getTime());
