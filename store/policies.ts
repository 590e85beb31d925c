import { type Calendar, officialCalendar } from '../domain/calendar.ts';
import { type Policy, policyVersion } from '../domain/policy.ts';
import { layOver } from '../domain/policy-source.ts';
import type { Database } from '../platform/database.ts';

/** A policy with the calendar that it describes. */
export interface PolicyInForce {
  readonly version: string;
  readonly policy: Policy;
  readonly calendar: Calendar;
}

export interface Policies {
  /** New cases start under it. */
  readonly current: PolicyInForce;
  /**
   * The policy that a case started under; what it does not know, such as a task that its process got later, is as it is today.
   * @throws Error for a version that was never in force here
   */
  of(version: string): Promise<PolicyInForce>;
}

/** Keeps the policy that this process was started with, and finds earlier ones again. */
export async function openPolicies(db: Database, policy: Policy): Promise<Policies> {
  const version = policyVersion(policy);
  const current = inForce(version, policy);
  // Worker and API may say so at the same moment.
  await db.policyVersion.createMany({ data: [{ version, policy: policy as object, loadedAt: new Date() }], skipDuplicates: true });

  const known = new Map([[version, current]]);
  return {
    current,
    of: async (asked) => {
      const found = known.get(asked) ?? inForce(asked, await savedPolicy(db, asked, policy), current.calendar);
      known.set(asked, found);
      return found;
    },
  };
}

/** When a policy was first in force here. */
export async function loadedAt(db: Database, version: string): Promise<Date> {
  const known = await db.policyVersion.findUniqueOrThrow({ where: { version }, select: { loadedAt: true } });
  return known.loadedAt;
}

/** Holidays are facts, not policy: every case counts by today's calendar, whatever policy it started under. */
const inForce = (version: string, policy: Policy, calendar: Calendar = calendarOf(policy)): PolicyInForce => ({
  version,
  policy,
  calendar,
});

const calendarOf = ({ timeZone, calendar }: Policy): Calendar => officialCalendar({ timeZone, ...calendar });

async function savedPolicy(db: Database, version: string, today: Policy): Promise<Policy> {
  const { policy } = await db.policyVersion.findUniqueOrThrow({ where: { version } });
  return layOver(today, policy) as Policy;
}
