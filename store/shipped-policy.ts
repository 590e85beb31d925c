import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Text } from '../domain/ids.ts';
import { type Policy, parsePolicy } from '../domain/policy.ts';
import { policyNotes } from '../domain/policy-notes.ts';
import type { PolicyFile } from '../domain/policy-source.ts';

const file = fileURLToPath(new URL('../policy/default.yaml', import.meta.url));

export interface ShippedPolicy {
  readonly policy: Policy;
  readonly notes: ReadonlyMap<string, Text>;
}

export const shippedPolicyFile = async (): Promise<PolicyFile> => ({ name: 'policy/default.yaml', text: await readFile(file, 'utf8') });

/** The policy as the program came with it, whatever a bureau has laid over it; read once. */
export function shippedPolicy(): Promise<ShippedPolicy> {
  read ??= readShipped();
  return read;
}

let read: Promise<ShippedPolicy> | undefined;

async function readShipped(): Promise<ShippedPolicy> {
  const shipped = await shippedPolicyFile();
  return { policy: parsePolicy([shipped], { demo: false }), notes: policyNotes(shipped) };
}
