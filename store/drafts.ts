import { z } from 'zod';
import type { PersonId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';
import type { Bureau } from './bureau.ts';

/** Of a start, what is chosen beside its form. */
export const Beside = z.object({ unit: z.string().optional(), onBehalfOf: z.string().optional() });
export type Beside = z.infer<typeof Beside>;

export interface Draft {
  readonly target: string;
  readonly data: unknown;
  readonly beside: Beside;
  readonly savedAt: Date;
}

/** Something that its author has not sent yet; nobody else sees it. `target` is a task's id, `start:<process>`, or what is kept in the same way but is no form: `views`. */
export async function readDraft({ db, ring }: Bureau, person: PersonId, target: string): Promise<Draft | null> {
  const row = await db.draft.findUnique({ where: { personId_target: { personId: person, target } } });
  if (row === null) return null;
  const data = ring.openJson('database', row.data, draftContext(person, target));
  const beside = row.beside === null ? {} : ring.openJson('database', row.beside, besideContext(person, target));
  return { target, data, beside: Beside.parse(beside), savedAt: row.savedAt };
}

/** The forms that someone has begun, newest first. */
export const listDrafts = ({ db }: Bureau, person: PersonId): Promise<{ readonly target: string; readonly savedAt: Date }[]> =>
  db.draft.findMany({
    where: { personId: person, target: { not: VIEWS } },
    select: { target: true, savedAt: true },
    orderBy: { savedAt: 'desc' },
    take: MOST,
  });

/** More than anyone leaves unfinished. */
const MOST = 200;

/** Where saved views are kept (saved-views.ts). */
export const VIEWS = 'views';

export async function saveDraft({ db, ring }: Bureau, person: PersonId, draft: Draft): Promise<Draft> {
  const { target, savedAt } = draft;
  const data = ring.sealJson('database', draft.data, draftContext(person, target));
  const isBeside = Object.values(draft.beside).some((value) => value !== undefined);
  const beside = isBeside ? ring.sealJson('database', draft.beside, besideContext(person, target)) : null;
  await db.draft.upsert({
    where: { personId_target: { personId: person, target } },
    create: { personId: person, target, data, beside, savedAt },
    update: { data, beside, savedAt },
  });
  return draft;
}

/** Forgets a draft; none there is as good. */
export async function dropDraft({ db }: Bureau, person: PersonId, target: string): Promise<void> {
  await db.draft.deleteMany({ where: { personId: person, target } });
}

const draftContext = (person: PersonId, target: string): string => `draft ${person} ${target}`;
const besideContext = (person: PersonId, target: string): string => `beside the draft ${person} ${target}`;

/** Whether anyone has begun to write one of these. */
export async function hasDrafts(db: Database, targets: readonly string[]): Promise<boolean> {
  if (targets.length === 0) return false;
  return (await db.draft.count({ where: { target: { in: [...targets] } }, take: 1 })) > 0;
}
