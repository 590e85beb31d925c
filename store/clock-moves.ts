import { z } from 'zod';
import type { CaseNumber, TaskId } from '../domain/ids.ts';
import type { Bureau } from './bureau.ts';
import { eventContext } from './case-file.ts';
import { EventContent } from './event-content.ts';

export interface ClockMove {
  readonly at: string;
  readonly type: 'paused' | 'resumed' | 'extended' | 'due-recomputed';
  /** The due date from then on; null while paused. */
  readonly dueAt: string | null;
}

const Moved = z.object({ dueAt: z.string().nullable().optional() });

/** What has moved a task's clock since it was opened, in order. */
export async function clockMoves({ db, ring }: Bureau, number: CaseNumber, task: TaskId): Promise<ClockMove[]> {
  const rows = await db.$queryRaw<{ seq: number; at: Date; type: ClockMove['type']; sealed: Uint8Array | null }[]>`
    select e.seq, e.at, e.type, d.sealed
      from "case" c join event e on e.case_id = c.id and e.at >= c.opened_at
      left join event_data d on d.case_id = e.case_id and d.seq = e.seq
     where c.number = ${number} and e.task_id = ${task} and e.type in ('paused', 'resumed', 'extended', 'due-recomputed')
     order by e.seq`;
  return rows.map(({ seq, at, type, sealed }) => {
    const content = sealed === null ? undefined : EventContent.parse(ring.openJson('database', sealed, eventContext(number, seq))).data;
    return { at: at.toISOString(), type, dueAt: Moved.catch({}).parse(content).dueAt ?? null };
  });
}
