import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** Path inside the archive, with slashes. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Most entries and bytes of an archive without the ZIP64 extension. */
const MOST_ENTRIES = 65_535;
const MOST_BYTES = 0xffff_ffff;
/** Version 2.0, names in UTF-8, deflated. */
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;

/** A ZIP archive (PKWARE APPNOTE 6.3), entry by entry: only one entry and the directory are in memory. @throws Error beyond what ZIP can hold without ZIP64 */
export async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, at: Date): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, content } of entries) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const encodedName = Buffer.from(name);
    const facts = factsOf({ crc: crc32(plain), packed: packed.length, plain: plain.length, nameLength: encodedName.length, at });
    const header = Buffer.concat([uint32(0x04034b50), facts, encodedName]);
    directory.push(Buffer.concat([uint32(0x02014b50), uint16(VERSION), facts, Buffer.alloc(10), uint32(offset), encodedName]));
    offset += header.length + packed.length;
    if (directory.length > MOST_ENTRIES || offset > MOST_BYTES) throw new Error('the archive grows beyond what ZIP can hold');
    yield header;
    yield packed;
  }
  const listed = Buffer.concat(directory);
  const count = uint16(directory.length);
  yield listed;
  yield Buffer.concat([uint32(0x06054b50), Buffer.alloc(4), count, count, uint32(listed.length), uint32(offset), uint16(0)]);
}

/** What the header of an entry and its line in the directory have in common. */
const factsOf = ({ crc, packed, plain, nameLength, at }: { crc: number; packed: number; plain: number; nameLength: number; at: Date }) =>
  Buffer.concat([
    uint16(VERSION),
    uint16(UTF8_NAMES),
    uint16(DEFLATED),
    uint16((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)),
    uint16(((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()),
    uint32(crc),
    uint32(packed),
    uint32(plain),
    uint16(nameLength),
    uint16(0),
  ]);

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
