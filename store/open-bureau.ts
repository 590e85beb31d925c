import { readFile } from 'node:fs/promises';
import { type Policy, parsePolicy } from '../domain/policy.ts';
import { PolicyError } from '../domain/policy-error.ts';
import type { Database } from '../platform/database.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import { reasonOf, SetupError } from '../platform/setup-error.ts';
import type { Bureau } from './bureau.ts';
import { openPolicies } from './policies.ts';
import { shippedPolicyFile } from './shipped-policy.ts';

export interface PolicyChoice {
  /** A YAML file laid over the shipped policy. */
  readonly overlay?: string | undefined;
  /** Whether the time may be scaled. */
  readonly demo: boolean;
}

/** Opens the store under the policy that is in force from now on. @throws SetupError with each fault's file and line, or that the overlay can't be read */
export async function openBureau(db: Database, ring: KeyRing, choice: PolicyChoice): Promise<Bureau> {
  const policy = await loadPolicy(choice).catch((error: unknown) => {
    throw refused(choice, error);
  });
  return { db, ring, policies: await openPolicies(db, policy) };
}

/** @throws PolicyError with file and line; Error of the file system for an overlay that can't be read */
export async function loadPolicy({ overlay, demo }: PolicyChoice): Promise<Policy> {
  const files = [await shippedPolicyFile()];
  if (overlay !== undefined) files.push({ name: overlay, text: await readFile(overlay, 'utf8') });
  return parsePolicy(files, { demo });
}

function refused({ overlay = 'policy/default.yaml' }: PolicyChoice, error: unknown): unknown {
  if (error instanceof PolicyError) return new SetupError(error.message, `Correct ${overlay} and start again.`, error);
  return new SetupError(
    `读不到策略文件 ${overlay}（${reasonOf(error)}）：请检查 FIVEFOLD_POLICY 的路径和权限。`,
    `The policy ${overlay} cannot be read: check the path in FIVEFOLD_POLICY and its rights.`,
    error,
  );
}
