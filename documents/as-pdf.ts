import { once } from 'node:events';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { chineseDate } from '../domain/chinese-date.ts';
import { indent, layout } from './layout.ts';
import type { Block, IssuedLetter } from './letter.ts';

/** Noto Serif SC, under the SIL Open Font Licence: the file carries the characters that it uses, and looks the same everywhere. */
const fontFile = (weight: '400Regular' | '700Bold'): string =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`);

const { page, margin } = layout;
const width = page.width - margin.left - margin.right;
const bottom = page.height - margin.bottom;

/** The letter as a PDF file with its fonts in it. */
export async function asPdf(letter: IssuedLetter): Promise<Uint8Array> {
  const { title, number, issuer, date } = letter;
  const pdf = new PDFDocument({
    size: [page.width, page.height],
    margins: margin,
    bufferPages: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: `${title} ${number}`, Author: issuer, CreationDate: new Date(`${date}T00:00:00Z`) },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.registerFont('text', fontFile('400Regular')).registerFont('bold', fontFile('700Bold'));
  write(pdf, letter);
  numberPages(pdf);
  const whole = once(pdf, 'end');
  pdf.end();
  await whole;
  return Buffer.concat(chunks);
}

type Pdf = InstanceType<typeof PDFDocument>;

function write(pdf: Pdf, letter: IssuedLetter): void {
  const { title, number, issuer, addressee, blocks, closing } = letter;
  say(pdf, `${issuer}${title}`, { font: 'bold', size: layout.title, align: 'center' });
  skip(pdf, 0.5);
  say(pdf, number, { align: 'center' });
  skip(pdf, 1);
  if (addressee !== null) say(pdf, `${addressee}：`);
  for (const block of blocks) writeBlock(pdf, block);
  if (closing !== null) say(pdf, closing, { indented: true });
  end(pdf, letter);
}

interface Saying {
  readonly font?: 'text' | 'bold';
  readonly size?: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly indented?: boolean;
}

/** Writes lines, and goes on to the next page by itself. */
function say(pdf: Pdf, text: string, { font = 'text', size = layout.text, align = 'left', indented = false }: Saying = {}): void {
  pdf.font(font).fontSize(size);
  // On the grid of lines; a title in a larger size takes the same lines, one and a half of them.
  const height = size > layout.text ? 1.5 * layout.line : layout.line;
  pdf.text(text, margin.left, pdf.y, { width, align, lineGap: height - pdf.currentLineHeight(), ...(indented && { indent }) });
}

const skip = (pdf: Pdf, lines: number): void => {
  pdf.y += lines * layout.line;
};

/** Begins a new page unless so many lines still fit on this one. */
function keepTogether(pdf: Pdf, lines: number): void {
  if (pdf.y + lines * layout.line > bottom) pdf.addPage();
}

function writeBlock(pdf: Pdf, block: Block): void {
  if (block.kind === 'rows') return writeTable(pdf, block.rows);
  if (block.heading !== undefined) {
    keepTogether(pdf, 2);
    say(pdf, block.heading, { font: 'bold', indented: true });
  }
  for (const text of block.text.split(/\n+/)) say(pdf, text, { indented: true });
}

const nameWidth = 0.28 * width;
const padding = 6;

function writeTable(pdf: Pdf, rows: readonly (readonly [string, string])[]): void {
  pdf.font('text').fontSize(layout.text);
  const lineGap = layout.line - pdf.currentLineHeight();
  const cell = { width: nameWidth - 2 * padding, lineGap };
  const wide = { width: width - nameWidth - 2 * padding, lineGap };
  for (const [name, value] of rows) {
    const height = Math.max(pdf.heightOfString(name, cell), pdf.heightOfString(value || ' ', wide)) + padding;
    if (pdf.y + height > bottom) pdf.addPage();
    const top = pdf.y;
    pdf
      .rect(margin.left, top, nameWidth, height)
      .rect(margin.left + nameWidth, top, width - nameWidth, height)
      .lineWidth(0.7)
      .stroke();
    pdf.text(name, margin.left + padding, top + padding, cell);
    pdf.text(value, margin.left + nameWidth + padding, top + padding, wide);
    pdf.y = top + height;
  }
  skip(pdf, 0.5);
}

/** A seal over issuer and day, or lines to be signed; never torn from each other. */
function end(pdf: Pdf, { issuer, date, signatures }: IssuedLetter): void {
  const isSealed = signatures.length === 0;
  keepTogether(pdf, isSealed ? 5 : 1.5 * signatures.length + 2);
  for (const who of signatures) {
    skip(pdf, 0.5);
    say(pdf, `${who}：＿＿＿＿＿＿＿＿　　年　　月　　日`);
  }
  skip(pdf, isSealed ? 2 : 0.5);
  if (isSealed) {
    say(pdf, issuer, { align: 'right' });
    say(pdf, '（印章）', { align: 'right' });
  }
  say(pdf, chineseDate(date), { align: 'right' });
}

function numberPages(pdf: Pdf): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = start; index < start + count; index++) {
    pdf.switchToPage(index);
    // Below the text, where a page would otherwise end and another begin.
    pdf.page.margins.bottom = 0;
    pdf.font('text').fontSize(layout.pageNumber);
    pdf.text(`— ${index + 1} —`, margin.left, bottom + layout.line / 2, { width, align: 'center', lineBreak: false });
  }
}
