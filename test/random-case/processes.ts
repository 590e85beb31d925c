import { HardshipFile } from '../../workflows/hardship/hardship-file.definition.ts';
import { MutualAid } from '../../workflows/hardship/mutual-aid.definition.ts';
import { Appeal } from '../../workflows/interests/appeal.definition.ts';
import type { ProcessDefinition } from '../../workflows/kit/define.ts';
import { Supervision } from '../../workflows/management/supervision.definition.ts';
import { DutyExemption } from '../../workflows/protection/duty-exemption.definition.ts';
import { AnnualLeave } from '../../workflows/service/annual-leave.definition.ts';
import type { StartOptions, TestBureau, TestCase } from '../bureau.ts';
import { everybody, type TestPerson } from '../people.ts';
import type { References } from '../system/form-from-schema.ts';

/** A process with which chance plays, and from what it chooses where a form asks for a person, a unit or a rule. */
export interface Played {
  readonly definition: ProcessDefinition;
  readonly by: TestPerson;
  readonly data: unknown;
  readonly options: StartOptions;
  /** Who starts one after the other, where nobody may have two. */
  readonly inTurn?: readonly TestPerson[];
  /** What the bureau must know before. */
  known?(bureau: TestBureau): Promise<unknown>;
  readonly references: References;
}

const units = ['station-1', 'station-2'];
const staff = ['handler-1', 'leader-1', 'zhao', 'deputy-1'];

/** One that parks and loops, one with checkpoints and parallel parts, one with a panel, one that pays from the ledger, two that go on for years, one of them with several decisions at once. */
export const playedProcesses: Readonly<Record<string, Played>> = {
  appeal: {
    definition: Appeal,
    by: 'li',
    data: { channel: 'desk', title: '宿舍', content: '三楼漏水。' },
    options: {},
    references: { person: staff, unit: units, rule: ['leave-7'] },
  },
  supervision: {
    definition: Supervision,
    by: 'supervisor-1',
    data: { source: 'leader', title: '值班室改造', order: '完成改造。', tier: '15', supporting: ['station-2'] },
    options: { unit: 'station-1', subject: null },
    references: { person: staff, unit: units, rule: ['leave-7'] },
  },
  'mutual-aid': {
    definition: MutualAid,
    by: 'li',
    data: { cause: 'illness', circumstances: '住院。' },
    options: {},
    references: { person: ['fund-1', 'fund-2', 'fund-3'], unit: units, rule: ['leave-7'] },
  },
  'hardship-file': {
    definition: HardshipFile,
    by: 'li',
    data: { kinds: ['illness'], circumstances: '住院。' },
    options: {},
    references: { person: staff, unit: units, rule: ['leave-7'] },
  },
  'annual-leave': {
    definition: AnnualLeave,
    by: 'li',
    data: {},
    options: {},
    inTurn: everybody,
    known: ({ bureau: { db } }) => db.person.updateMany({ data: { workingSince: new Date('1990-01-01') } }),
    references: { person: staff, unit: units, rule: [] },
  },
  'duty-exemption': {
    definition: DutyExemption,
    by: 'li',
    data: { what: '制止持刀人员。', actOn: '2026-01-10', place: '东湖路' },
    options: {},
    references: {
      person: ['legal-1', 'discipline-1', 'discipline-2', 'peer-1', 'peer-2', 'political-1', 'inspector-1', 'reviewer-2'],
      unit: units,
      rule: ['leave-7'],
    },
  },
};

let turns = 0;
export async function startPlayed(bureau: TestBureau, played: Played, more: StartOptions = {}): Promise<TestCase> {
  const { definition, by, data, options, inTurn = [by] } = played;
  turns += 1;
  await played.known?.(bureau);
  return bureau.start(definition.id, inTurn[turns % inTurn.length] ?? by, data, { ...options, ...more });
}
