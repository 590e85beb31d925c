import type { CaseFacts } from '../domain/access-facts.ts';
import type { Actor } from '../domain/actor.ts';
import { seesMedical, seesMedicalOf } from '../domain/medical.ts';
import { type CaseRecord, type TaskRecord, taskFactsOf } from '../store/case-view.ts';
import type { CaseEvent } from '../store/events.ts';
import { processOf } from '../workflows/definitions.ts';
import { schemaOf } from '../workflows/kit/define.ts';
import { withoutMedical } from '../workflows/kit/medical-fields.ts';

/** What someone who sees a case learns of the medical facts in it (domain/medical.ts); of a case without any, everything. */
export interface MedicalSight {
  readonly seesAll: boolean;
  /** The intake form as they may read it. */
  intake(data: unknown): unknown;
  /** Whether they read what a task is about and what was answered. */
  seesTask(task: TaskRecord): boolean;
  /** What an event says, or undefined where it is kept from them. */
  dataOf(event: CaseEvent): unknown;
}

const everything: MedicalSight = { seesAll: true, intake: (data) => data, seesTask: () => true, dataOf: ({ data }) => data };

export function medicalSight(actor: Actor, facts: CaseFacts, record: CaseRecord): MedicalSight {
  if (seesMedical(actor, facts)) return everything;
  const definition = processOf(record.process);
  const intake = (data: unknown) => withoutMedical(schemaOf(definition.intake), data);
  // Side tasks are about what the others are about.
  const seesTask = (task: TaskRecord) => {
    const own = definition.tasks[task.key];
    return (own !== undefined && !own.medical) || seesMedicalOf(actor, taskFactsOf(task), facts);
  };
  return {
    seesAll: false,
    intake,
    seesTask,
    dataOf: ({ type, task: id, data }) => {
      if (reports.has(type)) return withIntake(data, intake);
      const task = record.tasks.find((each) => each.id === id);
      return harmless.has(type) || (task !== undefined && seesTask(task)) ? data : undefined;
    },
  };
}

/** Events that hold the intake form. */
const reports: ReadonlySet<string> = new Set(['case-accepted', 'reported-again', 'amended']);

/** Events that tell who, when and where a case stands, whatever it is about. What is not here is kept from those who may not know the medical facts. */
const harmless: ReadonlySet<string> = new Set([
  'stage',
  'handler-named',
  'task-opened',
  'task-passed-on',
  'remind',
  'due',
  'escalate',
  'inspect',
  'notified',
  'spawned',
  'unit-advised',
  'wait-begun',
  'wait-ended',
  'closed',
]);

function withIntake(data: unknown, intake: (form: unknown) => unknown): unknown {
  if (typeof data !== 'object' || data === null || !('form' in data)) return data;
  return { ...data, form: intake(data.form) };
}
