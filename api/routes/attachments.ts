import { z } from 'zod';
import { demand, may } from '../../domain/access.ts';
import { isHeard } from '../../domain/access-attachment.ts';
import type { CaseFacts } from '../../domain/access-facts.ts';
import { hiddenPeople } from '../../domain/access-sight.ts';
import { AttachmentId } from '../../domain/attachments.ts';
import { filesShownTo } from '../../domain/bundle.ts';
import { Instant, PersonId, TaskId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { readPieces } from '../../store/attachment-pieces.ts';
import { type Attachment, attachmentsOf, findAttachment } from '../../store/attachments.ts';
import { recordsOf } from '../../store/investigation.ts';
import { looksAtFiles, noteFileLook } from '../../store/looks.ts';
import { receiveAttachment } from '../../store/receive-attachment.ts';
import { noteChanges, once } from '../act.ts';
import { caseFor, findCase } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { IncomingFile } from '../read-file.ts';
import { type Route, route } from '../route.ts';
import { sendFile } from '../send-file.ts';
import { casePath, noteSpec, words } from './case-path.ts';

const AttachmentView = z.object({ id: AttachmentId, name: z.string(), type: z.string(), size: z.int(), sha256: z.string() });

const Look = z.object({ person: PersonId.nullable(), name: z.string().optional(), at: Instant });

/** A file of a case with its chain of custody. `name` and `looks` are left out for those who may not see them. */
const CustodyView = AttachmentView.partial({ name: true }).extend({
  addedAt: Instant,
  addedBy: PersonId.nullable(),
  task: TaskId.nullable(),
  withheld: z.boolean(),
  looks: z.array(Look).optional(),
});

export const attachmentRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/attachments',
    {
      title: { zh: '上传附件', en: 'Upload a file' },
      permission: 'attachment.add',
      body: z.instanceof(IncomingFile),
      bodyType: 'file',
      view: AttachmentView,
      status: 201,
      problems: ['too-large', 'file-type-refused'],
    },
    async ({ actor, body, at }) =>
      attachmentView(await receiveAttachment(deps, { owner: actor.id, name: body.name, at, bytes: body.bytes })),
  ),
  route.get(
    '/attachments/:id',
    {
      title: { zh: '下载附件', en: 'Download a file' },
      permission: 'attachment.read',
      params: z.object({ id: AttachmentId }),
      view: z.file(),
      mediaType: '*/*',
      problems: ['forbidden', 'recused'],
    },
    async (call) => {
      const { actor, params, at } = call;
      const file = await findAttachment(deps, params.id);
      if (file === null) throw new Problem('not-found');
      const facts = file.case === null ? null : (await findCase(deps, call, file.case)).facts;
      const isShown = facts !== null && (await isShownTo(deps, actor.id, file, facts));
      demand(actor, 'attachment.read', { owner: file.owner, case: facts, isWithheld: file.withheld, isShown });
      if (file.case !== null) await noteFileLook(deps.db, { number: file.case, person: actor.id, id: file.id, at });
      return sendFile(file, readPieces(deps, file));
    },
  ),
  route.get(
    '/cases/:number/attachments',
    {
      title: { zh: '附件及其保管链', en: 'The files of a case and who had them' },
      permission: 'case.attachments',
      params: casePath,
      view: z.object({ items: z.array(CustodyView) }),
    },
    async (call) => {
      const { actor } = call;
      const { number } = call.params;
      const { facts, decision } = await caseFor(deps, call, { number, permission: 'case.attachments' });
      const [files, looks] = await Promise.all([attachmentsOf(deps, number), looksAtFiles(deps.db, number)]);
      const hidden = new Set(hiddenPeople(actor, facts));
      const seesLooks = may(actor, 'case.looks', facts).granted || may(actor, 'case.withhold', facts).granted;
      const shown = files.filter(({ withheld }) => !withheld || !isHeard(actor, facts));
      const person = (id: PersonId): PersonId | null => (hidden.has(id) ? null : id);
      return {
        items: shown.map((file) => ({
          ...withoutName(attachmentView(file), decision.sight),
          addedAt: (file.boundAt ?? file.uploadedAt).toISOString(),
          addedBy: person(file.owner),
          task: file.task,
          withheld: file.withheld,
          ...(seesLooks && {
            looks: looks
              .filter(({ id }) => id === file.id)
              .map((look) => ({
                person: person(look.person),
                ...(!hidden.has(look.person) && { name: look.name }),
                at: look.at.toISOString(),
              })),
          }),
        })),
      };
    },
  ),
  route.post(
    '/cases/:number/withhold',
    noteSpec({
      title: { zh: '附件不提供或恢复提供给被听取意见的人', en: 'Leave a file out of what the person heard is shown, or show it again' },
      permission: 'case.withhold',
      body: z.strictObject({ attachment: AttachmentId, withheld: z.boolean(), reason: words }),
    }),
    async (call) =>
      once(deps, call, call.params.number, async () => {
        const { number } = call.params;
        const { decision } = await caseFor(deps, call, { number, permission: 'case.withhold' });
        await noteChanges(deps, call, { number, decision, changes: [{ kind: 'withhold', ...call.body }] });
      }),
  ),
];

/** Whether it is among what the person heard is shown of the file of the investigation. */
async function isShownTo(deps: ApiDeps, person: PersonId, { id, case: number }: Attachment, facts: CaseFacts): Promise<boolean> {
  const isHearing = facts.participants.some((part) => part.person === person && part.role === 'heard');
  return number !== null && isHearing && filesShownTo(person, await recordsOf(deps, number)).includes(id);
}

const attachmentView = ({ id, name, type, size, sha256 }: Attachment) => ({ id, name, type, size, sha256 });

/** A name may tell as much as the file: whoever sees the skeleton alone doesn't get it. */
const withoutName = ({ name, ...file }: z.output<typeof AttachmentView>, sight: 'full' | 'extract' | 'skeleton') =>
  sight === 'full' ? { name, ...file } : file;
