import { z } from 'zod';
import { bulkExtend } from './extend.ts';
import { bulkHandOver } from './hand-over.ts';
import { bulkIssue } from './issue.ts';
import type { BulkKind } from './kind.ts';
import { bulkReassign } from './reassign.ts';
import { bulkRecompute } from './recompute.ts';
import { bulkRemind } from './remind.ts';

/** The one list of what can be done in bulk. What takes two people (approve, refuse, complete) is never here. */
const kinds = [bulkReassign, bulkExtend, bulkRemind, bulkRecompute, bulkHandOver, bulkIssue] as const;

export const NewBulk = z.discriminatedUnion('kind', [
  bulkReassign.schema,
  bulkExtend.schema,
  bulkRemind.schema,
  bulkRecompute.schema,
  bulkHandOver.schema,
  bulkIssue.schema,
]);

export const kindNames = kinds.map(({ name }) => name);

/** @throws Error for a kind that no preview can have had */
export function kindOf(name: string): BulkKind {
  const kind = kinds.find((each) => each.name === name);
  if (kind === undefined) throw new Error(`there is no bulk operation ${name}`);
  return kind;
}
