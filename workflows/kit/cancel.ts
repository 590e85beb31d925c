import { lineOf, type OpenTask, type Run } from './run.ts';

/** Ends open tasks and waits of these keys, or of one line of them (`<key> <series>`), with what was asked beside them. */
export function cancelTasks(run: Run, reason: string, keys: readonly string[]): void {
  for (const { id, key, series } of run.tasks.values()) {
    if (!keys.includes(key) && !keys.includes(lineOf(key, series))) continue;
    run.tasks.delete(id);
    run.changes.push({ kind: 'cancel-task', task: id, reason });
    cancelSideTasks(run, id);
  }
  for (const { id, key } of run.waits.values()) {
    if (!keys.includes(key)) continue;
    run.waits.delete(id);
    run.changes.push({ kind: 'end-wait', id });
  }
}

/** What was asked beside a task, an opinion or an extension, ends with it. */
export function cancelSideTasks(run: Run, main: OpenTask['id']): void {
  for (const side of run.tasks.values()) {
    if (side.beside !== main) continue;
    run.tasks.delete(side.id);
    run.changes.push({ kind: 'cancel-task', task: side.id, reason: 'main-task-done' });
    cancelSideTasks(run, side.id);
  }
}
