import { describe, expect, test } from '@jest/globals';
import { docxText } from '../test/docx-text.ts';
import { asDocx } from './as-docx.ts';
import { asPdf } from './as-pdf.ts';
import { IssuedLetter } from './letter.ts';

const letter = (paragraphs: number, cell = '内容'): IssuedLetter =>
  IssuedLetter.parse({
    title: '申诉答复书',
    issuer: '市公安局',
    addressee: '李某同志',
    blocks: [
      ...Array.from({ length: paragraphs }, () => ({ kind: 'text', heading: '查明的情况', text: '经查，情况属实。'.repeat(20) })),
      { kind: 'rows', rows: [['事项', cell]] },
    ],
    closing: '特此答复。',
    signatures: [],
    number: '公诉答〔2026〕12号',
    date: '2026-11-25',
  });

const pagesOf = (pdf: Uint8Array): number =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Type \/Page\b(?!s)/g),
  ].length;

describe('a letter', () => {
  test('of few words is one page, of many as many as it takes, and none of them empty', async () => {
    expect(pagesOf(await asPdf(letter(1)))).toBe(1);
    // 22 lines a page, 8 lines a paragraph with its heading, some 12 lines around them.
    expect(pagesOf(await asPdf(letter(20)))).toBeGreaterThanOrEqual(7);
    expect(pagesOf(await asPdf(letter(20)))).toBeLessThanOrEqual(9);
  });

  test('carries only the characters of its font that it uses', async () => {
    expect((await asPdf(letter(1))).length).toBeLessThan(200_000);
  });

  test('is the same file whenever it is made', async () => {
    const [one, other] = [await asPdf(letter(2)), await asPdf(letter(2))];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  test('says in Word what it says', async () => {
    const text = docxText(Buffer.from(await asDocx(letter(1, '夜班'))));
    for (const part of ['市公安局申诉答复书', '公诉答〔2026〕12号', '李某同志：', '夜班', '特此答复。', '二〇二六年十一月二十五日'])
      expect(text).toContain(part);
  });
});
