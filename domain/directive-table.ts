import { tiers } from './checkpoints.ts';
import type { CsvTable, Headings, TableError, TableRow } from './csv-table.ts';
import type { Text, UnitId } from './ids.ts';

/** Columns of a list of directives. A heading may have two names. */
export const directiveHeadings = {
  title: { zh: '事项/标题', en: 'Title' },
  order: { zh: '要求', en: 'Order' },
  unit: { zh: '责任单位', en: 'Unit' },
  supporting: { zh: '协办单位', en: 'Supporting' },
  tier: { zh: '层级/层级(天)', en: 'Tier' },
  source: { zh: '来源', en: 'Source' },
  contact: { zh: '联系人', en: 'Contact' },
} satisfies Headings<string>;

export type DirectiveColumn = keyof typeof directiveHeadings;

const required: readonly DirectiveColumn[] = ['title', 'order', 'unit', 'tier', 'source'];

/** Where a directive comes from. @source domain.md 3.1 "supervision" */
export const directiveSources = {
  leader: { zh: '领导批示', en: "Leader's instruction" },
  meeting: { zh: '会议决定', en: 'Meeting decision' },
  appeal: { zh: '诉求', en: 'Appeal' },
  inspection: { zh: '督察发现', en: 'Inspection finding' },
  kpi: { zh: '指标预警', en: 'Breach of a figure' },
} satisfies Record<string, Text>;

/** One directive: to whom it goes, and the form of its process. */
export interface DirectiveLine {
  readonly row: number;
  readonly unit: UnitId;
  readonly data: {
    readonly source: string;
    readonly title: string;
    readonly order: string;
    readonly tier: string;
    readonly supporting?: readonly UnitId[];
  };
}

interface NamedUnit {
  readonly id: UnitId;
  readonly name: string;
}

/** Reads every row, also after a faulty one. @param units those that are not dissolved */
export function directivesOf(
  table: CsvTable<DirectiveColumn>,
  units: readonly NamedUnit[],
): { readonly lines: readonly DirectiveLine[]; readonly errors: readonly TableError[] } {
  const absent = required.filter((column) => table.errors.length === 0 && !table.columns.includes(column));
  const errors = [...table.errors, ...absent.map((column) => ({ row: 1, column, message: absentColumn(column) }))];
  if (absent.length > 0) return { lines: [], errors };
  const lines = table.rows.flatMap((row) => {
    const line = lineOf(row, units, errors);
    return line === null ? [] : [line];
  });
  const faulty = new Set(errors.map(({ row }) => row));
  return { lines: lines.filter(({ row }) => !faulty.has(row)), errors };
}

function lineOf({ row, cells }: TableRow<DirectiveColumn>, units: readonly NamedUnit[], errors: TableError[]): DirectiveLine | null {
  const fault = (column: DirectiveColumn, message: Text): undefined => void errors.push({ row, column, message });
  const given = (column: DirectiveColumn): string | undefined => cells[column] || fault(column, empty);
  const unitOf = (column: DirectiveColumn, name: string): UnitId | undefined => {
    const found = units.filter((unit) => unit.id === name || unit.name === name);
    return found.length === 1 ? found[0]?.id : fault(column, found.length === 0 ? unknownUnit(name) : ambiguousUnit(name));
  };
  const lead = given('unit');
  const unit = lead === undefined ? undefined : unitOf('unit', lead);
  const supporting = (cells.supporting ?? '')
    .split(/[、,，;；\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => unitOf('supporting', name));
  const stated = given('tier');
  const tier = stated === undefined ? undefined : (tierOf(stated) ?? fault('tier', noTier));
  const origin = given('source');
  const source = origin === undefined ? undefined : (sourceOf(origin) ?? fault('source', noSource));
  const [title, order] = [given('title'), given('order')];
  if (unit === undefined || tier === undefined || source === undefined || title === undefined || order === undefined) return null;
  const contact = cells.contact ? `\n联系人 Contact: ${cells.contact}` : '';
  const others = supporting.filter((each) => each !== undefined);
  return { row, unit, data: { source, title, order: `${order}${contact}`, tier, ...(others.length > 0 && { supporting: others }) } };
}

/** `15`, `15天`, `15 days`. */
function tierOf(cell: string): string | undefined {
  const [, days] = /^(\d{1,2})\s*(?:天|日|days?|d)?$/i.exec(cell) ?? [];
  return tiers.map(String).find((tier) => tier === days);
}

const sourceOf = (cell: string): string | undefined =>
  Object.entries(directiveSources).find(([id, { zh, en }]) => [id, zh, en.toLowerCase()].includes(cell.toLowerCase()))?.[0];

const listOf = (texts: readonly string[]): string => texts.join('、');
const empty = { zh: '不能为空。', en: 'This must not be empty.' };
const noTier = { zh: `层级为 ${listOf(tiers.map(String))} 天之一。`, en: `The tier is one of ${tiers.join(', ')} days.` };
const noSource = {
  zh: `来源为${listOf(Object.values(directiveSources).map(({ zh }) => zh))}之一。`,
  en: `The source is one of: ${Object.keys(directiveSources).join(', ')}.`,
};
const absentColumn = (column: DirectiveColumn): Text => ({
  zh: `缺少“${directiveHeadings[column].zh}”一列。`,
  en: `The column "${directiveHeadings[column].en}" is missing.`,
});
const unknownUnit = (name: string): Text => ({
  zh: `没有单位“${name}”，或已撤销。`,
  en: `There is no unit "${name}", or it was dissolved.`,
});
const ambiguousUnit = (name: string): Text => ({
  zh: `有多个单位名为“${name}”，请填编号。`,
  en: `Several units are called "${name}": give the id.`,
});
