import { z } from 'zod';
import type { PersonId } from '../domain/ids.ts';
import type { Bureau } from './bureau.ts';
import { readDraft, saveDraft, VIEWS } from './drafts.ts';

/** Filters of the list of tasks, as its address has them, under a name. */
export const SavedView = z.object({ name: z.string().trim().min(1).max(40), filters: z.string().max(500) });
export type SavedView = z.infer<typeof SavedView>;

/** What someone has kept, in their own order. It stands where drafts do: sealed, and for nobody else. */
export async function savedViewsOf(bureau: Bureau, person: PersonId): Promise<SavedView[]> {
  const kept = await readDraft(bureau, person, VIEWS);
  return kept === null ? [] : z.array(SavedView).parse(kept.data);
}

export async function saveViews(bureau: Bureau, person: PersonId, { views, at }: { views: readonly SavedView[]; at: Date }): Promise<void> {
  await saveDraft(bureau, person, { target: VIEWS, data: views, beside: {}, savedAt: at });
}
