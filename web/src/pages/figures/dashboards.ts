/* Who reads which figures first. What of them someone may read at all, the API decides. */

export const views = ['overview', 'supervision', 'appeals', 'timeliness', 'trend', 'coverage', 'bars', 'workload', 'funds'] as const;
export type View = (typeof views)[number];

const usual: readonly View[] = ['overview', 'timeliness', 'trend', 'workload'];

/** What concerns whom, the most important after the overview first. A role that is not here reads no figures. */
const byRole: Readonly<Record<string, readonly View[]>> = {
  'bureau-leader': views,
  'supervising-leader': views.filter((view) => view !== 'funds'),
  auditor: views,
  'supervision-desk': ['overview', 'supervision', 'appeals', 'timeliness', 'trend', 'coverage', 'workload'],
  'unit-leader': ['overview', 'workload', 'timeliness', 'coverage', 'appeals', 'supervision', 'bars', 'trend'],
  'deputy-leader': ['overview', 'workload', 'timeliness', 'coverage', 'appeals', 'supervision', 'bars', 'trend'],
  'political-department': ['overview', 'bars', 'coverage', 'timeliness', 'trend', 'workload'],
  'welfare-desk': ['overview', 'coverage', 'timeliness', 'trend', 'workload'],
  'acceptance-desk': ['overview', 'appeals', 'timeliness', 'trend', 'workload'],
  'discipline-inspector': ['overview', 'bars', 'timeliness', 'trend', 'workload'],
  'inspection-head': ['overview', 'bars', 'timeliness', 'trend', 'workload'],
  inspector: usual,
  'legal-adviser': usual,
  'health-desk': usual,
  'duty-desk': usual,
  'fund-committee': ['funds'],
  'fund-cashier': ['funds'],
};

/** Leaders read about their own units, everyone else here about the whole bureau. */
const leaders: readonly string[] = ['unit-leader', 'deputy-leader', 'supervising-leader', 'bureau-leader'];

export const answersForWhole = (role: string): boolean => byRole[role]?.includes('overview') === true && !leaders.includes(role);

/** Who has a figures page. */
export const readers: readonly string[] = Object.keys(byRole);

/** The views of someone who holds these roles, each once, in the order of the role that reads most. */
export function viewsOf(roles: readonly string[]): readonly View[] {
  const theirs = roles.map((role) => byRole[role] ?? []).toSorted((one, other) => other.length - one.length);
  return [...new Set(theirs.flat())];
}
