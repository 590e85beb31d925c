import { careProcesses, careTeamOf } from './care-team.ts';
import { TierLimits, tiers } from './checkpoints.ts';
import { Duration, durationUnits, plainMs } from './duration.ts';
import type { Text } from './ids.ts';
import type { Rung } from './ladder.ts';
import type { Policy, TaskPolicy } from './policy.ts';
import { unknownName } from './policy-findings.ts';
import { type Finding, type PolicyPath, valueAt } from './policy-source.ts';
import { breachOf, statutoryLimits } from './statutory-limits.ts';
import { isTimeZone } from './time-zone.ts';

/** What a policy of the right shape may still get wrong. */
export const checkPolicy = (policy: Policy, demo: boolean): Finding[] => [
  ...checkClock(policy, demo),
  ...Object.entries(policy.ladders).flatMap(([name, rungs]) => checkLadder(['ladders', name], rungs)),
  ...Object.entries(policy.ladders).flatMap(([name, rungs]) => checkRepeat(['ladders', name], rungs)),
  ...tasksOf(policy).flatMap(([path, task]) => checkTask(path, task, Object.keys(policy.ladders))),
  ...Object.entries(policy.processes).flatMap(([id, { settings }]) =>
    settings.tiers === undefined ? [] : checkTiers(['processes', id, 'settings', 'tiers'], settings.tiers),
  ),
  ...checkLaw(policy),
  ...careProcesses.flatMap((id) => checkCareTeam(policy, id)),
];

const checkClock = ({ timeScale, timeZone, calendar }: Policy, demo: boolean): Finding[] => {
  const findings: Finding[] = [];
  if (timeScale > 1 && !demo) findings.push({ path: ['timeScale'], message: onlyInDemo });
  if (!isTimeZone(timeZone)) findings.push({ path: ['timeZone'], message: noSuchZone(timeZone) });
  calendar.hours.forEach(({ from, to }, index) => {
    const earliest = calendar.hours[index - 1]?.to ?? 0;
    if (from < earliest || to <= from) findings.push({ path: ['calendar', 'hours', index], message: hoursOutOfOrder });
  });
  return findings;
};

/** Rungs stand in order of time, as far as their units can be compared: how long a working day is depends on the calendar. */
const checkLadder = (path: PolicyPath, rungs: readonly Rung[]): Finding[] =>
  rungs.slice(1).flatMap((rung, index) => {
    const before = rungs[index];
    if (before?.repeats) return [{ path: [...path, index, 'repeats'], message: onlyLastRepeats }];
    return before && isLater(before, rung) ? [{ path: [...path, index + 1], message: ladderOutOfOrder }] : [];
  });

/** A rung that repeats tells; its interval is plain time of a minute at least, so that nobody is flooded. */
const checkRepeat = (path: PolicyPath, rungs: readonly Rung[]): Finding[] =>
  rungs.flatMap((rung, index) => {
    if (rung.repeats === undefined) return [];
    const tells = rung.do === 'escalate' || rung.do === 'due';
    const fits = tells && unitsOf(rung.repeats) === 'plain' && plainMs(rung.repeats) >= plainMs({ minutes: 1 });
    return fits ? [] : [{ path: [...path, index, 'repeats'], message: cannotRepeat }];
  });

const isLater = (first: Rung, second: Rung): boolean => {
  const [a, b] = [phaseOf(first), phaseOf(second)];
  if (a.phase !== b.phase) return a.phase > b.phase;
  return unitsOf(a.by) === unitsOf(b.by) && a.phase * plainMs(a.by) > b.phase * plainMs(b.by);
};

const phaseOf = (rung: Rung): { readonly phase: -1 | 0 | 1; readonly by: Duration } => {
  if ('before' in rung) return { phase: -1, by: rung.before };
  if ('after' in rung) return { phase: 1, by: rung.after };
  return { phase: 0, by: { seconds: 0 } };
};

const unitsOf = (duration: Duration): string => {
  const working = duration.workingDays !== undefined || duration.workingHours !== undefined;
  return working ? durationUnits.filter((unit) => duration[unit] !== undefined).join() : 'plain';
};

const checkTask = (path: PolicyPath, { limit, limits = {}, ladder }: TaskPolicy, ladders: readonly string[]): Finding[] => {
  const findings: Finding[] = [];
  if (limit && plainMs(limit) === 0) findings.push({ path: [...path, 'limit'], message: noLength });
  for (const [name, each] of Object.entries(limits)) {
    if (plainMs(each) === 0) findings.push({ path: [...path, 'limits', name], message: noLength });
  }
  if (ladder !== undefined && !ladders.includes(ladder))
    findings.push({ path: [...path, 'ladder'], message: unknownName(ladder, ladders) });
  return findings;
};

/** Checkpoints follow one another and end with the tier: each day of the sequence is longer than the one before, in the same units. */
const checkTiers = (path: PolicyPath, stated: unknown): Finding[] => {
  const limits = TierLimits.safeParse(stated);
  if (!limits.success) return [{ path, message: tiersIncomplete }];
  return tiers.slice(1).flatMap((day, index) => {
    const [shorter, longer] = [limits.data[`${tiers[index] ?? day}`], limits.data[`${day}`]];
    const isLonger = unitsOf(shorter) === unitsOf(longer) && plainMs(longer) > plainMs(shorter);
    return isLonger ? [] : [{ path: [...path, String(day)], message: tiersOutOfOrder }];
  });
};

const tasksOf = ({ common, processes }: Policy): [PolicyPath, TaskPolicy][] => [
  ...Object.entries(common.tasks).map(([key, task]): [PolicyPath, TaskPolicy] => [['common', 'tasks', key], task]),
  ...Object.entries(processes).flatMap(([id, { tasks }]) =>
    Object.entries(tasks).map(([key, task]): [PolicyPath, TaskPolicy] => [['processes', id, 'tasks', key], task]),
  ),
];

const checkLaw = (policy: Policy): Finding[] =>
  statutoryLimits.flatMap((limit) => {
    const stated = Duration.safeParse(valueAt(policy, limit.path));
    const message = stated.success ? breachOf(limit, stated.data) : undefined;
    return message ? [{ path: limit.path, message }] : [];
  });

/** The ladders of a care team's cases climb inside the team: whoever a rung tells sees the case from then on. */
const checkCareTeam = ({ ladders, common, processes }: Policy, id: string): Finding[] => {
  const own = processes[id]?.tasks;
  if (own === undefined) return [];
  const targets: readonly string[] = ['assignee', ...(careTeamOf(id) ?? [])];
  return Object.entries({ ...common.tasks, ...own }).flatMap(([key, { ladder = '' }]) => {
    const leak = (ladders[ladder] ?? []).find(({ to }) => !targets.includes(to));
    const path = ['processes', id, 'tasks', ...(own[key] === undefined ? [] : [key, 'ladder'])];
    return leak === undefined ? [] : [{ path, message: leavesCareTeam(key, leak.to, targets) }];
  });
};

const leavesCareTeam = (task: string, to: string, targets: readonly string[]): Text => ({
  zh: `${task} 的阶梯不得升级到 ${to}：此类办件的内容不出关爱团队，只能是 ${targets.join('、')}`,
  en: `the ladder of ${task} may not climb to ${to}: what is in such a case stays with those who care; expected one of ${targets.join(', ')}`,
});
const onlyInDemo: Text = {
  zh: '时间加速只能在演示模式（FIVEFOLD_DEMO=1）下使用，应为 1',
  en: 'time is sped up in a demonstration (FIVEFOLD_DEMO=1) only; expected 1',
};
const noSuchZone = (name: string): Text => ({
  zh: `没有时区“${name}”，应为 Asia/Shanghai 这样的 IANA 名称`,
  en: `there is no time zone "${name}"; expected an IANA name like Asia/Shanghai`,
});
const hoursOutOfOrder: Text = {
  zh: '值勤时段应先后有序、互不重叠，且结束晚于开始',
  en: 'hours of duty follow one another without overlap and end after they begin',
};
const ladderOutOfOrder: Text = {
  zh: '阶梯应按时间先后排列：before 由长到短，然后 at，最后 after 由短到长',
  en: 'the rungs of a ladder stand in order of time: before from long to short, then at, then after from short to long',
};
const onlyLastRepeats: Text = { zh: '只有最后一级可以重复', en: 'only the last rung of a ladder may repeat' };
const cannotRepeat: Text = {
  zh: '重复的一级应为 due 或 escalate，间隔为至少一分钟的自然时间',
  en: 'a rung that repeats is due or escalate, at intervals of plain time of a minute or more',
};
const tiersIncomplete: Text = {
  zh: `应为每一档（${tiers.join('、')} 天）各写明一个时长`,
  en: `expected a duration for each of the tiers ${tiers.join(', ')}`,
};
const tiersOutOfOrder: Text = {
  zh: '每一档应长于前一档，且单位相同',
  en: 'each tier is longer than the one before, in the same units',
};
const noLength: Text = { zh: '时限应大于零', en: 'a limit is longer than zero' };
