import { test as check, fc } from '@fast-check/jest';
import { readReceipt, receiptAlphabet, receiptLength, shownReceipt } from './receipt-code.ts';

const code = fc
  .array(fc.constantFrom(...receiptAlphabet), { minLength: receiptLength, maxLength: receiptLength })
  .map((signs) => signs.join(''));

check.prop([code])('a code is read as it was shown, in small letters too', (given) => {
  expect(readReceipt(shownReceipt(given))).toBe(given);
  expect(readReceipt(` ${shownReceipt(given).toLowerCase()} `)).toBe(given);
});

test('letters that look like digits are read as those', () => {
  expect(readReceipt('oOlIi-00000-00000-00000')).toBe('00111000000000000000');
});

test.each(['', '0', '0'.repeat(19), '0'.repeat(21), 'U'.repeat(20), '../'.repeat(7)])('%j is no code', (typed) => {
  expect(readReceipt(typed)).toBeNull();
});
