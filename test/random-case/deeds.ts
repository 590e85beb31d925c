import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { jsonSchemaOf } from '../../api/json-schema.ts';
import type { Instant, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import type { Change } from '../../domain/step.ts';
import { note } from '../../store/steps.ts';
import { type Form, schemaOf } from '../../workflows/kit/define.ts';
import type { Action } from '../../workflows/kit/submission.ts';
import { taskDefinition } from '../../workflows/kit/tasks.ts';
import type { TestBureau, TestCase, TestTask } from '../bureau.ts';
import type { TestPerson } from '../people.ts';
import { formFrom, type Random, type References } from '../system/form-from-schema.ts';
import type { Played } from './processes.ts';

/** What people try with a case, and how often: legal or not. */
const weights = {
  complete: 70,
  late: 6,
  malformed: 6,
  claim: 8,
  reassign: 8,
  recuse: 2,
  'hand-over': 2,
  pause: 10,
  resume: 10,
  extend: 8,
  recompute: 4,
  consult: 10,
  recall: 16,
  'panel-add': 4,
  'stand-down': 4,
  suspend: 4,
  'end-suspension': 6,
  transfer: 3,
  amend: 3,
  withdraw: 1,
  merge: 1,
  cancel: 1,
  split: 1,
} as const;

export type Deed = keyof typeof weights;

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  ...Object.entries(weights).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name as Deed) })),
);

/** What nobody can ever do. */
export const neverTaken: readonly Deed[] = ['late', 'malformed'];

/** What a refusal may say. `invalid-form` is for what was malformed on purpose, and for a form whose fields do not fit together. */
export const refusals: readonly string[] = [
  'already-seated',
  'already-taken-up',
  'calendar-gap',
  'case-not-open',
  'fund-short',
  'invalid-form',
  'leave-begun',
  'leave-exceeded',
  'leave-outside',
  'leave-overlaps',
  'limit-passed',
  'needs-second-person',
  'no-more-extensions',
  'not-now',
  'panel-too-small',
  'recused',
  'task-not-open',
];

/** A case as whoever tries something sees it. */
export interface Scene {
  readonly bureau: TestBureau;
  readonly c: TestCase;
  readonly played: Played;
  readonly tasks: readonly TestTask[];
  readonly now: Instant;
  readonly random: Random;
  /** Another case of the process. */
  readonly other: TestCase;
}

/** Tries it. @throws Problem where it is refused */
export async function attempt(kind: Deed, scene: Scene): Promise<void> {
  const { bureau, c, now } = scene;
  const { by, ...what } = planOf(kind, scene);
  if ('action' in what) return c.submit(by, what.action, randomUUID());
  const person = by as string as PersonId;
  await note(bureau.bureau, {
    case: c.number,
    cause: `${by}:${randomUUID()}`,
    at: new Date(now),
    by: person,
    for: null,
    bodyHash: 'test',
    changes: [what.change],
  });
}

type Plan = { readonly by: TestPerson } & ({ readonly action: Action } | { readonly change: Change });

function planOf(kind: Deed, scene: Scene): Plan {
  const { played, tasks, random } = scene;
  const pick = <T>(from: readonly T[]): T | undefined => from[random(from.length)];
  const open = pick(tasks.filter(({ state }) => state === 'open'));
  const done = tasks.filter(({ state }) => state !== 'open');
  const id: TaskId = open?.id ?? (`${scene.c.number}.99` as TaskId);
  const doer = (open?.assignee ?? 'leader-1') as TestPerson;
  const to = (pick(played.references.person ?? []) ?? 'zhao') as string as PersonId;
  switch (kind) {
    case 'complete':
      return {
        by: doer,
        action: { action: 'complete', task: id, data: open ? filled(taskDefinition(played.definition, open.key).form, scene) : {} },
      };
    case 'late':
      return { by: doer, action: { action: 'complete', task: pick(done)?.id ?? (`${scene.c.number}.99` as TaskId), data: {} } };
    case 'malformed':
      return { by: doer, action: { action: 'complete', task: id, data: { nonsense: true } } };
    case 'claim':
      return { by: 'deputy-1', change: { kind: 'claim-task', task: id } };
    case 'reassign':
      return { by: 'leader-1', change: { kind: 'reassign-task', task: id, to, reason: '转办' } };
    case 'recuse':
      return { by: 'leader-1', change: { kind: 'recuse', person: to, reason: '同学' } };
    case 'hand-over':
      return { by: 'supervisor-1', change: { kind: 'hand-over', from: doer as string as PersonId, to, reason: '调离' } };
    case 'recall': {
      const last = tasks
        .filter(({ state }) => state === 'done')
        .toSorted((a, b) => (a.closedAt?.getTime() ?? 0) - (b.closedAt?.getTime() ?? 0))
        .at(-1);
      return { by: (last?.closedBy ?? doer) as TestPerson, action: { action: 'recall', task: last?.id ?? id, reason: '漏写' } };
    }
    case 'panel-add':
      return { by: 'leader-1', action: { action: 'panel-add', task: id, person: to, reason: '增加专业力量' } };
    case 'stand-down':
      return { by: doer, action: { action: 'stand-down', task: id, reason: '出差' } };
    default:
      return { by: doer, action: clockAction(kind, id, scene) ?? courseAction(kind, scene) };
  }
}

function clockAction(kind: Deed, task: TaskId, { played, tasks, now, random }: Scene): Action | null {
  const to = (played.references.person?.[random(played.references.person.length)] ?? 'zhao') as string as PersonId;
  switch (kind) {
    case 'pause':
      return { action: 'pause', task, reason: '待复函', ...(random(2) === 0 && { until: hoursLater(now, 30) }) };
    case 'resume':
      return { action: 'resume', task: tasks.find(({ state, pausedAt }) => state === 'open' && pausedAt !== null)?.id ?? task };
    case 'extend':
      return {
        action: 'extend',
        task,
        extendBy: { days: 1 + random(5) },
        reason: '外调',
        decide: random(2) === 0,
        ...(random(2) === 0 && { most: 2 }),
      };
    case 'recompute':
      return { action: 'recompute', task };
    case 'consult':
      return { action: 'consult', task, to, question: '是否属实？', wait: random(2) === 0 };
    default:
      return null;
  }
}

function courseAction(kind: Deed, scene: Scene): Action {
  const { played, now, random, other } = scene;
  const unit = (played.references.unit?.[random(played.references.unit.length)] ?? 'station-1') as string as UnitId;
  switch (kind) {
    case 'suspend':
      return { action: 'suspend', until: hoursLater(now, 1 + random(90)), reason: '等待上级批复' };
    case 'end-suspension':
      return { action: 'end-suspension' };
    case 'transfer':
      return { action: 'transfer', unit, reason: '属地', approved: random(2) === 0 };
    case 'amend':
      return { action: 'amend', data: filled(played.definition.intake, scene), reason: '改变要求' };
    case 'split':
      return { action: 'split', parts: [0, 1].map(() => ({ unit, data: filled(played.definition.intake, scene) })), reason: '分头办理' };
    case 'merge':
      return { action: 'merge', into: other.number };
    case 'cancel':
      return { action: 'cancel', reason: '不再需要' };
    case 'withdraw':
      return { action: 'withdraw', reason: '已解决' };
    default:
      throw new Error(`nobody knows how to try ${kind}`);
  }
}

const filled = (form: Form, { played, random }: Scene): unknown =>
  formFrom(jsonSchemaOf(schemaOf(form), 'zh'), played.references as References, random);

const hoursLater = (from: Instant, hours: number) => new Date(Date.parse(from) + hours * 3_600_000).toISOString() as Instant;
