import { CsvError, parse } from 'csv-parse/sync';
import type { Text } from './ids.ts';

/** One thing that is wrong with a table: `row` is the line of the file, the header being 1. `column` is empty where the whole row is meant. */
export interface TableError {
  readonly row: number;
  readonly column: string;
  readonly message: Text;
}

export interface TableRow<Column extends string> {
  readonly row: number;
  /** Trimmed; a column that the file lacks has no entry, an empty cell is ''. */
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

export interface CsvTable<Column extends string> {
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow<Column>[];
  readonly errors: readonly TableError[];
}

/** What a column may be called in the header, in either language; in Chinese by more than one name, `事项/标题`. */
export type Headings<Column extends string> = Readonly<Record<Column, Text>>;

/**
 * Reads a CSV file (RFC 4180, UTF-8, with or without byte order mark) whose first line names its columns, in any order.
 * A table with a broken header has no rows: what they mean is not known.
 */
export function readTable<Column extends string>(csv: string, headings: Headings<Column>): CsvTable<Column> {
  const none = { columns: [], rows: [] };
  if (csv.includes('\uFFFD'))
    return { ...none, errors: [wholeFile('文件不是 UTF-8 编码：请另存为“CSV UTF-8”。', 'The file is not UTF-8: save it as "CSV UTF-8".')] };
  const lines = linesOf(csv);
  return Array.isArray(lines) ? tableOf(lines, headings) : { ...none, errors: [lines] };
}

/** The same for lines that have been taken apart already, such as those of a spreadsheet. */
export function tableOf<Column extends string>(lines: readonly TableLine[], headings: Headings<Column>): CsvTable<Column> {
  const none = { columns: [], rows: [] };
  const [header, ...body] = lines;
  if (header === undefined) return { ...none, errors: [wholeFile('文件为空。', 'The file is empty.')] };
  const { columns, errors } = columnsOf(header.cells, headings);
  if (errors.length > 0) return { ...none, errors };
  const tooLong = body.filter(({ cells }) => cells.length > columns.length).map(({ row }) => extraCells(row, columns.length));
  return { columns, rows: body.map(({ row, cells }) => ({ row, cells: cellsOf(columns, cells) })), errors: tooLong };
}

/** A line that is not empty. */
export interface TableLine {
  readonly row: number;
  readonly cells: readonly string[];
}

function linesOf(csv: string): TableLine[] | TableError {
  try {
    const records: unknown = parse(csv, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    // With `info` each record comes with its place, which the types of csv-parse do not tell.
    const lines = (records as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      row: info.lines,
      cells: record,
    }));
    return lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error.lines === 'number' ? error.lines : 1;
    return {
      row,
      column: '',
      message: { zh: '引号不配对或分隔有误，无法读取此行。', en: 'This line cannot be read: its quotes do not match.' },
    };
  }
}

function columnsOf<Column extends string>(
  header: readonly string[],
  headings: Headings<Column>,
): { columns: Column[]; errors: TableError[] } {
  const known = new Map<string, Column>();
  for (const [column, { zh, en }] of entriesOf(headings))
    for (const name of [column, ...zh.split('/'), en.toLowerCase()]) known.set(name, column);
  const columns: Column[] = [];
  const errors: TableError[] = [];
  for (const name of header) {
    const column = known.get(name) ?? known.get(name.toLowerCase());
    if (column === undefined) errors.push({ row: 1, column: name, message: unknownColumn(headings) });
    else if (columns.includes(column))
      errors.push({ row: 1, column: name, message: { zh: '该列重复。', en: 'This column occurs twice.' } });
    else columns.push(column);
  }
  return { columns, errors };
}

const entriesOf = <Column extends string>(headings: Headings<Column>) => Object.entries(headings) as [Column, Text][];

function cellsOf<Column extends string>(columns: readonly Column[], cells: readonly string[]): Partial<Record<Column, string>> {
  const row: Partial<Record<Column, string>> = {};
  for (const [index, column] of columns.entries()) row[column] = cells[index] ?? '';
  return row;
}

function unknownColumn(headings: Headings<string>): Text {
  const all = Object.entries(headings);
  return {
    zh: `没有这一列。可用的列：${all.map(([column, { zh }]) => `${zh}（${column}）`).join('、')}。`,
    en: `There is no such column. There are: ${all.map(([column]) => column).join(', ')}.`,
  };
}

const extraCells = (row: number, columns: number): TableError => ({
  row,
  column: '',
  message: { zh: `此行多于表头的 ${columns} 列。`, en: `This row has more than the ${columns} columns of the header.` },
});

const wholeFile = (zh: string, en: string): TableError => ({ row: 1, column: '', message: { zh, en } });
