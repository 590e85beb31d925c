import type { Instant } from '../domain/ids.ts';
import { periodsDue } from '../domain/round-period.ts';
import { accept } from '../store/accept.ts';
import type { Bureau } from '../store/bureau.ts';
import { lastPeriod, rootUnit } from '../store/rounds.ts';
import { upwardAppeals } from '../store/upward-appeals.ts';
import { processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { schemaOf } from '../workflows/kit/define.ts';
import type { ActivityDeps } from './deps.ts';

export type RoundActivities = ReturnType<typeof roundActivities>;

/** What a round covers, as it is when its case is opened: goes into the case's intake beside `period`. */
const rosters: Readonly<Record<string, (bureau: Bureau) => Promise<object>>> = {
  'upward-report': async (bureau) => ({ appeals: await upwardAppeals(bureau) }),
};

export const roundActivities = ({ bureau, startSoon }: ActivityDeps) => ({
  /** Opens a case for each period of the round that has begun since the last one opened. Repeating it opens none a second time. */
  async openRound({ process, at }: { readonly process: string; readonly at: Instant }): Promise<void> {
    const definition = processOf(process);
    if (!definition.round) throw new Error(`${process} is no round`);
    const unit = await rootUnit(bureau.db);
    if (unit === null) return;
    const on = bureau.policies.current.calendar.dayAt(Date.parse(at)).date;
    for (const period of periodsDue(definition.round, await lastPeriod(bureau.db, process), on)) {
      const data = schemaOf(definition.intake).parse({ period, ...(await rosters[process]?.(bureau)) });
      const acceptance = acceptanceOf(definition, { data, subject: null, unit, by: null });
      const [opened] = await accept(bureau, [{ acceptance, key: period, bodyHash: 'round', at, engineUp: false }]);
      if (opened?.input) startSoon(opened.number);
    }
  },
});
