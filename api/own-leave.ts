import { z } from 'zod';
import { lastLeaveDay, leaveBalance, leaveStates } from '../domain/annual-leave.ts';
import { CaseNumber, Instant, type PersonId, PlainDate, TaskId } from '../domain/ids.ts';
import { accountFrom } from '../store/leave.ts';
import { ownLeave } from '../store/own-leave.ts';
import type { ApiDeps } from './deps.ts';

/** 年休假: a year's leave of whoever asks. */
export const OwnLeaveView = z.object({
  year: z.int(),
  case: CaseNumber,
  state: z.enum(['accepted', 'open', 'closed']),
  /** The open task by which one plans, asks or withdraws. */
  task: TaskId.nullable(),
  /** By when the next request is decided. */
  decidedBy: Instant.nullable(),
  /** Null as long as the length of service is not confirmed, and where no leave is due. */
  account: z
    .object({
      entitled: z.int(),
      taken: z.int(),
      asked: z.int(),
      planned: z.int(),
      left: z.int(),
      /** The last day on which it can be taken. */
      until: PlainDate,
      carriedOver: z.boolean(),
      periods: z.array(z.object({ from: PlainDate, until: PlainDate, days: z.int(), state: z.enum(leaveStates) })),
    })
    .nullable(),
});
export type OwnLeave = z.output<typeof OwnLeaveView>;

export async function ownLeaveOf({ db }: Pick<ApiDeps, 'db'>, person: PersonId): Promise<OwnLeave[]> {
  const rows = await ownLeave(db, person);
  return Promise.all(
    rows.map(async ({ number, decidedBy, ...row }) => {
      const known = await accountFrom(db, { person, year: row.year });
      return {
        ...row,
        case: number,
        decidedBy: decidedBy && Instant.parse(decidedBy.toISOString()),
        account: known && {
          ...leaveBalance(known.account),
          until: lastLeaveDay(known.account),
          carriedOver: known.account.carriedOver,
          periods: [...known.account.periods],
        },
      };
    }),
  );
}
