import { z } from 'zod';
import type { TaskId } from '../../domain/ids.ts';
import type { Bureau } from '../bureau.ts';
import { taskContext } from '../case-file.ts';
import { balanceOf } from './book.ts';

const Asked = z.object({ fen: z.int() });

/** Tasks that wait for money which is there now, the oldest first: as many as the balance covers; what doesn't fit keeps nobody behind it waiting. Uses task_by_case through the process. */
export async function coveredNow({ db, ring }: Pick<Bureau, 'db' | 'ring'>, fund: string): Promise<TaskId[]> {
  const waiting = await db.$queryRaw<{ id: TaskId; context: Uint8Array }[]>`
    select t.id, t.context from task t join "case" c on c.id = t.case_id
     where c.process = ${fund} and c.state = 'open' and t.key = 'await-funds' and t.state = 'open' order by t.opened_at, t.id`;
  let left = await balanceOf(db, fund);
  return waiting.flatMap(({ id, context }) => {
    const fen = BigInt(Asked.parse(ring.openJson('database', context, taskContext(id))).fen);
    if (fen > left) return [];
    left -= fen;
    return [id];
  });
}
