import { z } from 'zod';
import { CaseNumber, Instant, type PersonId, TaskId, Text } from '../domain/ids.ts';
import { taskContext } from '../store/case-file.ts';
import { ownChecks } from '../store/own-checks.ts';
import { processOf } from '../workflows/definitions.ts';
import type { ApiDeps } from './deps.ts';
import { outcomeTitle, stageTitle } from './views/case-titles.ts';

/** “1+N”体检: the check of a year of whoever asks. What was found stands in the case alone. */
export const OwnCheckView = z.object({
  year: z.int(),
  case: CaseNumber,
  state: z.enum(['accepted', 'open', 'closed']),
  /** Where it stands, or how it ended. */
  standing: Text,
  /** The open task by which one registers, or asks for another appointment. */
  task: TaskId.nullable(),
  appointment: z.object({ at: Instant, hospital: z.string(), preparation: z.string().optional() }).nullable(),
});
export type OwnCheck = z.output<typeof OwnCheckView>;

const Booked = z.object({ hospital: z.string(), preparation: z.string().optional() });

export async function ownChecksOf({ db, ring }: Pick<ApiDeps, 'db' | 'ring'>, person: PersonId): Promise<OwnCheck[]> {
  const definition = processOf('health-check');
  const rows = await ownChecks(db, person);
  return rows.map(({ number, year, state, stage, outcome, task, at, booked }) => ({
    year,
    case: number,
    state,
    standing: outcome === null ? stageTitle(definition, stage) : outcomeTitle(definition, outcome),
    task,
    appointment:
      task === null || at === null || booked === null
        ? null
        : { at: Instant.parse(at.toISOString()), ...Booked.parse(ring.openJson('database', booked, taskContext(task))) },
  }));
}
