import type { CaseFacts } from './access-facts.ts';
import { type Actor, holdsAny, leads } from './actor.ts';
import { exclusionOf } from './recusal.ts';

/** To whom a confidential or sealed case may be copied. */
export const copyPolicies = ['nobody', 'overseers'] as const;
export type CopyPolicy = (typeof copyPolicies)[number];

/** What holds where the policy does not say. */
export const usualCopyPolicy = (confidentiality: CaseFacts['confidentiality']): CopyPolicy =>
  confidentiality === 'sealed' ? 'nobody' : 'overseers';

/**
 * Why someone is not given a case to read, or null. Parties, their relatives and those who stood down never are: they are heard, and get an extract. Confidential and sealed cases
 * go to their overseers and the leaders over them, or to nobody.
 * @source domain.md §4.1, §4.6 (need to know)
 */
export function copyRefusal(to: Actor, c: CaseFacts, policy: CopyPolicy): 'recused' | 'forbidden' | null {
  if (exclusionOf(to, 'inform', c.participants) !== null) return 'recused';
  if (c.confidentiality === 'open' || c.confidentiality === 'internal') return null;
  return policy === 'overseers' && (holdsAny(to, c.overseenBy) || leads(to, c.unitPath)) ? null : 'forbidden';
}
