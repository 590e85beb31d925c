import type { z } from 'zod';
import type { CaseNumber, Text } from '../../domain/ids.ts';
import type { Acceptance } from '../../domain/step.ts';
import type { Plan } from '../act.ts';
import type { Asking } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';

/** One item of a bulk: what it is about, and what only this item has. */
export interface BulkTarget {
  readonly target: string;
  readonly input?: unknown;
}

/** What would be done with an item. `effect`: ids and dates for the preview, no contents. */
export interface ItemPlan {
  readonly work: { readonly plan: Plan } | { readonly acceptance: Acceptance };
  readonly effect: Readonly<Record<string, string | null>>;
}

/** An operation that can be done with many items, each as by the single route. */
export interface BulkKind {
  readonly name: string;
  readonly title: Text;
  /** Of the request that makes its preview. */
  readonly schema: z.ZodObject;
  /** The items, in the order in which they are done. @throws Problem `invalid-form` for none or too many */
  targets(deps: ApiDeps, asking: Asking, params: unknown): Promise<readonly BulkTarget[]>;
  /** Judges one item as it is now, and changes nothing. @throws Problem with the reason of the refusal */
  judge(deps: ApiDeps, asking: Asking, item: { readonly params: unknown } & BulkTarget): Promise<ItemPlan>;
  /** The case in which the item is done; null where it opens one. */
  caseOf(target: string): CaseNumber | null;
}

interface Definition<S extends z.ZodObject> extends Omit<BulkKind, 'schema' | 'targets' | 'judge'> {
  readonly schema: S;
  targets(deps: ApiDeps, asking: Asking, params: z.output<S>): Promise<readonly BulkTarget[]>;
  judge(deps: ApiDeps, asking: Asking, item: { readonly params: z.output<S> } & BulkTarget): Promise<ItemPlan>;
}

/** Parameters come from the request, and again from the database when an item's turn comes: they are parsed both times. */
export const bulkKind = <S extends z.ZodObject>({ targets, judge, ...kind }: Definition<S>): BulkKind & { readonly schema: S } => ({
  ...kind,
  targets: (deps, asking, params) => targets(deps, asking, kind.schema.parse(params)),
  judge: (deps, asking, { params, ...item }) => judge(deps, asking, { ...item, params: kind.schema.parse(params) }),
});
