import { z } from 'zod';

export const DocumentId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .brand<'DocumentId'>();
export type DocumentId = z.infer<typeof DocumentId>;

/** 文书: kinds that a case can issue. What each says is in documents/kinds.ts, the letters of its number in the policy. */
export const documentKindIds = [
  'appeal-reply',
  'directive',
  'inspection-order',
  'rectification-notice',
  'proof-of-service',
  'talk-record',
  'filing-decision',
  'notice-of-facts',
  'sanction-decision',
  'clearing',
  'measure-decision',
  'measure-lifted',
  'bar-notice',
] as const;
export type DocumentKindId = (typeof documentKindIds)[number];

/** 文号: `公诉答〔2026〕12号`. @source GB/T 9704-2012, 7.2.5: the year in full in hexagonal brackets, the running number without zeros before it */
export const documentNumber = (series: string, year: number, running: number): string => `${series}〔${year}〕${running}号`;
