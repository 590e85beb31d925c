/** Letters and digits that nobody mistakes for one another when they are read aloud or copied by hand (no I, L, O, U). */
export const receiptAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 20 of 32 signs: 100 bits, which nobody guesses. */
export const receiptLength = 20;

/** As people get to see it: `7K2QM-…`, in groups of five. */
export const shownReceipt = (code: string): string => code.replace(/.{5}(?=.)/g, '$&-');

/** What somebody typed, as the code it stands for; null where it can be none. Case, blanks and hyphens don't matter, nor the letters that look like digits. */
export function readReceipt(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
  return code.length === receiptLength && [...code].every((sign) => receiptAlphabet.includes(sign)) ? code : null;
}
