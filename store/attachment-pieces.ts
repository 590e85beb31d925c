/*
 * Contents of attachments: pieces of half a megabyte, each sealed by the key ring for its place. `file <id>/<n>` binds a piece to its file and its number, `.` behind the last one
 * says that nothing follows: a piece that was altered, moved, left out or cut off does not open.
 */
import type { AttachmentId } from '../domain/attachments.ts';
import type { Database } from '../platform/database.ts';
import { type KeyRing, SealError } from '../platform/key-ring.ts';

/** Bytes of a piece before it is sealed. */
export const PIECE_BYTES = 524_288;

type Place = { readonly id: AttachmentId; readonly nth: number; readonly isLast: boolean };
type Store = { readonly db: Pick<Database, '$executeRaw' | '$queryRaw'>; readonly ring: KeyRing };

const pieceContext = ({ id, nth, isLast }: Place): string => `file ${id}/${nth}${isLast ? '.' : ''}`;

export async function writePiece({ db, ring }: Store, place: Place, bytes: Uint8Array): Promise<void> {
  const sealed = ring.seal('file', bytes, pieceContext(place));
  await db.$executeRaw`insert into attachment_piece (attachment_id, nth, sealed) values (${place.id}, ${place.nth}, ${sealed})`;
}

/** The file's bytes, piece by piece; nothing is held between them. @throws SealError where it was altered or a piece is missing */
export async function* readPieces({ db, ring }: Store, { id, size }: { id: AttachmentId; size: number }): AsyncGenerator<Uint8Array> {
  const last = Math.ceil(size / PIECE_BYTES) - 1;
  for (let nth = 0; nth <= last; nth++) {
    const [piece] = await db.$queryRaw<{ sealed: Uint8Array }[]>`
      select sealed from attachment_piece where attachment_id = ${id} and nth = ${nth}`;
    if (piece === undefined) throw new SealError('a piece of the file is missing');
    yield ring.open('file', piece.sealed, pieceContext({ id, nth, isLast: nth === last }));
  }
}

/** Cuts what comes in into pieces: all but the last have the full size, and whether one is the last is known when it is given. */
export async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<{ piece: Buffer; isLast: boolean }> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const part of bytes) {
    parts.push(part);
    held += part.length;
    if (held <= PIECE_BYTES) continue;
    let rest = Buffer.concat(parts);
    for (; rest.length > PIECE_BYTES; rest = rest.subarray(PIECE_BYTES)) yield { piece: rest.subarray(0, PIECE_BYTES), isLast: false };
    parts = [rest];
    held = rest.length;
  }
  yield { piece: Buffer.concat(parts), isLast: true };
}
