import { readFileSync } from 'node:fs';
import { test as check, fc } from '@fast-check/jest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { durationUnits } from './duration.ts';
import { Rung } from './ladder.ts';
import { limitOf, type Policy, parsePolicy, policyVersion, settingsOf } from './policy.ts';
import { layOver } from './policy-source.ts';

const shippedFile = { name: 'policy/default.yaml', text: readFileSync(new URL('../policy/default.yaml', import.meta.url), 'utf8') };
const shipped = parsePolicy([shippedFile], { demo: false });
const withOverlays = (...texts: string[]) =>
  parsePolicy([shippedFile, ...texts.map((text, index) => ({ name: `overlay-${index}.yaml`, text }))], { demo: true });
const inTasks = (yaml: string) => `processes: {appeal: {tasks: ${yaml}}}`;

describe('the shipped policy', () => {
  test('runs in the bureau’s time, at its own pace', () => {
    expect(shipped.timeScale).toBe(1);
    expect(shipped.timeZone).toBe('Asia/Shanghai');
    expect(shipped.calendar.hours).toEqual([
      { from: 8 * 60 + 30, to: 12 * 60 },
      { from: 14 * 60, to: 17 * 60 + 30 },
    ]);
  });

  test('has the standard ladder of api.md', () => {
    expect(shipped.ladders.standard).toEqual(
      [
        { before: { workingHours: 4 }, do: 'remind', to: 'assignee' },
        { at: 'limit', do: 'due', to: 'assignee' },
        { after: { days: 1 }, do: 'escalate', to: 'unit-leader' },
        { after: { days: 2 }, do: 'escalate', to: 'supervising-leader' },
        { after: { days: 3 }, do: 'inspect', to: 'inspection' },
      ].map((rung) => Rung.parse(rung)),
    );
  });

  test.each([
    ['accept', { workingDays: 1 }],
    ['classify', { workingDays: 3 }],
    ['study', { workingDays: 30 }],
    ['committee', { workingDays: 20 }],
    ['explain', { workingDays: 5 }],
    ['superior-answer', { days: 100 }], // a month until it is collected, ten days until it is sent, 60 days for the answer
    ['approve-reply', { workingDays: 2 }],
    ['confirm', { workingDays: 10 }],
    ['review', { days: 30 }],
    ['re-review', { days: 30 }],
  ])('gives %s of an appeal %j (domain.md 3.1)', (task, limit) => {
    expect(limitOf(shipped, 'appeal', task).limit).toEqual(limit);
  });

  test.each([1, 3, 5, 7, 15, 30])('handles a tier-%i appeal in so many days', (tier) => {
    expect(limitOf(shipped, 'appeal', 'handle', String(tier)).limit).toEqual({ days: tier });
  });

  test('an answer that nobody owes is only reminded of', () => {
    expect(limitOf(shipped, 'appeal', 'confirm').rungs.map((rung) => rung.do)).toEqual(['remind', 'remind']);
  });
});

describe('limitOf', () => {
  test('finds limit and ladder', () => {
    expect(limitOf(shipped, 'appeal', 'accept')).toEqual({
      limit: { workingDays: 1 },
      rungs: shipped.ladders.standard,
      urgent: false,
    });
  });

  test('a side task that every process has needs no entry of its own, and may have one', () => {
    expect(limitOf(shipped, 'appeal', 'consult').limit).toEqual({ workingDays: 2 });
    const policy = withOverlays(inTasks('{consult: {limit: {hours: 4}}}'));
    expect(limitOf(policy, 'appeal', 'consult')).toEqual({ limit: { hours: 4 }, rungs: [], urgent: false });
    expect(limitOf(policy, 'rectification', 'consult').limit).toEqual({ workingDays: 2 });
  });

  test.each([
    ['appeal', 'ponder', undefined],
    ['parade', 'accept', undefined],
    ['appeal', 'handle', '2'],
    ['appeal', 'accept', 'urgent'],
    ['appeal', 'constructor', undefined],
  ])('%s.%s %s is unknown: the build and its policy do not belong together', (process, task, chosen) => {
    expect(() => limitOf(shipped, process, task, chosen)).toThrow('the policy has no');
  });
});

test('settings come with the type of the schema that reads them', () => {
  const settings = settingsOf(shipped, 'appeal', z.looseObject({ maxTransfers: z.int() }));
  expect(settings.maxTransfers).toBe(2);
});

describe('overlays', () => {
  test('maps merge, lists and scalars replace', () => {
    const policy = withOverlays(
      'timeZone: Asia/Urumqi\nladders: {quick: [{at: limit, do: due, to: duty-desk}]}\ncalendar: {overrides: {2026-03-02: {working: false}}}',
    );
    expect(policy.timeZone).toBe('Asia/Urumqi');
    expect(policy.ladders.quick).toEqual([{ at: 'limit', do: 'due', to: 'duty-desk' }]);
    expect(policy.ladders.standard).toEqual(shipped.ladders.standard);
    expect(policy.calendar).toEqual({ ...shipped.calendar, overrides: { '2026-03-02': { working: false } } });
  });

  test('a duration replaces as a whole: two minutes over one working day are two minutes', () => {
    expect(limitOf(withOverlays(inTasks('{accept: {limit: {minutes: 2}}}')), 'appeal', 'accept')).toEqual({
      limit: { minutes: 2 },
      rungs: shipped.ladders.standard,
      urgent: false,
    });
  });

  test.each([
    [
      'not the last one',
      '{at: limit, do: due, to: assignee, repeats: {minutes: 15}}, {after: {days: 1}, do: escalate, to: unit-leader}',
      /only the last/,
    ],
    ['a reminder', '{at: limit, do: remind, to: assignee, repeats: {minutes: 15}}', /plain time/],
    ['in working time', '{at: limit, do: due, to: assignee, repeats: {workingHours: 1}}', /plain time/],
    ['every few seconds', '{at: limit, do: due, to: assignee, repeats: {seconds: 5}}', /plain time/],
  ])('a rung that repeats and is %s is refused', (_, rungs, why) => {
    expect(() => withOverlays(`ladders: {calling: [${rungs}]}`)).toThrow(why);
  });

  test('a bureau adds ladders of its own', () => {
    const policy = withOverlays(`ladders: {gentle: [{at: limit, do: remind, to: assignee}]}\n${inTasks('{accept: {ladder: gentle}}')}`);
    expect(limitOf(policy, 'appeal', 'accept').rungs).toEqual([{ at: 'limit', do: 'remind', to: 'assignee' }]);
  });

  test('the last overlay has the last word', () => {
    const policy = withOverlays(
      inTasks('{accept: {limit: {hours: 4}}}'),
      inTasks('{accept: {limit: {hours: 8}}, classify: {limit: {hours: 1}}}'),
    );
    expect(limitOf(policy, 'appeal', 'accept').limit).toEqual({ hours: 8 });
    expect(limitOf(policy, 'appeal', 'classify').limit).toEqual({ hours: 1 });
  });

  test.each(['', '# nothing yet\n', '{}', 'processes: {}'])('an overlay that states nothing changes nothing: %j', (text) => {
    expect(withOverlays(text)).toEqual(shipped);
  });

  test('laying the shipped policy over itself changes nothing', () => {
    expect(withOverlays(shippedFile.text)).toEqual(shipped);
  });
});

describe('laws of laying over', () => {
  const duration = fc.dictionary(fc.constantFrom(...durationUnits), fc.nat(9), { minKeys: 1 });
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof({ maxDepth: 3 }, fc.nat(9), fc.array(fc.nat(9), { maxLength: 2 }), duration, tie('tree')),
    ),
  }));

  check.prop([tree])('nothing laid over a policy leaves it, and a policy laid over nothing is itself', (policy) => {
    expect(layOver(policy, {})).toEqual(policy);
    expect(layOver({}, policy)).toEqual(policy);
  });

  check.prop([tree, tree])('an overlay laid over twice is as laid over once, and what it states holds', (base, overlay) => {
    const once = layOver(base, overlay);
    expect(layOver(once, overlay)).toEqual(once);
    expect(once).toMatchObject(overlay as object);
  });

  check.prop([tree, tree])('nothing that the overlay leaves alone is lost', (base, overlay) => {
    const untouched = Object.entries(base as object).filter(([key]) => !Object.hasOwn(overlay as object, key));
    expect(layOver(base, overlay)).toMatchObject(Object.fromEntries(untouched));
  });

  check.prop([tree])('neither input is changed', (policy) => {
    const copy = structuredClone(policy);
    layOver(policy, { a: { b: 1 } });
    layOver({ a: { b: 1 } }, policy);
    expect(policy).toEqual(copy);
  });
});

describe('policyVersion', () => {
  test('is short, and the same for the same content in another order or after storage', () => {
    expect(policyVersion(shipped)).toMatch(/^[0-9a-f]{12}$/);
    expect(policyVersion(JSON.parse(JSON.stringify(shipped)))).toBe(policyVersion(shipped));
    expect(policyVersion(reversed(shipped))).toBe(policyVersion(shipped));
  });

  test('changes with any limit', () => {
    expect(policyVersion(withOverlays(inTasks('{accept: {limit: {workingDays: 2}}}')))).not.toBe(policyVersion(shipped));
  });

  test('does not depend on how the file is laid out', () => {
    const { brief, calendar, ...rest } = shipped;
    const hours = [
      { from: '08:30', to: '12:00' },
      { from: '14:00', to: '17:30' },
    ];
    const rewritten = {
      name: 'rewritten.yaml',
      text: stringify({ ...rest, brief: { ...brief, at: '08:00' }, calendar: { ...calendar, hours } }),
    };
    expect(policyVersion(parsePolicy([rewritten], { demo: false }))).toBe(policyVersion(shipped));
  });
});

test('time passes faster in a demonstration only', () => {
  expect(withOverlays('timeScale: 86400').timeScale).toBe(86_400);
  expect(() => parsePolicy([shippedFile, { name: 'fast.yaml', text: 'timeScale: 86400' }], { demo: false })).toThrow('FIVEFOLD_DEMO=1');
});

function reversed(policy: Policy): Policy {
  return {
    ...policy,
    processes: Object.fromEntries(Object.entries(policy.processes).toReversed()),
    ladders: Object.fromEntries(Object.entries(policy.ladders).toReversed()),
  };
}
