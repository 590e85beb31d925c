import { z } from 'zod';
import { documentKinds } from '../../documents/kinds.ts';
import { IssuedLetter } from '../../documents/letter.ts';
import { demand } from '../../domain/access.ts';
import { DocumentId, documentKindIds } from '../../domain/documents.ts';
import { CaseNumber, Instant, PersonId, Text } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { readPieces } from '../../store/attachment-pieces.ts';
import { findAttachment } from '../../store/attachments.ts';
import { documentsOf, type IssuedDocument } from '../../store/issue-document.ts';
import { noteFileLook } from '../../store/looks.ts';
import { caseFor } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { documentAbout } from '../document-about.ts';
import { documentOf, issue, withFiles } from '../issue.ts';
import { Reply, type Route, route } from '../route.ts';
import { sendFile } from '../send-file.ts';
import { casePath, words } from './case-path.ts';

const DocumentView = z.object({
  id: DocumentId,
  kind: z.enum(documentKindIds),
  title: Text,
  number: z.string(),
  issuedAt: Instant,
  issuedBy: PersonId,
  replaces: DocumentId.nullable(),
  replacedBy: DocumentId.nullable(),
});

const documentView = ({ id, kind, number, issuedAt, issuedBy, replaces, replacedBy }: IssuedDocument) => ({
  id,
  kind,
  title: documentKinds[kind].title,
  number,
  issuedAt: issuedAt.toISOString(),
  issuedBy,
  replaces,
  replacedBy,
});

/** Whoever a document is to reads it, however little else of the case. */
const isTo = ({ letter }: IssuedDocument, person: PersonId): boolean => IssuedLetter.parse(letter).to === person;

const NewDocument = z
  .strictObject({
    kind: z.enum(documentKindIds),
    replaces: DocumentId.optional(),
    reason: words.optional(),
    to: PersonId.optional(),
    interview: z.int().min(1).optional(),
    service: z.strictObject({ document: DocumentId, to: PersonId }).optional(),
  })
  .refine(({ replaces, reason }) => (replaces === undefined) === (reason === undefined), { path: ['reason'] })
  .refine(({ kind, service }) => (kind === 'proof-of-service') === (service !== undefined), { path: ['service'] });

export const documentRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/cases/:number/documents',
    {
      title: { zh: '文书：已制发的与可以制发的', en: 'Documents that a case has issued, and those that it can issue now' },
      permission: 'case.documents',
      params: casePath,
      view: z.object({ items: z.array(DocumentView), kinds: z.array(z.object({ kind: z.enum(documentKindIds), title: Text })) }),
      problems: ['forbidden'],
    },
    async (call) => {
      const { number } = call.params;
      const { record, decision } = await caseFor(deps, call, { number, permission: 'case.documents' });
      const [all, about] = await Promise.all([documentsOf(deps, number), documentAbout(deps, record)]);
      if (decision.sight === 'extract') return { items: all.filter((each) => isTo(each, call.actor.id)).map(documentView), kinds: [] };
      const items = all;
      const isReady = (kind: (typeof documentKindIds)[number]): boolean => {
        if (kind === 'proof-of-service') return items.length > 0;
        const { processes, write } = documentKinds[kind];
        return processes?.includes(record.process) === true && write(about) !== null;
      };
      return {
        items: items.map(documentView),
        kinds: documentKindIds.filter(isReady).map((kind) => ({ kind, title: documentKinds[kind].title })),
      };
    },
  ),
  route.post(
    '/cases/:number/documents',
    {
      title: { zh: '制发文书，或以新文号更正', en: 'Issue a document, or correct one under a new number' },
      permission: 'case.issue-document',
      params: casePath,
      body: NewDocument,
      idempotent: true,
      view: DocumentView,
      status: 201,
      problems: ['forbidden', 'recused', 'not-now', 'invalid-form', 'idempotency-conflict'],
    },
    async (call) => {
      const { number } = call.params;
      const document = await issue(deps, call, { number, ...call.body });
      return new Reply(201, documentView(document), { Location: `/api/v1/cases/${number}/documents/${document.id}` });
    },
  ),
  route.get(
    '/cases/:number/documents/:id',
    {
      title: { zh: '下载文书', en: 'Download a document' },
      permission: 'case.documents',
      params: z.object({ number: CaseNumber, id: DocumentId }),
      query: z.object({ format: z.enum(['pdf', 'docx']).default('pdf') }),
      view: z.file(),
      mediaType: '*/*',
      problems: ['forbidden'],
    },
    async (call) => {
      const { number, id } = call.params;
      const { facts } = await caseFor(deps, call, { number, permission: 'case.documents' });
      const document = await withFiles(deps, number, await documentOf(deps, number, id));
      const file = document[call.query.format];
      const attachment = file && (await findAttachment(deps, file));
      if (!attachment) throw new Problem('not-found');
      demand(call.actor, 'attachment.read', {
        owner: attachment.owner,
        case: facts,
        isWithheld: attachment.withheld,
        isShown: isTo(document, call.actor.id),
      });
      await noteFileLook(deps.db, { number, person: call.actor.id, id: attachment.id, at: call.at });
      return sendFile(attachment, readPieces(deps, attachment));
    },
  ),
];
