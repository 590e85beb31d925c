import type { PersonId } from './ids.ts';
import type { ParticipantRole, TaskOpening } from './step.ts';

export type Duty = TaskOpening['duty'];

export interface Participant {
  readonly person: PersonId;
  readonly role: ParticipantRole;
}

/** Why someone takes no part: a conflict of interest, or the step before was theirs. */
export type ExclusionReason = 'recused' | 'needs-second-person';

export interface Exclusion {
  readonly person: PersonId;
  readonly reason: ExclusionReason;
}

/** The parts that make someone party to a case; so are their relatives in conflict with it. */
export const partyRoles: readonly ParticipantRole[] = ['appellant', 'subject', 'reporter', 'reported', 'heard', 'witness'];

/** Those who look into a case; in one with two investigations, into which of them. */
export const investigatorRoles = [
  'investigator',
  'conduct-investigator',
  'leadership-investigator',
] as const satisfies readonly ParticipantRole[];

/** Who may not do which duty after having had which part. */
export const secondPersonRoles: Readonly<Record<Duty, readonly ParticipantRole[]>> = {
  handle: [],
  investigate: [],
  // 一案双查: nobody looks into both the conduct and the leadership (domain.md 3.1).
  'investigate-conduct': ['leadership-investigator'],
  'investigate-leadership': ['conduct-investigator'],
  decide: ['handler', ...investigatorRoles],
  review: ['handler', ...investigatorRoles, 'decider'],
  inform: [],
};

/**
 * Who takes no part in a task of this duty. It does not apply to what is asked of the case's subject itself (a task with role `subject`).
 * @param relativesOf declared relatives of a party
 * @returns each person once; a conflict of interest is the stronger reason
 * @source domain.md §4.1
 */
export function excludedFrom(
  duty: Duty,
  participants: readonly Participant[],
  relativesOf: (party: PersonId) => readonly PersonId[],
): readonly Exclusion[] {
  const parties = participants.filter(({ role }) => partyRoles.includes(role)).map(({ person }) => person);
  const recused = participants.filter(({ role }) => role === 'recused').map(({ person }) => person);
  const inConflict = new Set([...parties, ...parties.flatMap(relativesOf), ...recused]);
  const tookPart = new Set(participants.filter(({ role }) => secondPersonRoles[duty].includes(role)).map(({ person }) => person));
  return [
    ...[...inConflict].map((person) => ({ person, reason: 'recused' as const })),
    ...[...tookPart].filter((person) => !inConflict.has(person)).map((person) => ({ person, reason: 'needs-second-person' as const })),
  ];
}

/** The same rule for one person, whose own relatives are known. Kinship is declared in both directions. */
export function exclusionOf(
  who: { readonly id: PersonId; readonly relatives: readonly PersonId[] },
  duty: Duty,
  participants: readonly Participant[],
): ExclusionReason | null {
  const relativesOf = (party: PersonId) => (who.relatives.includes(party) ? [who.id] : []);
  return excludedFrom(duty, participants, relativesOf).find(({ person }) => person === who.id)?.reason ?? null;
}
