import { z } from 'zod';
import type { AttachmentId } from '../domain/attachments.ts';
import type { CaseNumber, PersonId, TaskId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Change } from '../domain/step.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { Bureau } from './bureau.ts';
import { actor, type StepDraft, tell } from './step-draft.ts';

/** A file that was received whole. */
export interface Attachment {
  readonly id: AttachmentId;
  readonly name: string;
  /** Media type, by its content. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly owner: PersonId;
  readonly uploadedAt: Date;
  /** The case that has it; null while none has used it. */
  readonly case: CaseNumber | null;
  readonly task: TaskId | null;
  readonly boundAt: Date | null;
  /** Left out of what the person heard is shown. */
  readonly withheld: boolean;
}

type SealedAttachment = Omit<Attachment, 'name' | 'sha256'> & { readonly label: Uint8Array };

export const labelContext = (id: AttachmentId): string => `attachment ${id}`;
const Label = z.object({ name: z.string(), sha256: z.string() });

const columns = Prisma.sql`
  a.id, a.type, a.size::integer, a.label, a.owner_id as owner, a.uploaded_at as "uploadedAt", c.number as "case", a.task_id as task, a.bound_at as "boundAt", a.withheld`;

const open = (ring: KeyRing, { label, ...row }: SealedAttachment): Attachment => ({
  ...row,
  ...Label.parse(ring.openJson('database', label, labelContext(row.id))),
});

/** A received file by its id, whoever's it is. */
export async function findAttachment({ db, ring }: Bureau, id: AttachmentId): Promise<Attachment | null> {
  const [row] = await db.$queryRaw<SealedAttachment[]>(Prisma.sql`
    select ${columns} from attachment a left join "case" c on c.id = a.case_id where a.id = ${id} and a.type is not null`);
  return row === undefined ? null : open(ring, row);
}

/** The files of a case in the order in which it got them. Uses attachment_by_case. */
export async function attachmentsOf({ db, ring }: Pick<Bureau, 'db' | 'ring'>, number: CaseNumber): Promise<Attachment[]> {
  const rows = await db.$queryRaw<SealedAttachment[]>(Prisma.sql`
    select ${columns} from "case" c join attachment a on a.case_id = c.id where c.number = ${number} order by a.bound_at, a.id`);
  return rows.map((row) => open(ring, row));
}

/** What someone uploaded, whether a case has it or none. Uses attachment_by_owner. */
export async function attachmentsBy({ db, ring }: Pick<Bureau, 'db' | 'ring'>, owner: PersonId): Promise<Attachment[]> {
  const rows = await db.$queryRaw<SealedAttachment[]>(Prisma.sql`
    select ${columns} from attachment a left join "case" c on c.id = a.case_id where a.owner_id = ${owner} and a.type is not null order by a.uploaded_at, a.id`);
  return rows.map((row) => open(ring, row));
}

/**
 * Gives files to the draft's case for good, those that a form names, with an event that states their names and hashes. The uploader's own that no case has used; one that this
 * case has already may be named again.
 * @throws Problem `attachment-not-usable`
 */
export async function bindAttachments(draft: StepDraft, ids: readonly AttachmentId[], task?: TaskId): Promise<void> {
  if (ids.length === 0) return;
  const { context, file } = draft;
  const rows = await context.tx.$queryRaw<(SealedAttachment & { readonly caseId: string | null })[]>(Prisma.sql`
    select ${columns}, a.case_id::text as "caseId" from attachment a left join "case" c on c.id = a.case_id
     where a.id = any (${[...new Set(ids)]}) and a.type is not null order by a.id for update of a`);
  const unused = rows.filter(
    ({ id, caseId, owner }) => caseId === null && owner === actor(draft) && !draft.attachments.some((each) => each.id === id),
  );
  const known = rows.filter(({ id, caseId }) => caseId === file.id || draft.attachments.some((each) => each.id === id));
  if (unused.length + known.length < new Set(ids).size) throw new Problem('attachment-not-usable');
  for (const row of unused) {
    const { id, name, type, size, sha256 } = open(context.ring, row);
    draft.attachments.push({ id, task: task ?? null });
    tell(draft, 'attachment-added', { attachment: id, name, type, size, sha256 }, task);
  }
}

/** Leaves a file of the case out of what the person heard is shown, or shows it again. @throws Problem `not-found`, `not-now` where that is so already */
export async function withhold(draft: StepDraft, { attachment, withheld, reason }: Extract<Change, { kind: 'withhold' }>): Promise<void> {
  const { context, file } = draft;
  const [row] = await context.tx.$queryRaw<{ withheld: boolean }[]>`
    select withheld from attachment where id = ${attachment} and case_id = ${file.id}::bigint for update`;
  if (row === undefined) throw new Problem('not-found');
  if (row.withheld === withheld) throw new Problem('not-now');
  draft.withheld.push({ id: attachment, withheld });
  tell(draft, withheld ? 'attachment-withheld' : 'attachment-shown', { attachment, reason });
}

/** A file that did not come whole. */
export const removeUnfinished = (db: Database, id: AttachmentId): Promise<number> =>
  db.$executeRaw`delete from attachment where id = ${id} and type is null`;

/** A day, in milliseconds: how long an upload waits for a case to use it. */
const UNUSED_MS = 86_400_000;

/** Removes what was uploaded a day ago and no case has used. One that is being given to a case at this moment stays. @returns how many */
export const removeUnused = (db: Database, at: Date): Promise<number> =>
  db.$executeRaw`delete from attachment where case_id is null and uploaded_at < ${new Date(at.getTime() - UNUSED_MS)}`;
