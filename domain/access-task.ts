import { isAbove, unlessInConflict, withFullSight, withSight } from './access-case.ts';
import { type CaseFacts, type Decision, grant, refuse, type TaskFacts, type TaskInCase } from './access-facts.ts';
import { bearerOf, isExcluded } from './access-sight.ts';
import { type Actor, type Holder, holdsAny, leads } from './actor.ts';
import { careTeamOf, mayJoin } from './care-team.ts';
import { exclusionOf } from './recusal.ts';

/** A task with the person it is to go to. */
export interface Handover extends TaskInCase {
  readonly to: Holder;
}

/** Who may do what with a task. As with cases, a repeated request is recognised before this is asked. */
export const taskRules = {
  'task.read': (actor: Actor, { case: c }: TaskInCase): Decision => withSight(actor, c, (sight) => grant(sight)),
  'task.candidates': (actor: Actor, { case: c, task }: TaskInCase): Decision =>
    withSight(actor, c, () => (holdsAny(actor, ['auditor']) || directs(actor, task) ? grant() : refuse('forbidden'))),
  'task.complete': byBearer,
  'task.claim': (actor: Actor, at: TaskInCase): Decision => {
    const decision = byBearer(actor, at);
    return decision.granted && at.task.assignee !== null ? refuse('not-now') : decision;
  },
  'task.pause': byBearer,
  'task.extend': byBearer,
  'task.consult': (actor: Actor, { case: c, task, to }: Handover): Decision => {
    const decision = byBearer(actor, { case: c, task });
    return decision.granted && !mayJoin(to, c.process) ? refuse('forbidden') : decision;
  },
  'task.recompute': (actor: Actor, at: TaskInCase): Decision =>
    whileOpen(actor, at, () => (holdsAny(actor, ['supervision-desk']) ? unlessInConflict(actor, at.case, true) : refuse('forbidden'))),
  /** A seat of a panel is given up by whoever has it, and one more is given by whoever directs it. */
  'task.stand-down': byBearer,
  'task.seat': (actor: Actor, { to, ...at }: Handover): Decision => {
    const decision = mayEnlarge(actor, at);
    return decision.granted ? mayReceive(to, at.task, at.case) : decision;
  },
  'task.draft': byBearer,
  'task.resume': (actor: Actor, at: TaskInCase): Decision => {
    const decision = byBearer(actor, at);
    if (decision.granted || decision.problem !== 'forbidden') return decision;
    return unlessInConflict(actor, at.case, isAbove(actor, at.case));
  },
  'task.reassign': (actor: Actor, { to, ...at }: Handover): Decision => {
    const decision = mayHandOn(actor, at);
    return decision.granted ? mayReceive(to, at.task, at.case) : decision;
  },
  'task.recall': (actor: Actor, { case: c, task }: TaskInCase): Decision =>
    withFullSight(actor, c, () => {
      if (task.closedBy !== actor.id) return refuse('forbidden');
      return task.state === 'done' ? unlessInConflictHere(actor, task, c) : refuse('task-not-open');
    }),
};

/** Whether someone may give a task to another person, whoever that is. */
export const mayHandOn = (actor: Actor, { case: c, task }: TaskInCase): Decision =>
  whileOpen(actor, { case: c, task }, () => {
    if (task.role === 'subject') return refuse('forbidden');
    return task.assignee === actor.id ? grant() : unlessInConflict(actor, c, directs(actor, task) || caresFor(actor, c));
  });

/** Whether someone may give a panel one more member, whoever that is. */
export const mayEnlarge = (actor: Actor, { case: c, task }: TaskInCase): Decision =>
  whileOpen(actor, { case: c, task }, () => unlessInConflict(actor, c, directs(actor, task) || caresFor(actor, c)));

function byBearer(actor: Actor, { case: c, task }: TaskInCase): Decision {
  return whileOpen(actor, { case: c, task }, () => {
    const bearer = bearerOf(actor, task, c);
    if (bearer !== null) return grant('full', bearer === actor.id ? null : bearer);
    return unlessInConflictHere(actor, task, c, refuse('forbidden'));
  });
}

// Who may not know of a case is not told that one of its tasks is done; who may not do a task is told so before its state.
function whileOpen(actor: Actor, { case: c, task }: TaskInCase, then: () => Decision): Decision {
  return withSight(actor, c, () => {
    const decision = then();
    return decision.granted && task.state !== 'open' ? refuse('task-not-open') : decision;
  });
}

/** The reason why this person takes no part in this task, or else the given decision. */
function unlessInConflictHere(actor: Holder, task: TaskFacts, c: CaseFacts, otherwise: Decision = grant()): Decision {
  if (task.role === 'subject' || !isExcluded(actor, task, c)) return otherwise;
  return refuse(exclusionOf(actor, task.duty, c.participants) ?? 'needs-second-person');
}

const mayReceive = (to: Holder, task: TaskFacts, c: CaseFacts): Decision =>
  mayJoin(to, c.process) ? unlessInConflictHere(to, task, c) : refuse('forbidden');

/** Of a team's case no leader knows: whoever of the team sees it says who does what. */
const caresFor = (actor: Actor, c: CaseFacts): boolean => careTeamOf(c.process) !== null && mayJoin(actor, c.process);

/** Leaders over the task's unit and the supervision desk say who does it; a deputy as well as the head. */
const directs = (actor: Actor, task: TaskFacts): boolean => leads(actor, task.unitPath) || holdsAny(actor, ['supervision-desk']);
