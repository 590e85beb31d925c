import type { PlainDate } from './ids.ts';

const digits = '〇一二三四五六七八九';

/** A day as official documents write it: 二〇二六年十一月二十五日. @source GB/T 9704 for documents that bear a seal and a handwritten date; the year digit by digit */
export function chineseDate(day: PlainDate): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${[...year].map((digit) => digits[Number(digit)]).join('')}年${belowHundred(Number(month))}月${belowHundred(Number(date))}日`;
}

/** 1–99: 九、十、十一、二十、三十一. */
function belowHundred(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return `${ten}${ones === 0 ? '' : digits[ones]}`;
}
