import { z } from 'zod';
import { type CaseNumber, TaskId } from '../domain/ids.ts';
import type { Bureau } from './bureau.ts';
import { dataContext, taskContext, titleContext } from './case-file.ts';

/** An appeal that waits for the superior's answer, and the task by which it waits. */
export interface UpwardAppeal {
  readonly number: CaseNumber;
  readonly task: TaskId;
  readonly theme: string;
  /** Left out where the appellant's name is withheld: a title may give it away. */
  readonly title?: string;
}

const Context = z.object({ theme: z.string() });
const Report = z.object({ appeals: z.array(z.object({ task: TaskId })) });

interface WaitingRow {
  readonly task: TaskId;
  readonly number: CaseNumber;
  readonly context: Uint8Array;
  readonly title: Uint8Array;
  readonly withheld: boolean;
}

/**
 * The `upward` appeals that wait and that no report under way has collected, oldest first. What a report left unanswered, refused or never sent waits still, and is collected anew.
 * Uses case_by_process and task_by_case.
 * @source domain.md 3.1 "appeal", route `upward`
 */
export async function upwardAppeals({ db, ring }: Bureau): Promise<UpwardAppeal[]> {
  const reports = await db.$queryRaw<{ number: CaseNumber; data: Uint8Array }[]>`
    select number, data from "case" where process = 'upward-report' and state <> 'closed'`;
  const collected = new Set(
    reports.flatMap(({ number, data }) =>
      Report.parse(ring.openJson('database', data, dataContext(number))).appeals.map(({ task }) => task),
    ),
  );
  const rows = await db.$queryRaw<WaitingRow[]>`
    select t.id as task, c.number, t.context, c.title, c.name_withheld as withheld
      from "case" c join task t on t.case_id = c.id
     where c.process = 'appeal' and c.state = 'open' and t.key = 'superior-answer' and t.state = 'open'
     order by t.opened_at, t.id`;
  return rows
    .filter(({ task }) => !collected.has(task))
    .map(({ task, number, context, title, withheld }) => ({
      number,
      task,
      theme: Context.parse(ring.openJson('database', context, taskContext(task))).theme,
      ...(!withheld && { title: z.string().parse(ring.openJson('database', title, titleContext(number))) }),
    }));
}
