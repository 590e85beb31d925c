import { z } from 'zod';
import { Duration } from '../domain/duration.ts';
import type { Instant, PlainDate } from '../domain/ids.ts';
import { occasionsDue } from '../domain/occasions.ts';
import { settingsOf } from '../domain/policy.ts';
import { periodOn, periodsDue } from '../domain/round-period.ts';
import { accept } from '../store/accept.ts';
import type { Bureau } from '../store/bureau.ts';
import { concernedBy } from '../store/case-periods.ts';
import { isUnchanged, openRounds, rosterChanges } from '../store/follow-roster.ts';
import { lastPeriod, rootUnit } from '../store/rounds.ts';
import { note } from '../store/steps.ts';
import { upwardAppeals } from '../store/upward-appeals.ts';
import { processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { itemRules, type ProcessDefinition, schemaOf } from '../workflows/kit/define.ts';
import type { ActivityDeps } from './deps.ts';

export type RoundActivities = ReturnType<typeof roundActivities>;

/** What a round covers, as it is when its case is opened: goes into the case's intake beside `period`. */
const rosters: Readonly<Record<string, (bureau: Bureau) => Promise<object>>> = {
  'upward-report': async (bureau) => ({ appeals: await upwardAppeals(bureau) }),
};

export const roundActivities = ({ bureau, startSoon }: ActivityDeps) => ({
  /** Opens what is due of a process that comes round: where everyone has a case of their own, those; else a case for each period of the round that has begun since the last one opened, and for each occasion that comes soon; then brings the lists of the open ones up to date. Repeating it opens none a second time. */
  async openRound({ process, at }: { readonly process: string; readonly at: Instant }): Promise<void> {
    const definition = processOf(process);
    if (definition.eachPeriod) return openForEach({ bureau, startSoon }, { definition, eachPeriod: definition.eachPeriod, at });
    if (!definition.round) throw new Error(`${process} is no round`);
    const unit = await rootUnit(bureau.db);
    if (unit === null) return;
    const on = bureau.policies.current.calendar.dayAt(Date.parse(at)).date;
    const periods = [...periodsDue(definition.round, await lastPeriod(bureau.db, process), on), ...occasionsOn(bureau, process, on)];
    for (const period of periods) {
      const data = schemaOf(definition.intake).parse({ period, ...(await rosters[process]?.(bureau)) });
      const acceptance = acceptanceOf(definition, { data, subject: null, unit, by: null });
      const [opened] = await accept(bureau, [{ acceptance, key: period, bodyHash: 'round', at, engineUp: false }]);
      if (opened?.input) startSoon(opened.number);
    }
    await followRosters(bureau, definition, at);
  },
});

/** So many cases are written together. */
const BATCH = 100;

/** Opens a case of their own for everyone who has none for the period in hand. Repeating it opens none a second time. */
async function openForEach(
  { bureau, startSoon }: Pick<ActivityDeps, 'bureau' | 'startSoon'>,
  { definition, eachPeriod, at }: EachPeriod,
): Promise<void> {
  const { calendar, policy } = bureau.policies.current;
  const { opensForEveryone } = settingsOf(policy, definition.id, Opened);
  if (eachPeriod.concerns === 'everyone' && !opensForEveryone) return;
  const period = periodOn(eachPeriod, calendar.dayAt(Date.parse(at)).date);
  const concerned = await concernedBy(bureau.db, { process: definition.id, period, at, concerns: eachPeriod.concerns });
  const data = schemaOf(definition.intake).parse({});
  for (let done = 0; done < concerned.length; done += BATCH) {
    const intakes = concerned.slice(done, done + BATCH).map(({ person, unit }) => ({
      acceptance: acceptanceOf(definition, { data, subject: person, unit, by: null }),
      key: `${period}:${person}`,
      bodyHash: 'round',
      at,
      engineUp: false,
    }));
    for (const { input, number } of await accept(bureau, intakes)) if (input) startSoon(number);
  }
}

const Opened = z.object({ opensForEveryone: z.boolean().optional() });

interface EachPeriod {
  readonly definition: ProcessDefinition;
  readonly eachPeriod: NonNullable<ProcessDefinition['eachPeriod']>;
  readonly at: Instant;
}

const Calendared = z.object({ occasions: z.record(z.string(), z.string()).optional(), occasionLead: Duration.optional() });

function occasionsOn({ policies: { current } }: Bureau, process: string, on: PlainDate): string[] {
  const { occasions = {}, occasionLead } = settingsOf(current.policy, process, Calendared);
  return occasionsDue(occasions, occasionLead?.days ?? 0, on, current.calendar);
}

/** Whoever joined, left or moved since is on the lists of the open rounds. Nothing is written where nothing has changed. */
async function followRosters(bureau: Bureau, definition: ProcessDefinition, at: Instant): Promise<void> {
  const items = itemRules(definition);
  if (items.length === 0) return;
  for (const { number } of await openRounds(bureau.db, definition.id)) {
    const changes = await Promise.all(items.map((rule) => rosterChanges(bureau.db, { number, rule, at })));
    if (changes.every(isUnchanged)) continue;
    const change = { kind: 'follow-roster', items } as const;
    await note(bureau, { case: number, cause: `roster:${at}`, at: new Date(at), by: null, for: null, bodyHash: null, changes: [change] });
  }
}
