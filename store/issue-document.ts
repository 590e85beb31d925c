import type { AttachmentId } from '../domain/attachments.ts';
import { type DocumentId, type DocumentKindId, documentNumber } from '../domain/documents.ts';
import type { CaseNumber, PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Change } from '../domain/step.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import { bindAttachments } from './attachments.ts';
import type { Bureau } from './bureau.ts';
import { type StepDraft, tell } from './step-draft.ts';

/** A document that was issued. */
export interface IssuedDocument {
  readonly id: DocumentId;
  readonly kind: DocumentKindId;
  readonly number: string;
  readonly issuedAt: Date;
  readonly issuedBy: PersonId;
  /** What it says; the caller parses it. */
  readonly letter: unknown;
  readonly replaces: DocumentId | null;
  readonly replacedBy: DocumentId | null;
  readonly docx: AttachmentId | null;
  readonly pdf: AttachmentId | null;
}

/** Issues a document under the next number of its series and year. @throws Problem `not-now` where the one that it corrects is of another case or kind, or was corrected already */
export async function issueDocument(draft: StepDraft, change: Extract<Change, { kind: 'issue-document' }>): Promise<void> {
  const { context, step } = draft;
  const { id, document: kind, letter, replaces = null, reason } = change;
  if (replaces !== null) await demandCorrectable(draft, replaces, kind);
  const { policy, calendar } = context.policies.current;
  const date = calendar.dayAt(Date.parse(step.at)).date;
  const series = policy.documents.series[kind];
  const year = Number(date.slice(0, 4));
  const [{ last }] = await context.tx.$queryRaw<[{ last: number }]>`
    insert into document_counter (series, year, last) values (${series}, ${year}, 1)
    on conflict (series, year) do update set last = document_counter.last + 1 returning last`;
  const number = documentNumber(series, year, last);
  const issued = { ...letter, number, date };
  draft.documents.push({ id, kind, number, replaces, letter: context.ring.sealJson('database', issued, letterContext(id)) });
  tell(draft, 'document-issued', { document: id, kind, number, letter: issued, ...(replaces !== null && { replaces, reason }) });
}

async function demandCorrectable({ context, file }: StepDraft, id: DocumentId, kind: DocumentKindId): Promise<void> {
  const [row] = await context.tx.$queryRaw<{ ok: boolean }[]>`
    select not exists (select 1 from document where replaces = d.id) as ok from document d where d.id = ${id} and d.case_id = ${file.id}::bigint and d.kind = ${kind}`;
  if (row?.ok !== true) throw new Problem('not-now');
}

/** Adds the files of a document: once, and for good. */
export async function fileDocument(draft: StepDraft, change: Extract<Change, { kind: 'file-document' }>): Promise<void> {
  const { id, docx, pdf } = change;
  await bindAttachments(draft, [docx, pdf]);
  draft.documentFiles.push({ id, docx, pdf });
  tell(draft, 'document-filed', { document: id, docx, pdf });
}

const letterContext = (id: DocumentId): string => `document ${id}`;

type SealedDocument = Omit<IssuedDocument, 'letter'> & { readonly letter: Uint8Array };

/** The documents of a case in the order in which they were issued. Uses document_by_case. */
export async function documentsOf({ db, ring }: Pick<Bureau, 'db' | 'ring'>, number: CaseNumber): Promise<IssuedDocument[]> {
  const rows = await db.$queryRaw<SealedDocument[]>(Prisma.sql`
    select d.id, d.kind, d.number, d.issued_at as "issuedAt", d.issued_by as "issuedBy", d.letter, d.replaces, r.id as "replacedBy", d.docx, d.pdf
      from "case" c join document d on d.case_id = c.id left join document r on r.replaces = d.id
     where c.number = ${number} order by d.issued_at, d.id`);
  return rows.map((row) => open(ring, row));
}

const open = (ring: KeyRing, row: SealedDocument): IssuedDocument => ({
  ...row,
  letter: ring.openJson('database', row.letter, letterContext(row.id)),
});
