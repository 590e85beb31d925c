import { z } from 'zod';
import { copyPolicies } from '../domain/circulation.ts';
import { Duration } from '../domain/duration.ts';
import { settingsOf } from '../domain/policy.ts';
import type { CaseRecord } from '../store/case-view.ts';
import type { ApiDeps } from './deps.ts';

/** Settings that a process may have for the common commands, with the bureau's usual values. */
const CommandSettings = z.object({
  /** Hops between units that need nobody's approval. @source domain.md 3.1, appeal: "at most 2 without the supervision desk's approval" */
  maxTransfers: z.int().min(0).default(2),
  /** Whether an extension is decided by a leader or taken by whoever has the task. */
  extensionNeedsApproval: z.boolean().default(true),
  /** Grants of more time for one task; without it, as many as are granted. @source domain.md 3.1, supervision: "at most twice" */
  maxExtensions: z.int().min(0).optional(),
  /** All extensions of one task together. @source domain.md 3.1, dual-investigation: "extended by approval up to 30 d" */
  maxExtension: Duration.optional(),
  /** The longest that a case may be suspended at a time. */
  maxSuspension: Duration.optional(),
  /** To whom a confidential or sealed case may be copied; by its level unless stated. */
  copiesTo: z.enum(copyPolicies).optional(),
});

/** The settings of the policy that the case started under. */
export async function commandSettings(
  { policies }: ApiDeps,
  { process, policyVersion }: CaseRecord,
): Promise<z.output<typeof CommandSettings>> {
  const { policy } = await policies.of(policyVersion);
  return settingsOf(policy, process, CommandSettings);
}
