import exceljs from 'exceljs';
import { tiers } from '../domain/checkpoints.ts';
import { directiveHeadings, directiveSources } from '../domain/directive-table.ts';

const example = {
  title: '夏季防汛隐患排查',
  order: '排查辖区低洼路段与值守点，逐处登记。',
  unit: '东湖派出所',
  supporting: '西山派出所',
  tier: 7,
  source: '会议决定',
  contact: '',
};

/** An empty list of directives as a workbook: headings, one example, and what may stand where. */
export async function directiveTemplate(): Promise<Buffer> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('督办清单');
  sheet.columns = Object.entries(directiveHeadings).map(([key, { zh }]) => ({
    key,
    header: zh.split('/')[0] ?? zh,
    width: key === 'order' ? 60 : 20,
  }));
  sheet.addRow(example);
  sheet.getRow(1).font = { bold: true };
  const notes = book.addWorksheet('填写说明');
  notes.columns = [{ width: 24 }, { width: 90 }];
  notes.addRows([
    ['责任单位、协办单位', '单位名称或编号；协办单位可有多个，用“、”分开。 Name or id; several supporting units separated by 、'],
    ['层级', `${tiers.join('、')} 天之一。 One of these numbers of days.`],
    [
      '来源',
      Object.values(directiveSources)
        .map(({ zh, en }) => `${zh} ${en}`)
        .join('、'),
    ],
    ['联系人', '可不填。 Optional.'],
  ]);
  return Buffer.from(await book.xlsx.writeBuffer());
}
