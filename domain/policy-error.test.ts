import { readFileSync } from 'node:fs';
import { parsePolicy } from './policy.ts';
import { PolicyError, type PolicyFault } from './policy-error.ts';

const shipped = { name: 'policy/default.yaml', text: readFileSync(new URL('../policy/default.yaml', import.meta.url), 'utf8') };

/** `file:line:column path` of every fault of an overlay. */
const placesIn = (...overlays: string[]): string[] =>
  faultsIn(...overlays).map(({ file, line, column, path }) => `${file}:${line}:${column} ${path}`.trim());

function faultsIn(...overlays: string[]): readonly PolicyFault[] {
  try {
    parsePolicy([shipped, ...overlays.map((text, index) => ({ name: `${index + 1}.yaml`, text }))], { demo: false });
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    throw error;
  }
  throw new Error('the policy was accepted');
}

describe('a fault is shown where it stands', () => {
  const inAppeal = (...lines: string[]) => ['processes:', '  appeal:', ...lines].join('\n');

  test.each<[string, string, string[]]>([
    ['an unknown time zone', '# ours\ntimeZone: Mars/Base\n', ['1.yaml:2:11 timeZone']],
    ['a time scale outside a demonstration', 'timeScale: 60', ['1.yaml:1:12 timeScale']],
    ['a time scale below one', '\n\ntimeScale: 0.5', ['1.yaml:3:12 timeScale']],
    ['a text for a number', 'timeScale: fast', ['1.yaml:1:12 timeScale']],
    ['an unknown key at the top', 'timezone: Asia/Shanghai', ['1.yaml:1:1 timezone']],
    ['an unknown process', 'processes:\n  apeal: {}', ['1.yaml:2:3 processes.apeal']],
    ['an unknown task', inAppeal('    tasks:', '      acept: {}'), ['1.yaml:4:7 processes.appeal.tasks.acept']],
    [
      'an unknown limit among several',
      inAppeal('    tasks:', '      handle:', '        limits: {"2": {days: 2}}'),
      ['1.yaml:5:18 processes.appeal.tasks.handle.limits.2'],
    ],
    [
      'an unknown key of a task',
      inAppeal('    tasks:', '      accept: {limt: {days: 1}}'),
      ['1.yaml:4:16 processes.appeal.tasks.accept.limt'],
    ],
    [
      'an unknown unit',
      inAppeal('    tasks:', '      accept: {limit: {weeks: 1}}'),
      ['1.yaml:4:24 processes.appeal.tasks.accept.limit.weeks'],
    ],
    ['no unit', inAppeal('    tasks:', '      accept:', '        limit: {}'), ['1.yaml:5:16 processes.appeal.tasks.accept.limit']],
    [
      'a limit of nothing',
      inAppeal('    tasks:', '      accept: {limit: {hours: 0}}'),
      ['1.yaml:4:23 processes.appeal.tasks.accept.limit'],
    ],
    [
      'a limit without a value',
      inAppeal('    tasks:', '      accept:', '        limit:'),
      ['1.yaml:5:15 processes.appeal.tasks.accept.limit'],
    ],
    [
      'a negative limit',
      inAppeal('    tasks:', '      accept: {limit: {days: -1}}'),
      ['1.yaml:4:30 processes.appeal.tasks.accept.limit.days'],
    ],
    ['an unknown ladder', inAppeal('    tasks:', '      accept: {ladder: standrad}'), ['1.yaml:4:24 processes.appeal.tasks.accept.ladder']],
    ['an unknown setting', inAppeal('    settings: {maxTransfer: 3}'), ['1.yaml:3:16 processes.appeal.settings.maxTransfer']],
    [
      'a setting of another kind',
      inAppeal('    settings: {maxTransfers: {days: 3}}'),
      ['1.yaml:3:30 processes.appeal.settings.maxTransfers'],
    ],
    ['part of a transfer', inAppeal('    settings: {maxTransfers: 2.5}'), ['1.yaml:3:30 processes.appeal.settings.maxTransfers']],
    ['fewer transfers than none', inAppeal('    settings: {maxTransfers: -1}'), ['1.yaml:3:30 processes.appeal.settings.maxTransfers']],
    [
      'a number where a duration belongs',
      inAppeal('    settings:', '      noRetaliation: 365'),
      ['1.yaml:4:22 processes.appeal.settings.noRetaliation'],
    ],
    [
      'a negative duration among the settings',
      inAppeal('    settings:', '      noRetaliation: {days: -5}'),
      ['1.yaml:4:29 processes.appeal.settings.noRetaliation.days'],
    ],
    [
      'no duration at all among the settings',
      inAppeal('    settings:', '      noRetaliation: {}'),
      ['1.yaml:4:22 processes.appeal.settings.noRetaliation'],
    ],
    ['an unknown role', 'ladders:\n  mine:\n    - {at: limit, do: due, to: boss}', ['1.yaml:3:32 ladders.mine.0.to']],
    ['an unknown deed', 'ladders:\n  mine:\n    - {at: limit, do: shout, to: assignee}', ['1.yaml:3:23 ladders.mine.0.do']],
    ['a rung without a moment', 'ladders:\n  mine:\n    - {do: due, to: assignee}', ['1.yaml:3:7 ladders.mine.0']],
    ['a rung without an addressee', 'ladders:\n  standard:\n    - {at: limit, do: due}', ['1.yaml:3:7 ladders.standard.0.to']],
    ['a ladder without rungs', 'ladders:\n  mine: []', ['1.yaml:2:9 ladders.mine']],
    [
      'a ladder that goes back',
      'ladders:\n  mine:\n    - {at: limit, do: due, to: assignee}\n    - {before: {days: 1}, do: remind, to: assignee}',
      ['1.yaml:4:7 ladders.mine.1'],
    ],
    [
      'reminders from short to long',
      'ladders:\n  mine:\n    - {before: {hours: 1}, do: remind, to: assignee}\n    - {before: {days: 1}, do: remind, to: assignee}',
      ['1.yaml:4:7 ladders.mine.1'],
    ],
    [
      'escalation from long to short',
      'ladders:\n  mine:\n    - {after: {days: 3}, do: escalate, to: unit-leader}\n    - {after: {hours: 71}, do: inspect, to: inspection}',
      ['1.yaml:4:7 ladders.mine.1'],
    ],
    [
      'a day that does not exist',
      'calendar:\n  overrides:\n    2026-02-30: {working: false}',
      ['1.yaml:3:5 calendar.overrides.2026-02-30'],
    ],
    [
      'a day that says nothing',
      'calendar:\n  overrides:\n    2026-03-02: {name: 局庆}',
      ['1.yaml:3:5 calendar.overrides.2026-03-02.working'],
    ],
    ['duty at no time of day', 'calendar:\n  hours:\n    - {from: "8.30", to: "12:00"}', ['1.yaml:3:14 calendar.hours.0.from']],
    ['duty that ends before it begins', 'calendar:\n  hours:\n    - {from: "12:00", to: "08:30"}', ['1.yaml:3:7 calendar.hours.0']],
    [
      'duty that overlaps',
      'calendar:\n  hours:\n    - {from: "08:00", to: "12:00"}\n    - {from: "11:00", to: "17:00"}',
      ['1.yaml:4:7 calendar.hours.1'],
    ],
    [
      'confinement beyond seven days',
      'processes:\n  measure:\n    settings:\n      confinement:\n        max: {days: 8}',
      ['1.yaml:5:14 processes.measure.settings.confinement.max'],
    ],
    [
      'suspension below ten days',
      'processes: {measure: {settings: {suspension: {min: {days: 9}}}}}',
      ['1.yaml:1:52 processes.measure.settings.suspension.min'],
    ],
    [
      'suspension in working time',
      'processes: {measure: {settings: {suspension: {max: {workingDays: 40}}}}}',
      ['1.yaml:1:52 processes.measure.settings.suspension.max'],
    ],
    ['a file that is a list', '- timeScale', ['1.yaml:1:1']],
    ['a file that is a text', 'hello', ['1.yaml:1:1']],
    ['a bracket left open', 'ladders:\n  mine: [', ['1.yaml:2:10']],
    ['a key stated twice', 'timeScale: 1\ntimeScale: 1', ['1.yaml:2:1']],
    ['two documents in one', 'timeScale: 1\n---\ntimeScale: 1', ['1.yaml:2:1']],
    ['an alias of nothing', 'timeZone: *zone', ['1.yaml:1:1']],
    ['a map where a scalar belongs', 'timeZone: {name: Asia/Shanghai}', ['1.yaml:1:11 timeZone']],
    ['a scalar where a map belongs', 'processes: none', ['1.yaml:1:12 processes']],
    ['keys that are no names', '__proto__: {timeScale: 2}', ['1.yaml:1:1 __proto__']],
  ])('%s', (_, overlay, places) => {
    expect(placesIn(overlay)).toEqual(places);
  });

  test('everything that is wrong is said at once, from the top', () => {
    expect(
      placesIn(
        'timeZone: Mars/Base\nprocesses:\n  appeal:\n    tasks:\n      accept: {ladder: nope}\n  measure:\n    settings: {confinement: {max: {days: 9}}}',
      ),
    ).toEqual([
      '1.yaml:1:11 timeZone',
      '1.yaml:5:24 processes.appeal.tasks.accept.ladder',
      '1.yaml:7:35 processes.measure.settings.confinement.max',
    ]);
  });
});

describe('with several files', () => {
  const first =
    'processes:\n  appeal:\n    tasks:\n      accept:\n        ladder: mine\nladders:\n  mine: [{at: limit, do: due, to: boss}]';

  test('the file that holds the value is named, not the last one', () => {
    expect(placesIn(first, '# no objection\nprocesses: {appeal: {tasks: {accept: {limit: {hours: 1}}}}}')).toEqual([
      '1.yaml:7:35 ladders.mine.0.to',
    ]);
  });

  test('a value that a later file replaced is no longer at fault', () => {
    expect(placesIn(first, 'ladders: {mine: [{at: limit, do: due, to: officer}]}\ntimeScale: 2')).toEqual(['2.yaml:2:12 timeScale']);
  });

  test('what a replaced list lacks is missing in the file that replaced it', () => {
    expect(placesIn('timeScale: 1', 'ladders:\n  standard:\n    - {at: limit, do: due}')).toEqual(['2.yaml:3:7 ladders.standard.0.to']);
  });

  test('a ladder that an overlay breaks for the shipped tasks is shown in the overlay', () => {
    expect(placesIn('ladders:\n  standard: null')).toEqual(['1.yaml:2:13 ladders.standard']);
  });
});

test('a fault in the shipped file itself is shown there', () => {
  const lines = shipped.text.split('\n');
  const line = lines.findIndex((text) => text.startsWith('timeZone:'));
  const text = lines.with(line, 'timeZone: Asia/Nowhere').join('\n');
  expect(() => parsePolicy([{ name: 'policy/default.yaml', text }], { demo: false })).toThrow(
    `policy/default.yaml:${line + 1}:11  timeZone  没有时区“Asia/Nowhere”`,
  );
});

test('where the shipped file states a decimal, a whole number is as good; where it states a whole number, a decimal is not', () => {
  const base = { name: 'base.yaml', text: shipped.text.replace('maxTransfers: 2 #', 'share: 0.5\n      maxTransfers: 2 #') };
  const laidOver = (settings: string) =>
    parsePolicy([base, { name: 'o.yaml', text: `processes: {appeal: {settings: ${settings}}}` }], { demo: false });
  expect(laidOver('{share: 1}').processes.appeal?.settings.share).toBe(1);
  expect(() => laidOver('{maxTransfers: 0.5}')).toThrow('应为不小于 0 的整数');
});

test('the message is for people: Chinese first, English beside it, and what would be right', () => {
  const [fault] = faultsIn('processes: {appeal: {tasks: {acept: {}}}}');
  expect(fault?.message.zh).toMatch(/^没有“acept”；可用：accept、/);
  expect(fault?.message.en).toMatch(/^there is no "acept"; known: accept, /);
  const error = new PolicyError(fault ? [fault] : []);
  expect(error.message.split('\n')).toEqual([
    '政策文件有误，未启动。 / The policy is refused; nothing was started.',
    expect.stringMatching(/^1\.yaml:1:30 {2}processes\.appeal\.tasks\.acept {2}没有“acept”.* \/ there is no "acept"/),
  ]);
});

test('a breach of the law names the regulation', () => {
  const [fault] = faultsIn('processes: {measure: {settings: {confinement: {max: {days: 8}}}}}');
  expect(fault?.message.zh).toBe('《公安机关督察条例》（国务院令第603号）规定为 1 天以上 7 天以下');
});
