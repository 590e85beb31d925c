import { constants } from 'node:buffer';
import { inflateRawSync } from 'node:zlib';

/** An archive that is none, or that unpacks to more than is allowed. */
export class UnfitArchive extends Error {}

const MOST_ENTRIES = 200;
const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Unpacks every entry of a ZIP archive once, to see that all together stay below `most` bytes: what its directory says of their sizes proves nothing.
 * @throws UnfitArchive
 */
export function checkArchive(bytes: Buffer, most: number): void {
  try {
    let left = most;
    for (const packed of entriesOf(bytes)) left -= unpackedSize(packed, left);
  } catch (cause) {
    throw cause instanceof UnfitArchive ? cause : new UnfitArchive('the archive cannot be read', { cause });
  }
}

interface Packed {
  readonly method: number;
  readonly bytes: Buffer;
}

/** @throws RangeError where an offset points outside of the file */
function entriesOf(bytes: Buffer): Packed[] {
  const end = bytes.lastIndexOf(END);
  if (end < 0) throw new UnfitArchive('the file is no archive');
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw new UnfitArchive(`the archive has ${count} entries`);
  const entries: Packed[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let nth = 0; nth < count; nth += 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new UnfitArchive('the directory of the archive is broken');
    const local = bytes.readUInt32LE(at + 42);
    if (bytes.readUInt32LE(local) !== LOCAL) throw new UnfitArchive('an entry of the archive is broken');
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    entries.push({ method: bytes.readUInt16LE(at + 10), bytes: bytes.subarray(start, start + bytes.readUInt32LE(at + 20)) });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function unpackedSize({ method, bytes }: Packed, most: number): number {
  if (method !== 0 && method !== 8) throw new UnfitArchive(`an entry is packed by method ${method}`);
  const size =
    method === 0 ? bytes.length : inflateRawSync(bytes, { maxOutputLength: Math.min(Math.max(most, 1), constants.MAX_LENGTH) }).length;
  if (size > most) throw new UnfitArchive('the archive unpacks to too much');
  return size;
}
