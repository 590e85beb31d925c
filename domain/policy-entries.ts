import { Duration, describeDuration } from './duration.ts';
import type { Text } from './ids.ts';
import { Rung } from './ladder.ts';
import type { Policy } from './policy.ts';
import { isDurationShaped, isPlainMap } from './policy-source.ts';
import { describeRung } from './rung-words.ts';

/** One value of the policy, in words: as it is shipped and as it is in force here; null where it is not stated. */
export interface PolicyEntry {
  readonly path: string;
  readonly shipped: Text | null;
  readonly inForce: Text | null;
  readonly differs: boolean;
  /** What the shipped file says about it. */
  readonly note: Text | null;
}

/** Every value of the shipped policy and of the one in force side by side, in the order of the shipped file. */
export function policyEntries(shipped: Policy, inForce: Policy, notes: ReadonlyMap<string, Text>): readonly PolicyEntry[] {
  const before = new Map(valuesOf(shipped, []));
  const now = new Map(valuesOf(inForce, []));
  return [...new Set([...before.keys(), ...now.keys()])].map((path) => {
    const [as, is] = [before.get(path) ?? null, now.get(path) ?? null];
    return { path, shipped: as, inForce: is, differs: as?.zh !== is?.zh, note: noteOn(path, notes) };
  });
}

/** Its own, or that of what it is a part of. */
const noteOn = (path: string, notes: ReadonlyMap<string, Text>): Text | null =>
  notes.get(path) ?? notes.get(path.slice(0, Math.max(0, path.lastIndexOf('.')))) ?? null;

type Value = readonly [path: string, words: Text];

function valuesOf(value: unknown, path: readonly string[]): Value[] {
  const words = inWords(value, path);
  if (words !== null) return [[path.join('.'), words]];
  if (Array.isArray(value)) return value.flatMap((item, index) => valuesOf(item, [...path, String(index + 1)]));
  return isPlainMap(value) ? Object.entries(value).flatMap(([name, inside]) => valuesOf(inside, [...path, name])) : [];
}

/** Null for what is made of several values. */
function inWords(value: unknown, path: readonly string[]): Text | null {
  if (path[0] === 'brief' && typeof value === 'number') return plain(clock(value));
  if (path[1] === 'hours' && isPlainMap(value)) return plain(`${clock(Number(value.from))}–${clock(Number(value.to))}`);
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value === 'number' || typeof value === 'string') return plain(String(value));
  if (isDurationShaped(value)) return describeDuration(Duration.parse(value));
  if (path[0] === 'ladders' && path.length === 3) return describeRung(Rung.parse(value));
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return { zh: value.join('、'), en: value.join(', ') };
  return null;
}

/** Minutes since midnight. */
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
const two = (part: number): string => String(part).padStart(2, '0');
const plain = (text: string): Text => ({ zh: text, en: text });
