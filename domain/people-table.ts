import { type Headings, readTable, type TableError, type TableRow } from './csv-table.ts';
import type { Instant, PersonId, PlainDate, UnitId } from './ids.ts';
import {
  beginningAt,
  type Category,
  CellFault,
  category,
  endingAt,
  flag,
  locale,
  personId,
  plainDay,
  type RelativeCell,
  type RoleCell,
  relativeList,
  roleList,
  shortText,
  unitId,
  username,
} from './people-cells.ts';
import type { ZoneClock } from './time-zone.ts';

export const unitHeadings = {
  id: { zh: '编号', en: 'Id' },
  name: { zh: '名称', en: 'Name' },
  parent: { zh: '上级', en: 'Parent' },
} satisfies Headings<string>;

export const personHeadings = {
  id: { zh: '编号', en: 'Id' },
  username: { zh: '用户名', en: 'User name' },
  name: { zh: '姓名', en: 'Name' },
  badge: { zh: '警号', en: 'Badge' },
  unit: { zh: '单位', en: 'Unit' },
  category: { zh: '类别', en: 'Category' },
  post: { zh: '职务', en: 'Post' },
  rank: { zh: '警衔', en: 'Rank' },
  since: { zh: '参加工作时间', en: 'Working since' },
  locale: { zh: '语言', en: 'Language' },
  left: { zh: '离职日期', en: 'Left' },
  relatives: { zh: '亲属', en: 'Relatives' },
  roles: { zh: '角色', en: 'Roles' },
  from: { zh: '任职起', en: 'From' },
  until: { zh: '任职止', en: 'Until' },
  acting: { zh: '代理', en: 'Acting' },
  reason: { zh: '事由', en: 'Reason' },
} satisfies Headings<string>;

type UnitColumn = keyof typeof unitHeadings;
type PersonColumn = keyof typeof personHeadings;

export interface UnitLine {
  readonly row: number;
  readonly id: UnitId;
  readonly name: string;
  readonly parent: UnitId | null;
}

/** A row about a person. `undefined` where the file does not say; `null` where it says that there is none. */
export interface PersonLine {
  readonly row: number;
  readonly id: PersonId | undefined;
  readonly username: string | undefined;
  readonly name: string | undefined;
  readonly badge: string | undefined;
  /** Id or name. */
  readonly unit: string | undefined;
  readonly category: Category | undefined;
  readonly post: string | null | undefined;
  readonly rank: string | null | undefined;
  readonly locale: 'zh' | 'en' | undefined;
  /** 参加工作时间. */
  readonly workingSince: PlainDate | null | undefined;
  readonly leftAt: Instant | null | undefined;
  readonly relatives: readonly RelativeCell[];
  readonly roles: readonly RoleCell[] | undefined;
  /** The period in which the roles are held, at once or without an end where null. */
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly acting: boolean;
  readonly reason: string | null;
}

export interface Lines<Line> {
  readonly lines: readonly Line[];
  readonly errors: readonly TableError[];
}

/** A table of units has a column for the unit above; one of people has not. */
export const isUnitTable = (csv: string): boolean => readTable(csv.split(/\r?\n/, 1)[0] ?? '', unitHeadings).columns.includes('parent');

export function readUnits(csv: string): Lines<UnitLine> {
  const { rows, errors: tableErrors } = readTable(csv, unitHeadings);
  const errors = [...tableErrors];
  const lines = rows.flatMap((row) => {
    const { required, optional } = readerOf<UnitColumn>(row, errors);
    const line = {
      row: row.row,
      id: required('id', unitId),
      name: required('name', shortText),
      parent: optional('parent', unitId) ?? null,
    };
    return isComplete(line) ? [line] : [];
  });
  return { lines, errors };
}

/** @param zone the bureau's: its days begin and end there. `until` and `left` are last days */
export function readPeople(csv: string, zone: ZoneClock): Lines<PersonLine> {
  const { rows, errors: tableErrors } = readTable(csv, personHeadings);
  const errors = [...tableErrors];
  return { lines: rows.map((row) => personLine(row, zone, errors)), errors };
}

function personLine(row: TableRow<PersonColumn>, zone: ZoneClock, errors: TableError[]): PersonLine {
  const { optional, given } = readerOf<PersonColumn>(row, errors);
  const line: PersonLine = {
    row: row.row,
    id: optional('id', personId),
    username: optional('username', username),
    name: optional('name', shortText),
    badge: optional('badge', shortText),
    unit: optional('unit', shortText),
    category: optional('category', category),
    post: given('post', shortText),
    rank: given('rank', shortText),
    locale: optional('locale', locale),
    workingSince: given('since', plainDay),
    leftAt: given('left', endingAt(zone)),
    relatives: optional('relatives', relativeList) ?? [],
    roles: row.cells.roles === '' ? [] : optional('roles', roleList),
    from: optional('from', beginningAt(zone)) ?? null,
    until: optional('until', endingAt(zone)) ?? null,
    acting: optional('acting', flag) ?? false,
    reason: optional('reason', shortText) ?? null,
  };
  if (line.from !== null && line.until !== null && line.from >= line.until)
    errors.push({ row: row.row, column: 'until', message: endsBefore });
  return line;
}

/** Reads cells of one row; what is wrong with one is added to `errors` and the cell counts as not given. */
function readerOf<Column extends string>({ row, cells }: TableRow<Column>, errors: TableError[]) {
  const optional = <T>(column: Column, parse: (cell: string) => T): T | undefined => {
    const cell = cells[column];
    if (cell === undefined || cell === '') return undefined;
    try {
      return parse(cell);
    } catch (error) {
      if (!(error instanceof CellFault)) throw error;
      errors.push({ row, column, message: error.text });
      return undefined;
    }
  };
  const required = <T>(column: Column, parse: (cell: string) => T): T | undefined => {
    if (!cells[column]) errors.push({ row, column, message: missing });
    return optional(column, parse);
  };
  const given = <T>(column: Column, parse: (cell: string) => T): T | null | undefined =>
    cells[column] === '' ? null : optional(column, parse);
  return { optional, required, given };
}

export const missing = { zh: '不能为空。', en: 'This must not be empty.' };
const endsBefore = { zh: '任职止早于任职起。', en: 'The period ends before it begins.' };

const isComplete = <L extends object>(line: L): line is { [K in keyof L]: Exclude<L[K], undefined> } =>
  Object.values(line).every((value) => value !== undefined);
