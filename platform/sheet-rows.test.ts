import { deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import { sheetRows } from './sheet-rows.ts';
import { checkArchive, UnfitArchive } from './zip-bounds.ts';

async function workbook(rows: readonly (readonly unknown[])[]): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.addWorksheet('表').addRows(rows.map((row) => [...row]));
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A ZIP of one entry, whose directory says that it unpacks to `claims` bytes. */
function archive(content: Buffer, claims: number): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(31);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(1, 26);
  local.write('a', 30);
  const entry = Buffer.alloc(47);
  entry.writeUInt32LE(0x02014b50);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(claims, 24);
  entry.writeUInt16LE(1, 28);
  entry.write('a', 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, entry, end]);
}

test('the rows of the first sheet are read as they show, without the empty ones', async () => {
  const rows = await sheetRows(await workbook([['事项', '层级'], [], [' 防汛 ', 7, null], [{ formula: '1+1', result: 2 }]]));
  expect(rows).toEqual([
    { row: 1, cells: ['事项', '层级'] },
    { row: 3, cells: ['防汛', '7'] },
    { row: 4, cells: ['2'] },
  ]);
});

test('an archive that unpacks to more than is allowed is refused, whatever its directory says', () => {
  const zeros = archive(Buffer.alloc(5_000_000), 10);
  expect(zeros.length).toBeLessThan(10_000);
  expect(() => checkArchive(zeros, 1_000_000)).toThrow(UnfitArchive);
  expect(() => checkArchive(zeros, 5_000_000)).not.toThrow();
});

test.each([
  ['text', Buffer.from('事项,要求')],
  ['nothing', Buffer.alloc(0)],
  ['half an archive', archive(Buffer.from('x'), 1).subarray(20)],
  ['an archive of something else', archive(Buffer.from('x'), 1)],
])('what is no workbook is refused: %s', async (_what, bytes) => {
  await expect(sheetRows(bytes)).rejects.toThrow(UnfitArchive);
});
