import { readTable } from './csv-table.ts';
import { directiveHeadings, directivesOf } from './directive-table.ts';
import { UnitId } from './ids.ts';

const units = [
  { id: UnitId.parse('donghu'), name: '东湖派出所' },
  { id: UnitId.parse('xishan'), name: '西山派出所' },
  { id: UnitId.parse('first'), name: '一中队' },
  { id: UnitId.parse('other'), name: '一中队' },
];
const read = (...rows: string[]) => directivesOf(readTable(rows.join('\n'), directiveHeadings), units);
const head = '标题,要求,责任单位,协办单位,层级(天),来源,联系人';

test('a row becomes the form of a directive, whatever the order and language of the headings', () => {
  expect(read(head, '防汛,排查隐患,东湖派出所,西山派出所、first,15天,领导批示,李四 1388').lines).toEqual([
    {
      row: 2,
      unit: 'donghu',
      data: { source: 'leader', title: '防汛', order: '排查隐患\n联系人 Contact: 李四 1388', tier: '15', supporting: ['xishan', 'first'] },
    },
  ]);
  expect(read('source,tier,unit,order,title', 'kpi,3 days,xishan,do it,Floods').lines).toEqual([
    { row: 2, unit: 'xishan', data: { source: 'kpi', title: 'Floods', order: 'do it', tier: '3' } },
  ]);
});

test('every faulty cell of every row is named, and the sound rows are read all the same', () => {
  const { lines, errors } = read(
    head,
    '防汛,排查,南岗派出所,北岗派出所,4,传闻,',
    ',,一中队,,7,会议决定,',
    '清仓,盘点,西山派出所,,1,会议决定,',
  );
  expect(errors.map(({ row, column }) => `${row} ${column}`).sort()).toEqual([
    '2 source',
    '2 supporting',
    '2 tier',
    '2 unit',
    '3 order',
    '3 title',
    '3 unit',
  ]);
  expect(lines).toMatchObject([{ row: 4, unit: 'xishan', data: { tier: '1' } }]);
});

test('a list without a column that every directive needs is not read', () => {
  const { lines, errors } = read('标题,要求,层级,来源', '防汛,排查,7,会议决定');
  expect(lines).toEqual([]);
  expect(errors).toMatchObject([{ row: 1, column: 'unit' }]);
});

test.each(['1', '3', '5', '7', '15', '30'])('%s days is a tier', (tier) => {
  expect(read('title,order,unit,tier,source', `防汛,排查,donghu,${tier},meeting`).lines).toMatchObject([{ data: { tier } }]);
});

test.each(['0', '2', '31', '-1', '7.5', '七', '1000'])('%s is no tier', (tier) => {
  expect(read('title,order,unit,tier,source', `防汛,排查,donghu,${tier},meeting`).errors).toMatchObject([{ row: 2, column: 'tier' }]);
});
