import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { MOST_ITEMS } from '../../domain/bulk.ts';
import { type CsvTable, readTable, type TableError, tableOf } from '../../domain/csv-table.ts';
import { type DirectiveColumn, type DirectiveLine, directiveHeadings, directivesOf } from '../../domain/directive-table.ts';
import type { Locale } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { sheetRows } from '../../platform/sheet-rows.ts';
import { UnfitArchive } from '../../platform/zip-bounds.ts';
import { listUnits } from '../../store/lists/units.ts';
import { processOf } from '../../workflows/definitions.ts';
import { schemaOf } from '../../workflows/kit/define.ts';
import { bulkIssue } from '../bulk/issue.ts';
import { previewBulk } from '../bulk/preview.ts';
import type { ApiDeps } from '../deps.ts';
import { directiveTemplate } from '../directive-template.ts';
import { parse } from '../parse.ts';
import { XLSX } from '../read-body.ts';
import { Reply, type Route, route, Streamed } from '../route.ts';
import { BulkFile, fileOf } from './bulk.ts';
import { flag } from './paging.ts';

const Csv = z
  .string()
  .min(1)
  .meta({
    description: `UTF-8; the first line names the columns, in any order: ${Object.keys(directiveHeadings).join(', ')}.`,
    examples: ['事项,要求,责任单位,层级,来源\n夏季防汛,排查隐患,东湖派出所,7,会议决定\n'],
  });
const Workbook = z.instanceof(Buffer).meta({ description: 'A workbook (.xlsx); its first sheet is read.', format: 'binary' });

const RowFault = z.object({ row: z.int(), column: z.string(), message: z.string() });

/** The preview of what would be issued, and the rows that were left out; nothing is kept where `dryRun` asked for that. */
const Imported = z.object({ dryRun: z.boolean(), rows: z.int(), faulty: z.array(RowFault), bulk: BulkFile.nullable() });

export const directiveRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/directives/template.xlsx',
    { title: { zh: '督办清单模板', en: 'Template of a list of directives' }, permission: 'bulk.start', view: z.string(), mediaType: XLSX },
    async () => {
      const bytes = await directiveTemplate();
      return new Streamed(async (response) => {
        response.attachment('directives.xlsx').type(XLSX).send(bytes);
      });
    },
  ),
  route.post(
    '/directives/import',
    {
      title: { zh: '导入督办清单（Excel 或 CSV）', en: 'Import a list of directives from a workbook or CSV' },
      permission: 'bulk.start',
      query: z.object({ dryRun: flag.default(false), skipFaulty: flag.default(false) }),
      body: z.union([Workbook, Csv, z.strictObject({ csv: Csv })]),
      bodyType: 'sheet',
      idempotent: true,
      view: Imported,
      status: 201,
      otherStatuses: [200],
      problems: ['forbidden', 'invalid-form', 'idempotency-conflict', 'too-large', 'unsupported-media-type'],
    },
    async (call) => {
      const { startableBy, overseenBy } = processOf('supervision');
      demand(call.actor, 'case.start', { startableBy, overseenBy, onBehalfOf: null });
      const { dryRun, skipFaulty } = call.query;
      const { lines, faulty } = checked(await tableFrom(call.body, call.locale), await listUnits(deps.db, call.at), call.locale);
      if (lines.length === 0 || (faulty.length > 0 && !skipFaulty))
        throw new Problem('invalid-form', { errors: fieldErrors(faulty, call.locale) });
      if (lines.length > MOST_ITEMS) throw new Problem('too-large');
      const told = { dryRun, rows: lines.length, faulty };
      if (dryRun) return new Reply(200, { ...told, bulk: null });
      const { bulk, isNew } = await previewBulk(deps, call, { kind: bulkIssue, ...issueOf(lines) });
      return new Reply(isNew ? 201 : 200, { ...told, bulk: await fileOf(deps, bulk) });
    },
  ),
];

/** @throws Problem `invalid-form` for what is no workbook */
async function tableFrom(body: Buffer | string | { csv: string }, locale: Locale): Promise<CsvTable<DirectiveColumn>> {
  if (!Buffer.isBuffer(body)) return readTable(typeof body === 'string' ? body : body.csv, directiveHeadings);
  try {
    return tableOf(await sheetRows(body), directiveHeadings);
  } catch (cause) {
    if (!(cause instanceof UnfitArchive)) throw cause;
    throw new Problem('invalid-form', { errors: [{ path: 'directives', message: noWorkbook[locale] }] });
  }
}

type Fault = z.output<typeof RowFault>;

/** The sound rows as forms of their process, and what is wrong with the others. */
function checked(table: CsvTable<DirectiveColumn>, units: Parameters<typeof directivesOf>[1], locale: Locale) {
  const { lines, errors } = directivesOf(table, units);
  const faults = lines.map((line) => ({ line, faults: formFaults(line, locale) }));
  return {
    lines: faults.filter((each) => each.faults.length === 0).map(({ line }) => line),
    faulty: [...errors.map((error) => faultOf(error, locale)), ...faults.flatMap((each) => each.faults)].toSorted((a, b) => a.row - b.row),
  };
}

function formFaults({ row, data }: DirectiveLine, locale: Locale): Fault[] {
  try {
    parse(schemaOf(processOf('supervision').intake), data, { at: '', locale, slug: 'invalid-form' });
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.facts.errors ?? []).map(({ path, message }) => ({ row, column: path.split('.')[0] ?? '', message }));
  }
}

/** One item for each row; each has a form of its own. */
const issueOf = (lines: readonly DirectiveLine[]) => ({
  params: { kind: 'issue', process: 'supervision', data: null, units: [...new Set(lines.map(({ unit }) => unit))] },
  targets: lines.map(({ unit, data }) => ({ target: unit, input: { data } })),
});

const faultOf = ({ row, column, message }: TableError, locale: Locale): Fault => ({ row, column, message: message[locale] });

/** `directives.14.unit`: the line of the file, the header being 1, and the column. */
const fieldErrors = (faulty: readonly Fault[], locale: Locale) =>
  faulty.length === 0
    ? [{ path: 'directives', message: noRows[locale] }]
    : faulty.map((fault) => ({ ...fault, path: ['directives', fault.row, fault.column].filter((step) => step !== '').join('.') }));

const noWorkbook = { zh: '无法读取：请另存为 .xlsx 后再导入。', en: 'It cannot be read: save it as .xlsx and try again.' };
const noRows = { zh: '表中没有事项。', en: 'There is nothing in the table.' };
