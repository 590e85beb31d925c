import {
  AlignmentType,
  Document,
  Footer,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { chineseDate } from '../domain/chinese-date.ts';
import { indent, layout } from './layout.ts';
import type { Block, IssuedLetter } from './letter.ts';

/** Twentieths of a point, in which Word reckons lengths; sizes of letters are in halves. */
const twips = (points: number): number => Math.round(points * 20);

/** Every office program in China has them, or one that stands for them. */
const fonts = { text: '仿宋', title: '方正小标宋简体', heading: '黑体' } as const;

const run = (text: string, font: keyof typeof fonts = 'text', options: IRunOptions = {}): TextRun =>
  new TextRun({
    text,
    font: { eastAsia: fonts[font], ascii: 'Times New Roman', hAnsi: 'Times New Roman' },
    size: 2 * layout.text,
    ...options,
  });

type Place = { readonly align?: (typeof AlignmentType)[keyof typeof AlignmentType]; readonly indented?: boolean; readonly before?: number };

const line = (children: TextRun[], { align = AlignmentType.JUSTIFIED, indented = false, before = 0 }: Place = {}): Paragraph =>
  new Paragraph({
    children,
    alignment: align,
    spacing: { line: twips(layout.line), lineRule: LineRuleType.EXACT, before: twips(before) },
    ...(indented && { indent: { firstLine: twips(indent) } }),
  });

/** The letter as a Word file. */
export function asDocx(letter: IssuedLetter): Promise<Uint8Array> {
  const { title, issuer, number, addressee, blocks, closing } = letter;
  const document = new Document({
    creator: issuer,
    title: `${title} ${number}`,
    sections: [
      {
        properties: { page: pageSetup },
        footers: { default: pageNumber() },
        children: [
          line([run(`${issuer}${title}`, 'title', { size: 2 * layout.title })], { align: AlignmentType.CENTER }),
          line([run(number)], { align: AlignmentType.CENTER, before: layout.line / 2 }),
          ...(addressee === null ? [] : [line([run(`${addressee}：`)], { before: layout.line })]),
          ...blocks.flatMap(blockOf),
          ...(closing === null ? [] : [line([run(closing)], { indented: true })]),
          ...ending(letter),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const pageSetup = {
  size: { width: twips(layout.page.width), height: twips(layout.page.height) },
  margin: {
    top: twips(layout.margin.top),
    bottom: twips(layout.margin.bottom),
    left: twips(layout.margin.left),
    right: twips(layout.margin.right),
  },
};

const pageNumber = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: fonts.text, size: 2 * layout.pageNumber })],
      }),
    ],
  });

function blockOf(block: Block): (Paragraph | Table)[] {
  if (block.kind === 'rows') return [tableOf(block.rows)];
  const heading = block.heading === undefined ? [] : [line([run(block.heading, 'heading')], { indented: true })];
  return [...heading, ...block.text.split(/\n+/).map((text) => line([run(text)], { indented: true }))];
}

const tableOf = (rows: readonly (readonly [string, string])[]): Table =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      ([name, value]) =>
        new TableRow({
          cantSplit: true,
          children: [
            new TableCell({
              width: { size: 28, type: WidthType.PERCENTAGE },
              children: [line([run(name)], { align: AlignmentType.CENTER })],
            }),
            new TableCell({ children: value.split('\n').map((text) => line([run(text)])) }),
          ],
        }),
    ),
  });

/** A seal over issuer and day, or lines to be signed. */
function ending({ issuer, date, signatures }: IssuedLetter): Paragraph[] {
  const right = { align: AlignmentType.RIGHT };
  const lines = signatures.map((who) => line([run(`${who}：＿＿＿＿＿＿＿＿　　　年　　月　　日`)], { before: layout.line / 2 }));
  const seal = [line([run(issuer)], { ...right, before: 2 * layout.line }), line([run('（印章）')], right)];
  return [...lines, ...(signatures.length > 0 ? [] : seal), line([run(chineseDate(date))], right)];
}
