import { randomUUID } from 'node:crypto';
import { BulkId } from '../../domain/bulk.ts';
import { Problem } from '../../domain/problems.ts';
import { type NewItem, saveBulk } from '../../store/bulk.ts';
import { type BulkRow, bulkOfKey } from '../../store/lists/bulks.ts';
import type { Acting } from '../act.ts';
import type { ApiDeps } from '../deps.ts';
import { refuseEvenly } from '../even-refusal.ts';
import type { BulkKind, BulkTarget } from './kind.ts';

/** Items that are judged at the same time. */
const AT_ONCE = 4;

/** Judges every item as if it were done now, changes nothing but the preview itself. @throws Problem `invalid-form`, `idempotency-conflict` */
export async function previewBulk(
  deps: ApiDeps,
  acting: Acting,
  { kind, params, targets }: Preview,
): Promise<{ bulk: BulkRow; isNew: boolean }> {
  const { actor, key, bodyHash, at } = acting;
  const earlier = await bulkOfKey(deps.db, actor.id, key);
  const id = BulkId.parse(randomUUID());
  if (earlier === null) {
    const items = await judged(deps, acting, { kind, params, targets: targets ?? (await kind.targets(deps, acting, params)) });
    await saveBulk(deps, { id, kind: kind.name, by: actor.id, key, bodyHash, params, at, items });
  }
  const bulk = earlier ?? (await bulkOfKey(deps.db, actor.id, key));
  if (bulk === null) throw new Error(`the bulk ${id} was not kept`);
  if (bulk.bodyHash !== bodyHash) throw new Problem('idempotency-conflict');
  return { bulk, isNew: bulk.id === id };
}

export interface Preview {
  readonly kind: BulkKind;
  readonly params: unknown;
  /** Where they do not follow from the parameters: the rows of a table. */
  readonly targets?: readonly BulkTarget[];
}

async function judged(deps: ApiDeps, acting: Acting, { kind, params, targets }: Required<Preview>): Promise<NewItem[]> {
  const items: NewItem[] = [];
  for (let from = 0; from < targets.length; from += AT_ONCE) {
    const some = targets.slice(from, from + AT_ONCE);
    items.push(...(await Promise.all(some.map((item) => judgedItem(deps, acting, { kind, params, item })))));
  }
  return items;
}

async function judgedItem(
  deps: ApiDeps,
  acting: Acting,
  { kind, params, item }: { kind: BulkKind; params: unknown; item: BulkTarget },
): Promise<NewItem> {
  const from = performance.now();
  try {
    const { effect } = await kind.judge(deps, acting, { ...item, params }).catch((refusal: unknown) => refuseEvenly(refusal, from));
    return { ...item, effect, problem: null };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return { ...item, effect: {}, problem: error.slug };
  }
}
