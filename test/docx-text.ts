import { inflateRawSync } from 'node:zlib';

/** The text of a Word file, a paragraph a line. @throws Error where it has none */
export function docxText(bytes: Buffer): string {
  const xml = entryOf(bytes, 'word/document.xml').toString();
  const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t[^>]*>(.*?)<\/w:t>/gs)].map(([, text]) => text).join(''),
  );
  return paragraphs.join('\n');
}

/** By the central directory at the end of the archive (APPNOTE.TXT 4.3.12). */
function entryOf(bytes: Buffer, name: string): Buffer {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  for (let at = bytes.readUInt32LE(end + 16); bytes.readUInt32LE(at) === 0x02014b50; ) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [number, number, number];
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const [size, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
      const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const packed = bytes.subarray(from, from + size);
      return bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`the archive has no ${name}`);
}
