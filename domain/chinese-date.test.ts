import { test as check, fc } from '@fast-check/jest';
import { expect, test } from '@jest/globals';
import { chineseDate } from './chinese-date.ts';
import { PlainDate } from './ids.ts';

test.each([
  ['2026-11-25', '二〇二六年十一月二十五日'],
  ['2030-01-01', '二〇三〇年一月一日'],
  ['2026-10-10', '二〇二六年十月十日'],
  ['2027-02-20', '二〇二七年二月二十日'],
  ['2028-12-31', '二〇二八年十二月三十一日'],
])('%s is %s', (day, written) => {
  expect(chineseDate(PlainDate.parse(day))).toBe(written);
});

check.prop([fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })])(
  'no two days are written alike, and what is written can be read back',
  (date) => {
    const day = PlainDate.parse(date.toISOString().slice(0, 10));
    expect(readBack(chineseDate(day))).toBe(day);
  },
);

/** Another way round: by the written numbers of all months and days. */
function readBack(written: string): string {
  const numbers = ['', ...'一二三四五六七八九'].flatMap((_, ones) => [ones]);
  const written99 = new Map(
    [0, 1, 2, 3].flatMap((tens) =>
      numbers.map((ones) => [`${['', '十', '二十', '三十'][tens]}${['', ...'一二三四五六七八九'][ones]}`, tens * 10 + ones] as const),
    ),
  );
  const [, year = '', month = '', day = ''] = /^(.{4})年(.+)月(.+)日$/.exec(written) ?? [];
  const two = (text: string) => String(written99.get(text)).padStart(2, '0');
  return `${[...year].map((sign) => '〇一二三四五六七八九'.indexOf(sign)).join('')}-${two(month)}-${two(day)}`;
}
