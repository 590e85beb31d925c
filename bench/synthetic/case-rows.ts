import { CaseNumber, type PersonId, type UnitId } from '../../domain/ids.ts';
import type { Bureau } from '../../store/bureau.ts';
import { dataContext, titleContext } from '../../store/case-file.ts';
import { base64 } from '../../store/case-rows.ts';
import { searchTokens } from '../../store/search-tokens.ts';
import { processes } from '../../workflows/definitions.ts';
import type { ProcessDefinition, TaskDefinition } from '../../workflows/kit/define.ts';
import { type Chance, oneOf } from './chance.ts';
import type { Staff } from './staff.ts';
import { titleOf } from './titles.ts';

const DAY = 86_400_000;
/** How far back the oldest case lies. */
export const YEARS = 5;

/** How often each process is opened; the others get 1. */
const weights: Readonly<Record<string, number>> = {
  appeal: 30,
  supervision: 12,
  rectification: 10,
  'warning-talk': 8,
  clue: 6,
  'inspection-order': 4,
  'mental-health': 3,
  'eligibility-bar': 3,
};
/** Rounds are no matter of chance: rounds.ts. */
const opened = [...processes.values()].filter(({ round }) => round === undefined);
const drawn = opened.flatMap((definition) => Array.from({ length: weights[definition.id] ?? 1 }, () => definition));

/** Directives and inspections are about no person. */
const aboutUnits = new Set(['supervision', 'rectification', 'inspection-order']);

/** The order in which a synthetic case goes through the tasks of its process: as they are defined, and again from the first. */
export const pathOf = ({ tasks }: ProcessDefinition): readonly (TaskDefinition & { readonly key: string })[] =>
  Object.entries(tasks)
    .filter(([, task]) => task.standing !== true)
    .slice(0, 8)
    .map(([key, task]) => ({ key, ...task }));

export interface Making {
  readonly bureau: Pick<Bureau, 'ring' | 'policies'>;
  readonly staff: Staff;
  readonly chance: Chance;
  readonly cases: number;
  readonly at: Date;
}

/** What goes to the database of the nth of `cases` cases, the oldest first; its tasks, events and the rest are made there from it (bureau.ts). */
export function caseRow(making: Making, n: number) {
  const { bureau, staff, chance } = making;
  const definition = oneOf(drawn, chance(n, 'process'));
  const unit = oneOf(staff.units, chance(n, 'unit'));
  const course = courseOf(making, n);
  const { openedAt, closedAt, done } = course;
  const path = pathOf(definition);
  const subject = aboutUnits.has(definition.id) ? null : oneOf(staff.of(unit.id), chance(n, 'subject'));
  const number = CaseNumber.parse(`${definition.prefix}-${openedAt.getUTCFullYear()}-${String(n % 1_000_000).padStart(6, '0')}`);
  const title = titleOf(definition, unit.name, n, chance);
  const opener = subject ?? oneOf(staff.holders(definition.startableBy[0] ?? 'bureau-leader', unit.id).people, chance(n, 'opener'));
  return {
    id: n,
    number,
    process: definition.id,
    state: closedAt === null ? 'open' : 'closed',
    stage: closedAt === null ? path[done % path.length]?.key : 'closed',
    outcome: closedAt === null ? null : oneOf(definition.outcomes, chance(n, 'outcome')),
    title: base64(bureau.ring.sealJson('database', title, titleContext(number))),
    search: tokensOf(bureau.ring, title),
    data: base64(bureau.ring.sealJson('database', { channel: 'desk', title, content: `${title}，请予研究解决。` }, dataContext(number))),
    // No process is open to all yet; one in a hundred stands for those to come.
    confidentiality: definition.confidentiality === 'internal' && chance(n, 'level') < 0.01 ? 'open' : definition.confidentiality,
    name_withheld: definition.withholdsName !== undefined && chance(n, 'withheld') < 0.05,
    subject,
    subject_role: definition.subjectRole,
    unit: unit.id,
    handler: done === 0 ? null : handlerOf(making, n, { path, unit: unit.id }),
    handler_role: definition.shape === 'I' ? 'investigator' : 'handler',
    opened_by: opener,
    opened_at: openedAt,
    closed_at: closedAt,
    worked_until: course.workedUntil,
    due_at: course.dueAt,
    paused: course.isPaused,
    level: course.level,
    done,
    open: closedAt !== null ? 0 : chance(n, 'second task') < 0.15 ? 2 : 1,
    bystander: oneOf(staff.people, chance(n, 'bystander')).id,
    bystander_role: chance(n, 'part') < 0.15 ? oneOf(['reader', 'informed', 'consulted', 'recused'], chance(n, 'which part')) : null,
  };
}

/** When it was opened, how far it has come, and until when it is owed something. One in ten of all is open, most of them the younger ones. */
function courseOf({ chance, cases, at }: Making, n: number) {
  const span = YEARS * 365 * DAY;
  const age = span * (1 - (n - chance(n, 'opened')) / cases);
  const openedAt = new Date(at.getTime() - age);
  const isOpen = chance(n, 'open') < (age < 60 * DAY ? 0.85 : age < 180 * DAY ? 0.5 : 0.043);
  const done = isOpen ? Math.floor(chance(n, 'done') * 4) : 2 + Math.floor(chance(n, 'done') * 4);
  const lasted = Math.min(age * 0.95, DAY * (1 + 90 * chance(n, 'lasted') ** 2));
  const closedAt = isOpen ? null : new Date(openedAt.getTime() + lasted);
  const workedUntil = done === 0 ? openedAt : (closedAt ?? new Date(openedAt.getTime() + Math.min(age * 0.9, done * 7 * DAY)));
  const days = dueInDays(chance(n, 'due'));
  const dueAt = isOpen && chance(n, 'undated') > 0.03 ? new Date(at.getTime() + days * DAY) : null;
  const level = dueAt === null ? 0 : Math.min(3, Math.max(0, Math.floor(-days)));
  return { openedAt, closedAt, workedUntil, done, dueAt, level, isPaused: dueAt !== null && chance(n, 'paused') < 0.04 };
}

/** Every eighth is late, by up to thirty days. */
const dueInDays = (share: number): number => (share < 0.125 ? -30 * (share / 0.125) ** 2 : 40 * ((share - 0.125) / 0.875));

/** Whoever the first task that handles it is given to: where that is a unit's leader, most often one of the unit's officers. */
function handlerOf({ staff, chance }: Making, n: number, { path, unit }: { path: ReturnType<typeof pathOf>; unit: UnitId }): PersonId {
  const role = path.flatMap((task) => (handles.test(task.duty) && task.role !== 'subject' ? [task.role] : []))[0] ?? 'unit-leader';
  const isDelegated = role === 'unit-leader' && chance(n, 'delegated') < 0.7;
  return oneOf(staff.holders(isDelegated ? 'officer' : role, unit).people, chance(n, 'handler'));
}

const handles = /^(handle|investigate)/;
const known = new Map<string, number[]>();

/** There are far fewer titles than cases. */
function tokensOf(ring: Bureau['ring'], title: string): number[] {
  const tokens = known.get(title) ?? searchTokens(ring, title);
  known.set(title, tokens);
  return tokens;
}
