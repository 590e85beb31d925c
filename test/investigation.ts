import { randomUUID } from 'node:crypto';
import type { PersonId } from '../domain/ids.ts';
import type { FilingOfRecord, Inquiry } from '../domain/investigation.ts';
import { note } from '../store/steps.ts';
import type { TestBureau, TestCase } from './bureau.ts';
import type { TestPerson } from './people.ts';

type Entry = Pick<FilingOfRecord, 'record' | 'replaces' | 'reason'> & { readonly data: object; readonly inquiry?: Inquiry };

/** Puts an entry into the file of an investigation, as the API does. */
export async function fileRecord(bureau: TestBureau, c: TestCase, by: TestPerson, entry: Entry): Promise<void> {
  const filing = { inquiry: 'investigate', ...entry } as FilingOfRecord; // plain texts for branded ids
  await note(bureau.bureau, {
    case: c.number,
    cause: `${by}:${randomUUID()}`,
    at: new Date(await bureau.now()),
    by: by as string as PersonId,
    for: null,
    bodyHash: 'test',
    changes: [{ kind: 'file-record', ...filing }],
  });
}

export const allegationAgainst = (against: TestPerson) =>
  ({ record: 'allegation', data: { against, actOn: '2026-10-12', ground: 'leave-7', facts: '值班时间饮酒。' } }) as const;
export const recording = {
  record: 'evidence',
  data: { title: '值班室录像', type: 'recording', source: '所内监控', obtainedAt: '2026-10-20T09:00:00+08:00', shows: '当晚饮酒。' },
} as const;
export const proven = (allegation: number, ...reliesOn: number[]) =>
  ({ record: 'finding', data: { allegation, result: 'proven', reliesOn, reasons: '录像清楚。' } }) as const;

/** An allegation with its evidence and its finding: what a report needs. */
export async function fileInquiry(
  bureau: TestBureau,
  c: TestCase,
  by: TestPerson,
  against: TestPerson,
  inquiry: Inquiry = 'investigate',
  from = 0,
): Promise<void> {
  for (const entry of [allegationAgainst(against), recording, proven(from + 1, from + 2)])
    await fileRecord(bureau, c, by, { ...entry, inquiry });
}
