import type { CaseFacts, Refusal, TaskFacts } from './access-facts.ts';
import { type Absent, type Actor, type Holder, holdsAny, leads } from './actor.ts';
import { careTeamOf } from './care-team.ts';
import type { PersonId } from './ids.ts';
import { exclusionOf, partyRoles } from './recusal.ts';
import type { ParticipantRole } from './step.ts';

/** Parts that do not open a confidential or sealed file: such a person is heard on what concerns them and gets an extract (domain.md §4.6). */
export const partsWithoutFile: readonly ParticipantRole[] = ['reporter', 'caller', 'reported', 'heard', 'witness', 'recused'];

/** Parts that show an extract of it instead: what is asked of them, and what became of it. */
export const partsWithExtract: readonly ParticipantRole[] = ['reporter', 'caller', 'heard'];

/** How much of a case someone sees: all, what concerns them, what an auditor checks, nothing. */
export type Sight = 'full' | 'extract' | 'skeleton' | 'none';

/**
 * How much of a case someone sees. The list form is `visibleTo` in store/visible.ts; both are proved equal there.
 * @source domain.md §4.6 (need to know), api.md "An auditor sees the skeleton of every case"
 */
export function sightOf(actor: Actor, c: CaseFacts): Sight {
  if (seesFile(actor, c)) return c.isAnonymised ? 'skeleton' : 'full';
  if (hasPart(actor, c, partsWithExtract)) return 'extract';
  return holdsAny(actor, ['auditor']) ? 'skeleton' : 'none';
}

/** Why someone sees nothing of a case: they may not know of it, or their own conflict of interest keeps them out. */
export function reasonOfNoSight(actor: Actor, c: CaseFacts): Extract<Refusal, 'recused' | 'not-found'> {
  const oversees = c.confidentiality === 'confidential' && holdsAny(actor, c.overseenBy);
  return hasPart(actor, c, ['recused']) || (oversees && isRelativeOfParty(actor, c)) ? 'recused' : 'not-found';
}

/**
 * Fields of the case view that are kept from someone who sees it.
 * A withheld name is known to the overseeing desk and to the appellants alone, whatever the level and even behind broken glass: no leader learns by it who complained.
 */
export function redactions(actor: Actor, c: CaseFacts): readonly ('title' | 'data' | 'subject')[] {
  const sight = sightOf(actor, c);
  if (sight === 'full') return knowsNames(actor, c) ? [] : ['subject'];
  return sight === 'extract' && c.subject === actor.id ? ['title', 'data'] : ['title', 'data', 'subject'];
}

/** Persons whose name and id are to be left out wherever they occur in what someone sees of a case: as opener, assignee, candidate or author of an event. */
export function hiddenPeople(actor: Actor, c: CaseFacts): readonly PersonId[] {
  const sight = sightOf(actor, c);
  if (sight === 'full' && knowsNames(actor, c)) return [];
  const hiddenRoles = sight === 'full' ? namedRoles : partyRoles;
  const parties = c.participants.filter(({ role }) => hiddenRoles.includes(role)).map(({ person }) => person);
  const hidden = new Set(c.subject === null ? parties : [c.subject, ...parties]);
  if (sight === 'extract') hidden.delete(actor.id);
  return [...hidden];
}

/**
 * In whose name someone may do a task: their own, that of an absent person, or nobody's (null). Whoever is excluded does it for nobody.
 * Standing in opens no confidential or sealed case to someone outside its circle (domain.md §2 "Substitute"), but for an emergency while it is unanswered; one of a care team stays with
 * the team all the same.
 */
export function bearerOf(actor: Actor, task: TaskFacts, c: CaseFacts): PersonId | null {
  if (bears(actor, task, c)) return actor.id;
  if (task.role === 'subject' || isExcluded(actor, task, c)) return null;
  if (isNeedToKnow(c) && !isInCircle(actor, c) && !isOpenToSubstitutes(task, c)) return null;
  return actor.standsInFor.find((absent) => covers(absent, c) && bears(absent, task, c))?.id ?? null;
}

export const isExcluded = (who: Holder, task: TaskFacts, c: CaseFacts): boolean =>
  task.excluded.includes(who.id) || exclusionOf(who, task.duty, c.participants) !== null;

export const hasPart = (who: Holder, c: CaseFacts, parts: readonly ParticipantRole[]): boolean =>
  c.participants.some(({ person, role }) => person === who.id && parts.includes(role));

const namedRoles: readonly ParticipantRole[] = ['appellant', 'subject'];

function seesFile(actor: Actor, c: CaseFacts): boolean {
  if (c.confidentiality === 'open' || c.glassBroken) return true;
  if (c.openTasks.some((task) => bearerOf(actor, task, c) !== null && !isAskedOfHeard(actor, task, c))) return true;
  if (isNeedToKnow(c)) return isInCircle(actor, c);
  const isInvolved = c.participants.some(({ person }) => person === actor.id) || [c.subject, c.openedBy].includes(actor.id);
  return isInvolved || leads(actor, c.unitPath) || holdsAny(actor, c.overseenBy);
}

/** To answer what they are asked opens no file. */
const isAskedOfHeard = (actor: Actor, task: TaskFacts, c: CaseFacts): boolean =>
  task.role === 'subject' && hasPart(actor, c, partsWithExtract);

/** The circle of a confidential or sealed case, apart from whoever holds a task in it. */
function isInCircle(actor: Actor, c: CaseFacts): boolean {
  if (hasPart(actor, c, namedRoles)) return true;
  if (hasPart(actor, c, ['recused'])) return false;
  if (c.participants.some(({ person, role }) => person === actor.id && !partsWithoutFile.includes(role))) return true;
  if (c.confidentiality === 'sealed') return false;
  if (c.subject === actor.id) return !hasPart(actor, c, ['reported', ...partsWithExtract]);
  return holdsAny(actor, c.overseenBy) && !hasPart(actor, c, partyRoles) && !isRelativeOfParty(actor, c);
}

export const isOpenToSubstitutes = (task: Pick<TaskFacts, 'urgent'>, { process }: Pick<CaseFacts, 'process'>): boolean =>
  task.urgent && careTeamOf(process) === null;

const isNeedToKnow = (c: CaseFacts): boolean => c.confidentiality === 'confidential' || c.confidentiality === 'sealed';

const isRelativeOfParty = (who: Holder, c: CaseFacts): boolean =>
  c.participants.some(({ person, role }) => partyRoles.includes(role) && who.relatives.includes(person));

const knowsNames = (actor: Actor, c: CaseFacts): boolean =>
  !c.nameWithheld || c.subject === actor.id || hasPart(actor, c, namedRoles) || holdsAny(actor, c.overseenBy);

const covers = (absent: Absent, c: CaseFacts): boolean => absent.processes === null || absent.processes.includes(c.process);

/** Whether a task is someone's: assigned to them, or unassigned and of a role they hold in its unit. */
function bears(who: Holder, task: TaskFacts, c: CaseFacts): boolean {
  if (task.role === 'subject') return task.assignee === who.id;
  const isTheirs = task.assignee === null ? holdsHere(who, task) : task.assignee === who.id;
  return isTheirs && !isExcluded(who, task, c);
}

const holdsHere = (who: Holder, task: TaskFacts): boolean => who.roles.some(({ role, unit }) => role === task.role && unit === task.unit);
