import type { Text } from '../../domain/ids.ts';
import { type FigureRow, readFigures } from '../../store/figures/read.ts';
import { processOf } from '../../workflows/definitions.ts';
import { schemaOf } from '../../workflows/kit/define.ts';
import { taskDefinition } from '../../workflows/kit/tasks.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import { type Asked, byUnit, casesOf, countOf, groupedBy, type Period } from './asked.ts';
import { column, type FigureGroup, number, percent } from './shape.ts';
import { doneTasks, timesOf } from './timeliness.ts';

const PROCESS = 'appeal';
/** The task with which a desk answers at all. */
const FIRST_RESPONSE = 'accept';
const count = column('cases', 'cases', '件数', 'Cases');
const share = column('share', 'percent', '占比', 'Share');

/** 诉求: by channel, route, outcome and satisfaction, and how many were opened again (domain.md §5). */
export async function appeals(given: Asked, period: Period): Promise<FigureGroup[]> {
  const asked = { ...given, scope: { ...given.scope, process: PROCESS } };
  const { db } = asked.deps;
  const read = (measure: 'label' | 'closed-month' | 'opened-month' | 'reopened') =>
    readFigures(db, asked.scope, { measures: [measure], days: period.days, by: ['key'] });
  const [labels, outcomes, opened, reopened, answers, accepted] = await Promise.all([
    read('label'),
    read('closed-month'),
    read('opened-month'),
    read('reopened'),
    readFigures(db, asked.scope, { measures: ['label'], days: period.days, by: ['unit', 'key'] }),
    doneTasks(asked, period, ['unit', 'key', 'bucket']),
  ]);
  const labelled = (field: string, title: Text) => byLabel(asked, period, { labels, field, title });
  return [
    labelled('channel', { zh: '按渠道', en: 'By channel' }),
    labelled('route', { zh: '按办理路径', en: 'By route' }),
    byOutcome(asked, period, outcomes),
    labelled('answer', { zh: '是否满意', en: 'Satisfied or not' }),
    labelled('score', { zh: '满意度评分', en: 'Satisfaction, 1 to 5' }),
    byUnits(asked, period, {
      answers: answers.filter(({ key }) => key.startsWith('answer=')),
      accepted: accepted.filter(({ key }) => key === FIRST_RESPONSE),
    }),
    openedAgain(asked, period, { opened, reopened }),
  ];
}

function byLabel(
  asked: Asked,
  { fromAt, toAt }: Period,
  { labels, field, title }: { labels: readonly FigureRow[]; field: string; title: Text },
): FigureGroup {
  const rows = labels.filter(({ key }) => key.startsWith(`${field}=`));
  const total = countOf(rows);
  return {
    by: field,
    title,
    columns: [count, share],
    rows: groupedBy(rows, ({ key }) => key.slice(field.length + 1))
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([value, of]) => ({
        key: value,
        title: titlesOf(field).get(value) ?? { zh: value, en: value },
        numbers: {
          cases: casesOf(asked, of, { label: `${field}=${value}`, labelledFrom: fromAt, labelledTo: toAt }),
          share: number(percent(countOf(of), total)),
        },
      })),
  };
}

function byOutcome(asked: Asked, { fromAt, toAt }: Period, rows: readonly FigureRow[]): FigureGroup {
  const titles: Readonly<Record<string, Text>> = processOf(PROCESS).outcomeTitles;
  const total = countOf(rows);
  return {
    by: 'outcome',
    title: { zh: '按办理结果', en: 'By outcome' },
    columns: [count, share],
    rows: groupedBy(rows, ({ key }) => key).map(([outcome, of]) => ({
      key: outcome,
      title: titles[outcome] ?? { zh: outcome, en: outcome },
      numbers: {
        cases: casesOf(asked, of, { outcome, closedFrom: fromAt, closedTo: toAt }),
        share: number(percent(countOf(of), total)),
      },
    })),
  };
}

/** How soon a unit responds first, and how satisfied people are with it. */
function byUnits(
  asked: Asked,
  period: Period,
  { answers, accepted }: { answers: readonly FigureRow[]; accepted: Awaited<ReturnType<typeof doneTasks>> },
): FigureGroup {
  const { fromAt, toAt } = period;
  const rows = [...answers.map((row) => ({ ...row, measure: 'label' as const })), ...accepted];
  return {
    by: 'unit',
    title: { zh: '首次响应与满意率 · 按单位（含下级）', en: 'First response and satisfaction, by unit, with those below it' },
    columns: [
      column('responses', 'tasks', '首次响应', 'First responses'),
      column('median', 'hours', '首次响应用时中位数（小时）', 'Median time to it'),
      column('inTime', 'percent', '按期率', 'In time'),
      column('satisfied', 'cases', '满意', 'Satisfied'),
      column('unsatisfied', 'cases', '不满意', 'Not satisfied'),
      column('rate', 'percent', '满意率', 'Satisfied, per cent'),
    ],
    rows: byUnit(asked, rows).map(({ unit, rows: here }) => {
      const said = (answer: string) => here.filter(({ key }) => key === `answer=${answer}`);
      const labelled = (answer: string) =>
        casesOf(asked, said(answer), { unit: unit.id, label: `answer=${answer}`, labelledFrom: fromAt, labelledTo: toAt });
      const responses = timesOf(
        asked,
        period,
        here.filter(({ key }) => key === FIRST_RESPONSE),
        { unit: unit.id, key: FIRST_RESPONSE },
      );
      return {
        key: unit.id,
        title: { zh: unit.name, en: unit.name },
        numbers: {
          responses: responses.done,
          median: responses.median,
          inTime: responses.inTime,
          satisfied: labelled('satisfied'),
          unsatisfied: labelled('unsatisfied'),
          rate: number(percent(countOf(said('satisfied')), countOf([...said('satisfied'), ...said('unsatisfied')]))),
        },
      };
    }),
  };
}

function openedAgain(
  asked: Asked,
  { fromAt, toAt }: Period,
  { opened, reopened }: Readonly<Record<'opened' | 'reopened', FigureRow[]>>,
): FigureGroup {
  const when = { openedFrom: fromAt, openedTo: toAt };
  return {
    by: 'reopened',
    title: { zh: '重新办理', en: 'Opened again' },
    columns: [column('opened', 'cases', '受理', 'Opened'), column('reopened', 'cases', '重新办理', 'Opened again'), share],
    rows: [
      {
        key: 'reopened',
        title: { zh: '诉求', en: 'Appeals' },
        numbers: {
          opened: casesOf(asked, opened, when),
          reopened: casesOf(asked, reopened, { ...when, reopened: 'true' }),
          share: number(percent(countOf(reopened), countOf(opened))),
        },
      },
    ],
  };
}

/** The titles of a field's values, as its forms have them. */
function titlesOf(field: string): ReadonlyMap<string, Text> {
  const definition = processOf(PROCESS);
  const forms = [definition.intake, ...['classify', 'confirm'].map((key) => taskDefinition(definition, key).form)];
  return new Map(forms.flatMap((form) => valuesIn(jsonSchemaOf(schemaOf(form), 'zh'), field)));
}

function valuesIn(node: unknown, field: string): [string, Text][] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => (key === field ? Object.entries(textsOf(value)) : valuesIn(value, field)));
}

const textsOf = (schema: { readonly 'x-values'?: Record<string, Text> } | null): Record<string, Text> => schema?.['x-values'] ?? {};
