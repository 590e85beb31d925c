import { Duration } from './duration.ts';
import type { Text } from './ids.ts';
import { findingsOf, unknownName } from './policy-findings.ts';
import { type Finding, isDurationShaped, isPlainMap, type PolicyPath, valueAt } from './policy-source.ts';

/**
 * Holds an overlay to the names of the shipped policy: the processes, tasks, limits and settings that it names must exist there, and a setting keeps
 * its kind: where a whole number stands, as of a count, no fraction and nothing below zero may follow. A task that every process has may be given to a process of its own.
 */
export const checkNames = (shipped: unknown, merged: unknown): Finding[] => {
  const namesAt = (path: PolicyPath) => namesOf(valueAt(merged, path));
  const strangers = (path: PolicyPath, also: readonly string[] = []) =>
    strangersOf(path, [...new Set([...namesOf(valueAt(shipped, path)), ...also])], namesAt(path));
  const sideTasks = namesOf(valueAt(shipped, ['common', 'tasks']));

  const inTasks = (path: PolicyPath, also?: readonly string[]) => [
    ...strangers(path, also),
    ...namesAt(path).flatMap((key) => strangers([...path, key, 'limits'], namesOf(valueAt(shipped, ['common', 'tasks', key, 'limits'])))),
  ];
  const processes = namesOf(valueAt(shipped, ['processes']));
  return [
    ...inTasks(['common', 'tasks']),
    ...strangers(['processes']),
    ...processes.flatMap((id) => {
      const settings = ['processes', id, 'settings'];
      return [
        ...inTasks(['processes', id, 'tasks'], sideTasks),
        ...checkSetting(settings, valueAt(shipped, settings) ?? {}, valueAt(merged, settings) ?? {}),
      ];
    }),
  ];
};

const namesOf = (value: unknown): readonly string[] => (isPlainMap(value) ? Object.keys(value) : []);

const strangersOf = (path: PolicyPath, known: readonly string[], named: readonly string[]): Finding[] =>
  named.filter((name) => !known.includes(name)).map((name) => ({ path: [...path, name], at: 'key', message: unknownName(name, known) }));

const checkSetting = (path: PolicyPath, shipped: unknown, stated: unknown): Finding[] => {
  const isWholeForDecimal = kindOf(shipped) === 'number' && kindOf(stated) === 'count';
  if (kindOf(stated) !== kindOf(shipped) && !isWholeForDecimal) return [{ path, message: kinds[kindOf(shipped)] }];
  if (isDurationShaped(stated)) {
    const { error } = Duration.safeParse(stated);
    return error ? findingsOf(error, Duration, stated).map((finding) => ({ ...finding, path: [...path, ...finding.path] })) : [];
  }
  if (!isPlainMap(stated)) return [];
  return [
    ...strangersOf(path, namesOf(shipped), namesOf(stated)),
    ...namesOf(shipped).flatMap((name) => checkSetting([...path, name], valueAt(shipped, [name]), valueAt(stated, [name]))),
  ];
};

const kinds = {
  count: { zh: '应为不小于 0 的整数', en: 'expected a whole number, 0 or more' },
  number: { zh: '应为数字', en: 'expected a number' },
  boolean: { zh: '应为 true 或 false', en: 'expected true or false' },
  text: { zh: '应为文字', en: 'expected a text' },
  duration: { zh: '应为时长，如 {days: 30}', en: 'expected a duration like {days: 30}' },
  map: { zh: '应为“键: 值”映射', en: 'expected a map' },
} satisfies Record<string, Text>;

const kindOf = (value: unknown): keyof typeof kinds => {
  if (isDurationShaped(value)) return 'duration';
  if (isPlainMap(value)) return 'map';
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? 'count' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
};
