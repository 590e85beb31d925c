import { type Duration, describeDuration, plainMs } from './duration.ts';
import type { Measure } from './eligibility.ts';
import type { Text } from './ids.ts';

export interface StatutoryLimit {
  /** Where policy states the duration. */
  readonly path: readonly string[];
  readonly atLeast: Duration;
  readonly atMost: Duration;
  readonly source: Text;
}

const inspectorateRegulation: Text = {
  zh: '《公安机关督察条例》（国务院令第603号）',
  en: 'Regulations on the Supervision of Public Security Organs (State Council decree 603)',
};
const within = (atMost: Duration) => ({ atLeast: { minutes: 1 }, atMost, source: inspectorateRegulation });
const confinement = { atLeast: { days: 1 }, atMost: { days: 7 }, source: inspectorateRegulation };
const suspension = { atLeast: { days: 10 }, atMost: { days: 60 }, source: inspectorateRegulation };

const workInjury: Text = { zh: '《工伤保险条例》第十七条', en: 'Regulations on Work Injury Insurance art. 17' };
const protection: Text = { zh: '本系统对未经本人同意的保护', en: 'protection without consent, by this system' };

/** What the law allows, whatever a bureau's policy says. @source domain.md §3.2 `measure`, §4.2; api.md "Policy" */
export const statutoryLimits: readonly StatutoryLimit[] = [
  { path: ['processes', 'measure', 'settings', 'confinement', 'min'], ...confinement },
  { path: ['processes', 'measure', 'settings', 'confinement', 'max'], ...confinement },
  { path: ['processes', 'measure', 'settings', 'suspension', 'min'], ...suspension },
  { path: ['processes', 'measure', 'settings', 'suspension', 'max'], ...suspension },
  { path: ['processes', 'measure', 'tasks', 'decide-appeal', 'limits', 'confinement'], ...within({ hours: 24 }) },
  { path: ['processes', 'measure', 'tasks', 'decide-appeal', 'limits', 'suspension'], ...within({ days: 5 }) },
  {
    path: ['processes', 'mental-health', 'settings', 'withoutConsent'],
    atLeast: { minutes: 1 },
    atMost: { hours: 72 },
    source: protection,
  },
  { path: ['processes', 'measure', 'tasks', 'inform-family', 'limit'], ...within({ hours: 24 }) },
  {
    path: ['processes', 'injury-care', 'tasks', 'file-work-injury', 'limit'],
    atLeast: { minutes: 1 },
    atMost: { days: 30 },
    source: workInjury,
  },
];

/** The longest that a measure may last, extensions included. */
export const maximumOf = (measure: Measure): Duration => (measure === 'suspension' ? suspension : confinement).atMost;

/** The same in whole days, with the shortest that it may last. */
export const statutoryDays = (measure: Measure): { readonly least: number; readonly most: number } => {
  const { atLeast, atMost } = measure === 'suspension' ? suspension : confinement;
  return { least: atLeast.days, most: atMost.days };
};

/** Why a duration breaks the law, if it does. Working time is refused: over holidays nobody can say how long it is. */
export const breachOf = (limit: StatutoryLimit, stated: Duration): Text | undefined => {
  const { zh: least, en: leastEn } = describeDuration(limit.atLeast);
  const { zh: most, en: mostEn } = describeDuration(limit.atMost);
  const law: Text = {
    zh: `${limit.source.zh}规定为 ${least}以上 ${most}以下`,
    en: `the law allows ${leastEn} to ${mostEn}: ${limit.source.en}`,
  };
  if (stated.workingDays !== undefined || stated.workingHours !== undefined) {
    return { zh: `法定期限须以自然日或小时表示；${law.zh}`, en: `a statutory limit is stated in plain days or hours; ${law.en}` };
  }
  const length = plainMs(stated);
  return length < plainMs(limit.atLeast) || length > plainMs(limit.atMost) ? law : undefined;
};
