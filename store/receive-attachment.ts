import { createHash, randomUUID } from 'node:crypto';
import { AttachmentId, type FileType, fileName, fileTypeIds, fileTypes } from '../domain/attachments.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import { Problem } from '../domain/problems.ts';
import { contentTypeOf, textWatch } from '../platform/content-type.ts';
import { inPieces, writePiece } from './attachment-pieces.ts';
import type { Attachment } from './attachments.ts';
import { labelContext, removeUnfinished } from './attachments.ts';
import type { Bureau } from './bureau.ts';

export interface Upload {
  readonly owner: PersonId;
  readonly name: string;
  readonly at: Date;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What it may be; what the policy allows to be attached unless stated. */
  readonly allowed?: Policy['attachments'];
}

/** How many files someone may have uploaded that no case has used. */
const MOST_UNUSED = 200;
const TRY_AGAIN_SECONDS = 3600;

/**
 * Takes in a file as it comes, sealed piece by piece: never more of it than two pieces is held. One that breaks off or is refused leaves nothing behind.
 * @throws Problem `too-large`, `file-type-refused`, `malformed` for an empty one, `too-many-requests`
 */
export async function receiveAttachment(bureau: Bureau, upload: Upload): Promise<Attachment> {
  const { db } = bureau;
  const id = AttachmentId.parse(randomUUID());
  const { owner, at } = upload;
  const begun = await db.$executeRaw`
    insert into attachment (id, owner_id, uploaded_at) select ${id}, ${owner}, ${at}
     where (select count(*) from attachment where owner_id = ${owner} and case_id is null) < ${MOST_UNUSED}`;
  if (begun === 0) throw new Problem('too-many-requests', { retryAfter: TRY_AGAIN_SECONDS });
  try {
    return await receive(bureau, id, upload);
  } catch (error) {
    await removeUnfinished(db, id);
    throw error;
  }
}

async function receive({ db, ring, policies }: Bureau, id: AttachmentId, upload: Upload): Promise<Attachment> {
  const { owner, name: given, at, bytes, allowed: limits = policies.current.policy.attachments } = upload;
  const hash = createHash('sha256');
  const text = textWatch();
  let kind: FileType | null = null;
  let size = 0;
  let nth = 0;
  for await (const { piece, isLast } of inPieces(bytes)) {
    size += piece.length;
    if (size > limits.megabytes * 1_000_000) throw new Problem('too-large');
    if (size === 0) throw new Problem('malformed', { detail: emptyFile });
    kind ??= allowed(await contentTypeOf(piece), limits);
    if (kind === 'text') text.feed(piece);
    hash.update(piece);
    await writePiece({ db, ring }, { id, nth, isLast }, piece);
    nth += 1;
  }
  if (kind === null || (kind === 'text' && !text.isText())) throw new Problem('file-type-refused');
  const label = { name: fileName(given, kind), sha256: hash.digest('hex') };
  const { type } = fileTypes[kind];
  const sealed = ring.sealJson('database', label, labelContext(id));
  await db.$executeRaw`update attachment set type = ${type}, size = ${size}, label = ${sealed} where id = ${id}`;
  return { id, ...label, type, size, owner, uploadedAt: at, case: null, task: null, boundAt: null, withheld: false };
}

/** What has no known signature passes for text until it is seen not to be. @throws Problem `file-type-refused` */
function allowed(type: string | null, { types }: Policy['attachments']): FileType {
  const kind = type === null ? 'text' : fileTypeIds.find((each) => fileTypes[each].type === type);
  if (kind === undefined || !types.includes(kind)) throw new Problem('file-type-refused');
  return kind;
}

const emptyFile = { zh: '文件是空的。', en: 'The file is empty.' };
