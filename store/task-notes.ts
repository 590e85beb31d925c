import { z } from 'zod';
import type { CaseNumber, TaskId } from '../domain/ids.ts';
import type { Bureau } from './bureau.ts';
import { type CaseEvent, openEvent, type SealedEvent } from './events.ts';

/** What the ladder does by itself, and the task's own beginning and end: the task's other fields tell those. */
const notNoted = [
  'task-opened',
  'task-completed',
  'task-cancelled',
  'task-lapsed',
  'claimed',
  'notified',
  'remind',
  'due',
  'escalate',
  'inspect',
];

const Concerned = z
  .object({ tasks: z.array(z.string()) })
  .partial()
  .catch({});

/**
 * What people did to a task on its way, in order: the events that carry its id, the urging of the case while it was open, and the handing-over of all that someone held in
 * the case. Uses event_pkey and task_pkey. One query.
 */
export async function notesOn({ db, ring }: Pick<Bureau, 'db' | 'ring'>, number: CaseNumber, task: TaskId): Promise<CaseEvent[]> {
  const rows = await db.$queryRaw<SealedEvent[]>`
    select e.seq, e.at, e.type, e.actor, e.actor_for as "actorFor", t.id as task, t.key as "taskKey", d.sealed, e.prev_hash as "prevHash", e.hash
      from task t join "case" c on c.id = t.case_id join event e on e.case_id = c.id and e.at >= c.opened_at
      left join event_data d on d.case_id = e.case_id and d.seq = e.seq
     where t.id = ${task} and c.number = ${number} and (
       e.task_id = t.id and e.type <> all (${notNoted})
       or e.type = 'urged' and e.at >= t.opened_at and (t.closed_at is null or e.at <= t.closed_at)
       or e.type = 'handed-over')
     order by e.seq`;
  return rows
    .map((row) => openEvent(ring, number, row))
    .filter(({ type, data }) => type !== 'handed-over' || Concerned.parse(data).tasks?.includes(task));
}
