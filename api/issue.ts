import { createHash } from 'node:crypto';
import { asDocx } from '../documents/as-docx.ts';
import { asPdf } from '../documents/as-pdf.ts';
import { documentKinds } from '../documents/kinds.ts';
import { IssuedLetter } from '../documents/letter.ts';
import { DocumentId, type DocumentKindId } from '../domain/documents.ts';
import type { CaseNumber, PersonId } from '../domain/ids.ts';
import { currentRecords, isKind, type RecordContents, recordFaults } from '../domain/investigation.ts';
import { Problem } from '../domain/problems.ts';
import { recordsOf } from '../store/investigation.ts';
import { documentsOf, type IssuedDocument } from '../store/issue-document.ts';
import { receiveAttachment } from '../store/receive-attachment.ts';
import { note } from '../store/steps.ts';
import { type Acting, causeOf, doOnce, noteChanges } from './act.ts';
import { caseFor } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { documentAbout } from './document-about.ts';
import { checkReferences } from './form.ts';
import { serviceShown } from './service-shown.ts';

export interface Issuing {
  readonly kind: DocumentKindId;
  /** The document that it corrects, and why. */
  readonly replaces?: DocumentId | undefined;
  readonly reason?: string | undefined;
  /** For whom it is, in a case about several people. */
  readonly to?: PersonId | undefined;
  /** The interview that it records, by its number in the file of the investigation. */
  readonly interview?: number | undefined;
  /** What was or is to be served on whom; for a proof of service. */
  readonly service?: { readonly document: DocumentId; readonly to: PersonId } | undefined;
}

/** Issues a document of a case, once for each key, and puts its files on record. @throws Problem `not-now` while the case has not come so far */
export async function issue(
  deps: ApiDeps,
  acting: Acting,
  { number, ...issuing }: Issuing & { number: CaseNumber },
): Promise<IssuedDocument> {
  const id = idOf(causeOf(acting));
  await doOnce(deps, acting, number, async () => {
    const { record, decision } = await caseFor(deps, acting, { number, permission: 'case.issue-document' });
    const { kind, replaces, reason, service, to } = issuing;
    const { title, processes, write } = documentKinds[kind];
    if (service) await checkReferences(deps, [{ kind: 'person', id: service.to, path: 'service.to' }], acting);
    const about = await documentAbout(deps, record, {
      others: service ? [service.to] : [],
      person: to ?? null,
      interview: await interviewOf(deps, number, issuing.interview),
    });
    const of = service && (await documentOf(deps, number, service.document));
    const shown = of && service ? serviceShown(deps, { record, about, document: of, to: service.to }) : null;
    const said = processes === undefined || processes.includes(record.process) ? write({ ...about, service: shown }) : null;
    if (said === null) throw new Problem('not-now');
    const receiver = to ?? record.subject;
    const letter = {
      title: title.zh,
      ...(receiver !== null && !record.nameWithheld && { to: receiver }),
      issuer: deps.policies.current.policy.documents.issuer,
      ...said,
    };
    const correction = replaces === undefined ? {} : { replaces, ...(reason !== undefined && { reason }) };
    await noteChanges(deps, acting, { number, decision, changes: [{ kind: 'issue-document', id, document: kind, letter, ...correction }] });
  });
  return withFiles(deps, number, await documentOf(deps, number, id));
}

/** @throws Problem `invalid-form` where the file has no such interview */
async function interviewOf(deps: ApiDeps, number: CaseNumber, no: number | undefined): Promise<RecordContents['interview'] | null> {
  if (no === undefined) return null;
  const found = currentRecords(await recordsOf(deps, number))
    .filter(isKind('interview'))
    .find((record) => record.no === no);
  if (!found) throw new Problem('invalid-form', { errors: [{ path: 'interview', message: recordFaults['unknown-record'].zh }] });
  return found.data;
}

/** @throws Problem `not-found` */
export async function documentOf(deps: ApiDeps, number: CaseNumber, id: DocumentId): Promise<IssuedDocument> {
  const found = (await documentsOf(deps, number)).find((each) => each.id === id);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

/** A document that has its files: they are made of what the record has of it, also where whoever issued it died before. */
export async function withFiles(deps: ApiDeps, number: CaseNumber, document: IssuedDocument): Promise<IssuedDocument> {
  if (document.docx !== null) return document;
  const { id, issuedBy: owner } = document;
  const letter = IssuedLetter.parse(document.letter);
  const [docx, pdf] = await Promise.all([asDocx(letter), asPdf(letter)]);
  const keep = async (ending: 'docx' | 'pdf', bytes: Uint8Array) =>
    receiveAttachment(deps, {
      owner,
      name: `${letter.number}${letter.title}.${ending}`,
      at: new Date(),
      bytes: inOne(bytes),
      allowed: { megabytes: MOST_MEGABYTES, types: [ending] },
    });
  const [kept, printed] = [await keep('docx', docx), await keep('pdf', pdf)];
  await note(deps, {
    case: number,
    cause: `file:${id}`,
    at: new Date(),
    by: owner,
    for: null,
    bodyHash: null,
    changes: [{ kind: 'file-document', id, docx: kept.id, pdf: printed.id }],
  });
  return documentOf(deps, number, id);
}

const MOST_MEGABYTES = 500;

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The same request issues the same document. */
function idOf(cause: string): DocumentId {
  const hex = createHash('sha256').update(cause).digest('hex');
  return DocumentId.parse([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-'));
}
