import type { PersonId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';
import type { Bureau } from './bureau.ts';

export interface Draft {
  readonly target: string;
  readonly data: unknown;
  readonly savedAt: string;
}

/** A form that its author has not sent yet; nobody else sees it. `target` is a task's id, or `start:<process>`. */
export async function readDraft({ db, ring }: Bureau, person: PersonId, target: string): Promise<Draft | null> {
  const row = await db.draft.findUnique({ where: { personId_target: { personId: person, target } } });
  return row && { target, data: ring.openJson('database', row.data, draftContext(person, target)), savedAt: row.savedAt.toISOString() };
}

/** What someone has begun, newest first. */
export const listDrafts = ({ db }: Bureau, person: PersonId): Promise<{ readonly target: string; readonly savedAt: Date }[]> =>
  db.draft.findMany({ where: { personId: person }, select: { target: true, savedAt: true }, orderBy: { savedAt: 'desc' }, take: MOST });

/** More than anyone leaves unfinished. */
const MOST = 200;

export async function saveDraft(
  { db, ring }: Bureau,
  person: PersonId,
  draft: { target: string; data: unknown; at: Date },
): Promise<Draft> {
  const { target, at } = draft;
  const data = ring.sealJson('database', draft.data, draftContext(person, target));
  await db.draft.upsert({
    where: { personId_target: { personId: person, target } },
    create: { personId: person, target, data, savedAt: at },
    update: { data, savedAt: at },
  });
  return { target, data: draft.data, savedAt: at.toISOString() };
}

/** Forgets a draft; none there is as good. */
export async function dropDraft({ db }: Bureau, person: PersonId, target: string): Promise<void> {
  await db.draft.deleteMany({ where: { personId: person, target } });
}

const draftContext = (person: PersonId, target: string): string => `draft ${person} ${target}`;

/** Whether anyone has begun to write one of these. */
export async function hasDrafts(db: Database, targets: readonly string[]): Promise<boolean> {
  if (targets.length === 0) return false;
  return (await db.draft.count({ where: { target: { in: [...targets] } }, take: 1 })) > 0;
}
