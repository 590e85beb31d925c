import { isAbove, unlessInConflict } from './access-case.ts';
import type { CaseFacts, Decision } from './access-facts.ts';
import { grant, refuse } from './access-facts.ts';
import { isExcluded, reasonOfNoSight, sightOf } from './access-sight.ts';
import { type Actor, type Holder, holdsAny, leads } from './actor.ts';
import { mayJoin } from './care-team.ts';
import type { PersonId } from './ids.ts';
import { exclusionOf } from './recusal.ts';
import type { Role } from './roles.ts';

/** A case, whose part in it is handed over, and to whom. */
export type HandOverFacts = CaseFacts & {
  readonly from: { readonly id: PersonId; readonly unitPath: string };
  readonly to: Holder;
};

/** They keep the people's files, and hand over what a leaver held also where they see no contents. Confidential and sealed cases are for those who see them. */
export const staffKeepers: readonly Role[] = ['administrator', 'political-department'];

export const handOverRules = {
  'case.hand-over': (actor: Actor, { from, to, ...c }: HandOverFacts): Decision => {
    const keepsStaff = holdsAny(actor, staffKeepers) && (c.confidentiality === 'open' || c.confidentiality === 'internal');
    const sight = sightOf(actor, c);
    if (sight === 'none' && !keepsStaff) return refuse(reasonOfNoSight(actor, c));
    if (sight !== 'full' && sight !== 'none' && !keepsStaff) return refuse('forbidden');
    const isEntitled =
      keepsStaff || actor.id === from.id || leads(actor, from.unitPath) || holdsAny(actor, ['supervision-desk']) || isAbove(actor, c);
    const decision = unlessInConflict(actor, c, isEntitled);
    return decision.granted ? mayTakeOver(to, from.id, c) : decision;
  },
};

/** Whoever takes over must be free for every task and for the handler's part. */
function mayTakeOver(to: Holder, from: PersonId, c: CaseFacts): Decision {
  if (!mayJoin(to, c.process)) return refuse('forbidden');
  const tasks = c.openTasks.filter(({ assignee, role }) => assignee === from && role !== 'subject');
  if (tasks.length === 0 && c.handler !== from) return refuse(c.state === 'closed' ? 'case-not-open' : 'not-now');
  const handling = c.handler === from ? exclusionOf(to, 'handle', c.participants) : null;
  if (handling !== null) return refuse(handling);
  const closed = tasks.find((task) => isExcluded(to, task, c));
  return closed === undefined ? grant() : refuse(exclusionOf(to, closed.duty, c.participants) ?? 'needs-second-person');
}
