import type { CaseFacts, Decision, TaskFacts } from '../domain/access-facts.ts';
import type { Actor, HeldRole } from '../domain/actor.ts';
import { PersonId, UnitId } from '../domain/ids.ts';
import type { Participant } from '../domain/recusal.ts';
import type { Role } from '../domain/roles.ts';

/*
 * A small bureau: city ─┬─ east ── donghu
 *                       └─ west
 * li of donghu has an appeal, with the name withheld, which bai of west wrote down; han handles it. cousin is a relative of li, gone has stood down, rui is
 * complained about. stand acts for han, who is away.
 */
export const paths = { city: '/city/', east: '/city/east/', donghu: '/city/east/donghu/', west: '/city/west/' };
const held = (role: Role, unit: keyof typeof paths): HeldRole => ({ role, unit: UnitId.parse(unit), unitPath: paths[unit] });
export const id = (name: string) => PersonId.parse(name);

function person(name: string, roles: readonly HeldRole[], further: Partial<Actor> = {}): Actor {
  return { id: id(name), username: name, name, locale: 'zh', roles, relatives: [], standsInFor: [], ...further };
}

export const han = person('han', [held('officer', 'donghu')]);
export const cast = {
  li: person('li', [held('officer', 'donghu')], { relatives: [id('cousin')] }),
  bai: person('bai', [held('officer', 'west')]),
  han,
  leader: person('leader', [held('officer', 'donghu'), held('unit-leader', 'donghu')]),
  cousin: person('cousin', [held('officer', 'donghu'), held('deputy-leader', 'donghu')], { relatives: [id('li')] }),
  gone: person('gone', [held('officer', 'donghu')]),
  rui: person('rui', [held('officer', 'donghu'), held('supervising-leader', 'east')]),
  reader: person('reader', [held('officer', 'west')]),
  chief: person('chief', [held('officer', 'city'), held('bureau-leader', 'city')]),
  desk: person('desk', [held('officer', 'west'), held('acceptance-desk', 'city')]),
  super: person('super', [held('officer', 'city'), held('supervision-desk', 'city')]),
  duty: person('duty', [held('officer', 'city'), held('duty-desk', 'city')]),
  polit: person('polit', [held('officer', 'city'), held('political-department', 'city')]),
  wang: person('wang', [held('officer', 'west'), held('unit-leader', 'west')]),
  audit: person('audit', [held('officer', 'city'), held('auditor', 'city')]),
  admin: person('admin', [held('officer', 'city'), held('administrator', 'city')]),
  stand: person('stand', [held('officer', 'west')], { standsInFor: [{ ...han, processes: ['appeal'] }] }),
};
export type Name = keyof typeof cast;

const parts: readonly [Name, Participant['role']][] = [
  ['li', 'appellant'],
  ['han', 'handler'],
  ['gone', 'handler'],
  ['gone', 'recused'],
  ['rui', 'reported'],
  ['reader', 'reader'],
];

const task = (role: Role | 'subject', duty: TaskFacts['duty'], further: Partial<TaskFacts> = {}): TaskFacts => ({
  role,
  duty,
  unit: UnitId.parse('donghu'),
  unitPath: paths.donghu,
  state: 'open',
  assignee: null,
  excluded: [],
  urgent: false,
  closedBy: null,
  ...further,
});
export const handle = task('officer', 'handle', { assignee: id('han') });
export const decide = task('unit-leader', 'decide');
export const confirm = task('subject', 'inform', { assignee: id('li') });

export const appeal: CaseFacts = {
  process: 'appeal',
  confidentiality: 'internal',
  nameWithheld: true,
  state: 'open',
  stage: 'handle',
  subject: id('li'),
  unitPath: paths.donghu,
  handler: id('han'),
  openedBy: id('bai'),
  participants: parts.map(([name, role]) => ({ person: id(name), role })),
  openTasks: [handle],
  glassBroken: false,
  isAnonymised: false,
  heldBy: null,
  overseenBy: ['acceptance-desk', 'supervision-desk'],
  medicalFor: [],
  commands: {
    withdraw: { by: ['subject'] },
    transfer: { by: ['handler', 'unit-leader', 'acceptance-desk'], stages: ['accept', 'handle'] },
    merge: { by: ['acceptance-desk'] },
    reopen: { by: ['subject', 'supervision-desk'] },
  },
};
/** An investigation: li is heard in it, han looks into it, rui is a witness, gone stood down; super oversees. */
export const inquiry: CaseFacts = {
  ...appeal,
  process: 'discipline',
  confidentiality: 'confidential',
  nameWithheld: false,
  stage: 'investigate',
  participants: (
    [
      ['li', 'reported'],
      ['li', 'heard'],
      ['han', 'investigator'],
      ['rui', 'witness'],
      ['gone', 'recused'],
    ] as const
  ).map(([name, role]) => ({ person: id(name), role })),
  openTasks: [task('inspector', 'investigate', { assignee: id('han') }), task('subject', 'inform', { assignee: id('li') })],
  handler: null,
  overseenBy: ['supervision-desk'],
  commands: {},
};
export const on = (of: TaskFacts, c: CaseFacts = appeal) => ({ case: c, task: of });
const words: Record<string, string> = {
  '404': 'not-found',
  '403': 'forbidden',
  second: 'needs-second-person',
  late: 'not-now',
  done: 'task-not-open',
};
export const told = (decision: Decision): string => {
  if (!decision.granted) return decision.problem;
  return decision.for === null ? decision.sight : `for-${decision.for}`;
};

/** Cells of a table as [row, person, expected]. */
export function cellsOf(table: string): (readonly [string, Name, string])[] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([name = '', ...cells]) => {
    if (cells.length !== head.length) throw new Error(`${name} has ${cells.length} cells for ${head.length} people`);
    return cells.map((cell, index) => [name, head[index] as Name, words[cell] ?? cell] as const);
  });
}
