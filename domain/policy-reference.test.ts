import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { describeDuration, durationUnits } from './duration.ts';
import { rungKinds } from './ladder.ts';
import { parsePolicy } from './policy.ts';
import { PolicyError } from './policy-error.ts';
import { statutoryLimits } from './statutory-limits.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const shipped = { name: 'policy/default.yaml', text: read('policy/default.yaml') };
const guides = ['docs/reference/policy.md', 'docs/how-to/change-a-limit.md'];

/** The YAML examples of the documents, with what is said of each after `yaml`. */
const examples = guides.flatMap((path) =>
  [...read(path).matchAll(/^( *)```yaml (.+)\n([\s\S]*?)^ *```$/gm)].map(([, indent = '', said = '', body = '']) => ({
    path,
    said,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  })),
);

/** @returns `accepted`, or `refused <line>:<column> <path>` of the first fault */
function verdictOn(text: string): string {
  try {
    parsePolicy([shipped, { name: 'overlay', text }], { demo: false });
    return 'accepted';
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const [first] = error.faults;
    return `refused ${first?.line}:${first?.column} ${first?.path}`;
  }
}

test.each(examples)('an example in $path is $said', ({ said, text }) => expect(verdictOn(text)).toBe(said));

describe('docs/reference/policy.md', () => {
  const text = read('docs/reference/policy.md');
  const policy = parsePolicy([shipped], { demo: false });

  test('names every unit, every kind of rung and every key of the whole bureau', () => {
    const keys = ['timeScale', 'timeZone', ...Object.keys(policy.calendar).map((key) => `calendar.${key}`)];
    for (const name of [...durationUnits, ...rungKinds, ...keys]) expect(text).toContain(`\`${name}\``);
  });

  test('names every setting of the shipped policy', () => {
    for (const { settings } of Object.values(policy.processes))
      for (const name of Object.keys(settings)) expect(text).toContain(`\`${name}\``);
  });

  test('states what the law allows as the code does', () => {
    for (const { path, atLeast, atMost } of statutoryLimits) {
      const row = text.split('\n').find((line) => [path, path.slice(0, -1)].some((named) => line.includes(`\`${named.join('.')}\``)));
      expect(row).toMatch(new RegExp(`\\b${describeDuration(atLeast).en} \\|.*\\b${describeDuration(atMost).en} \\|`));
    }
  });
});
