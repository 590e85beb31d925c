/*
 * Medical facts inside a case that others work on too: field by field, and task by task (`medical` in a definition). The person, the care team, and whoever does or did a task see what
 * that task holds; nobody else who sees the case does, neither leaders nor whoever broke its glass. @source domain.md 3.1 "visible only to the care team and the officer"
 */
import type { CaseFacts, TaskFacts } from './access-facts.ts';
import { bearerOf, hasPart } from './access-sight.ts';
import { type Actor, holdsAny } from './actor.ts';
import { exclusionOf } from './recusal.ts';

/** All of them. A relative, or someone who stands down, has no part in the team. */
export function seesMedical(actor: Actor, c: CaseFacts): boolean {
  if (c.medicalFor.length === 0 || c.subject === actor.id || hasPart(actor, c, ['appellant', 'subject'])) return true;
  return holdsAny(actor, c.medicalFor) && exclusionOf(actor, 'inform', c.participants) === null;
}

/** Those of one task. */
export const seesMedicalOf = (actor: Actor, task: TaskFacts, c: CaseFacts): boolean =>
  seesMedical(actor, c) || task.closedBy === actor.id || (task.state === 'open' && bearerOf(actor, task, c) !== null);
