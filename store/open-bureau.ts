import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Policy, parsePolicy } from '../domain/policy.ts';
import type { Database } from '../platform/database.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { Bureau } from './bureau.ts';
import { openPolicies } from './policies.ts';

export interface PolicyChoice {
  /** A YAML file laid over the shipped policy. */
  readonly overlay?: string | undefined;
  /** Whether the time may be scaled. */
  readonly demo: boolean;
}

const shippedPolicy = fileURLToPath(new URL('../policy/default.yaml', import.meta.url));

/** Opens the store under the policy that is in force from now on. @throws PolicyError with file and line */
export async function openBureau(db: Database, ring: KeyRing, choice: PolicyChoice): Promise<Bureau> {
  return { db, ring, policies: await openPolicies(db, await loadPolicy(choice)) };
}

/** @throws PolicyError with file and line; Error of the file system for an overlay that can't be read */
export async function loadPolicy({ overlay, demo }: PolicyChoice): Promise<Policy> {
  const files = [{ name: 'policy/default.yaml', text: await readFile(shippedPolicy, 'utf8') }];
  if (overlay !== undefined) files.push({ name: overlay, text: await readFile(overlay, 'utf8') });
  return parsePolicy(files, { demo });
}
