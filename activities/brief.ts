import { Context } from '@temporalio/activity';
import { briefBounds, briefDayAt } from '../domain/brief.ts';
import type { CaselessNotice } from '../domain/caseless-notices.ts';
import type { PlainDate } from '../domain/ids.ts';
import { actorOfPerson } from '../store/actor.ts';
import { type BriefReceiver, briefReceivers, makeBrief, tellBrief } from '../store/brief.ts';
import type { Bureau } from '../store/bureau.ts';
import { unitsAt } from '../store/figures/read.ts';
import { type BriefCountRow, briefCounts } from '../store/lists/brief.ts';
import { oversight } from '../workflows/definitions.ts';
import type { ActivityDeps } from './deps.ts';

export type BriefActivities = ReturnType<typeof briefActivities>;

export const briefActivities = ({ bureau }: Pick<ActivityDeps, 'bureau'>) => ({
  /** Makes and tells the brief of this morning, to whoever has not been told. Of a morning that nobody was there for, people are told later the same day, not afterwards. */
  async tellBriefs(): Promise<void> {
    await tellMorning(bureau, new Date(), () => Context.current().heartbeat());
  },
});

/** @returns how many were told */
export async function tellMorning(bureau: Bureau, at: Date, alive: () => void): Promise<number> {
  const { policy, calendar } = bureau.policies.current;
  const day = briefDayAt(at.getTime(), policy.brief.at, calendar);
  if (day === null) return 0;
  await makeBrief(bureau.db, day.date, briefBounds(at.getTime(), calendar));
  const receivers = await briefReceivers(bureau.db, day.date, at);
  for (const receiver of receivers) {
    alive();
    await tellOne(bureau, receiver, day.date, at);
  }
  return receivers.length;
}

/** Counts what this person may know of: not what the brief of the bureau holds. */
async function tellOne(bureau: Bureau, { person, units }: BriefReceiver, on: PlainDate, at: Date): Promise<void> {
  const { db } = bureau;
  const actor = await actorOfPerson(db, person, at);
  if (actor === null) return;
  const led = actor.roles.filter(({ unit }) => units.some(({ id }) => id === unit)).map(({ unitPath }) => unitPath);
  const scope = units.length === 0 ? null : led;
  const counts = await briefCounts(db, { source: { on }, actor, viewing: { oversight, at }, scope });
  const sum = (span: 'overdue' | 'today' | 'week') => counts.reduce((total, row) => total + row[span], 0);
  const notice: CaselessNotice & { kind: 'brief' } = {
    kind: 'brief',
    on,
    units: units.map((unit) => ({ ...unit })),
    overdue: sum('overdue'),
    today: sum('today'),
    week: sum('week'),
    alarms: await alarmsIn(bureau, counts),
  };
  await tellBrief(db, person, notice, at);
}

/** Units in which so much is overdue, those below them included, that the policy wants them named; the topmost last. */
async function alarmsIn({ db, policies }: Bureau, counts: readonly BriefCountRow[]) {
  const { alarmAt } = policies.current.policy.brief;
  if (counts.reduce((sum, { overdue }) => sum + overdue, 0) < alarmAt) return [];
  const units = await unitsAt(db, null);
  const paths = new Map(units.map(({ id, path }) => [id, path]));
  return units
    .map(({ name, path }) => ({
      name,
      overdue: counts.filter(({ unit }) => paths.get(unit)?.startsWith(path)).reduce((sum, { overdue }) => sum + overdue, 0),
    }))
    .filter(({ overdue }) => overdue >= alarmAt)
    .toSorted((one, other) => one.overdue - other.overdue);
}
