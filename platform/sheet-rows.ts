import exceljs from 'exceljs';
import { checkArchive, UnfitArchive } from './zip-bounds.ts';

const MOST_UNPACKED = 20_000_000;
const MOST_COLUMNS = 100;

export interface SheetRow {
  /** As the spreadsheet counts it, from 1. */
  readonly row: number;
  /** What the cells show, trimmed; a formula's last result. */
  readonly cells: readonly string[];
}

/**
 * The rows of a workbook's first sheet that are not empty. What unpacks to more than 20 MB is not read.
 * @throws UnfitArchive for what is no workbook
 */
export async function sheetRows(bytes: Buffer): Promise<SheetRow[]> {
  checkArchive(bytes, MOST_UNPACKED);
  const workbook = new exceljs.Workbook();
  // The types of exceljs want a Buffer of before Node 20; it takes any bytes.
  await workbook.xlsx.load(new Uint8Array(bytes).buffer as never).catch((cause: unknown) => {
    throw new UnfitArchive('the file is no workbook', { cause });
  });
  const [sheet] = workbook.worksheets;
  if (sheet === undefined) throw new UnfitArchive('the workbook has no sheet');
  const rows: SheetRow[] = [];
  sheet.eachRow((row, number) => {
    const width = Math.min(row.cellCount, MOST_COLUMNS);
    const cells = Array.from({ length: width }, (_, index) => row.getCell(index + 1).text.trim());
    while (cells.at(-1) === '') cells.pop();
    if (cells.length > 0) rows.push({ row: number, cells });
  });
  return rows;
}
