import { actingRules } from './access-acting.ts';
import { attachmentRules } from './access-attachment.ts';
import { briefRules } from './access-brief.ts';
import { bulkRules } from './access-bulk.ts';
import { caseRules } from './access-case.ts';
import { type Decision, grant, refuse } from './access-facts.ts';
import { figureRules } from './access-figure.ts';
import { handOverRules, staffKeepers } from './access-hand-over.ts';
import { inquiryRules } from './access-inquiry.ts';
import { personRules } from './access-person.ts';
import { roundRules } from './access-round.ts';
import { taskRules } from './access-task.ts';
import { type Actor, holdsAny } from './actor.ts';
import { Problem } from './problems.ts';
import type { Role } from './roles.ts';

/** What the person alone decides: it can be asked before any row is read. */
const general = {
  me: everyone,
  'case.list': everyone,
  'task.list': everyone,
  'person.list': everyone,
  'unit.read': everyone,
  'rule.read': everyone,
  'calendar.read': everyone,
  'process.read': everyone,
  'notice.read': everyone,
  'attachment.add': everyone,
  /** They count all cases of the bureau, also those of which others may not know. */
  'checkpoint.list': holdersOf(['auditor', 'administrator']),
  /** Whether the newest one verifies. */
  'checkpoint.verify': holdersOf(['auditor', 'administrator']),
  /** Names of keys and since when each signs; never a key. */
  'key.list': holdersOf(['auditor', 'administrator']),
  /** What every limit is and would come to. */
  'policy.read': holdersOf(['administrator', 'political-department', 'supervision-desk', 'auditor']),
  'delivery.list': holdersOf(['administrator']),
  'delivery.retry': holdersOf(['administrator']),
  'stuck.list': holdersOf(['administrator']),
  'stuck.restart': holdersOf(['administrator']),
  /** Who calls those who have not answered; the list itself holds what each may know of. */
  'duty.read': holdersOf(['duty-desk', 'hospital-liaison', 'health-desk', 'welfare-desk', 'supervising-leader', 'bureau-leader']),
  'fund.read': holdersOf(['fund-committee', 'fund-cashier', 'bureau-leader', 'auditor']),
  'fund.ask': holdersOf(['fund-cashier']),
  /** As the second person: store/fund/requests.ts refuses whoever asked. */
  'fund.decide': holdersOf(['fund-committee', 'fund-cashier']),
  'fund.close': holdersOf(['fund-committee']),
  'bulk.list': everyone,
  'bulk.start': everyone,
  'bulk.cases': everyone,
  'person.import': holdersOf(staffKeepers),
  'person.leavers': holdersOf(staffKeepers),
};

/** Everything that can be permitted or refused, with who may: the one place that decides. Deny by default: what is not here cannot be asked for. */
const table = {
  ...caseRules,
  ...attachmentRules,
  ...inquiryRules,
  ...roundRules,
  ...handOverRules,
  ...actingRules,
  ...taskRules,
  ...personRules,
  ...briefRules,
  ...figureRules,
  ...bulkRules,
  ...general,
};

/** What must be known to decide, by permission; `null` where the person alone decides. */
export type Facts = { [P in keyof typeof table]: Parameters<(typeof table)[P]>[1] };
export type Permission = keyof Facts;

export const permissions = Object.keys(table) as readonly Permission[];
export const isPermission = (name: unknown): name is Permission => typeof name === 'string' && Object.hasOwn(table, name);
export const isGeneral = (permission: Permission): permission is keyof typeof general => Object.hasOwn(general, permission);

const rules: { readonly [P in Permission]: (actor: Actor, facts: Facts[P]) => Decision } = table;

/** Whether someone may do something, how much they see then, and in whose place they act. */
export function may<P extends Permission>(actor: Actor, permission: P, facts: Facts[P]): Decision {
  return rules[permission](actor, facts);
}

/** @throws Problem with the reason of the refusal: `not-found` where the actor may not even know of it */
export function demand<P extends Permission>(actor: Actor, permission: P, facts: Facts[P]): Decision & { granted: true } {
  const decision = may(actor, permission, facts);
  if (!decision.granted) throw new Problem(decision.problem);
  return decision;
}

function everyone(_actor: Actor, _facts: null): Decision {
  return grant();
}

function holdersOf(roles: readonly Role[]) {
  return (actor: Actor, _facts: null): Decision => (holdsAny(actor, roles) ? grant() : refuse('forbidden'));
}
