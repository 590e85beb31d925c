import { notesOn } from '../store/task-notes.ts';
import type { Asking, FoundTask } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { eventViewing } from './event-viewing.ts';
import { taskNote } from './views/task-note.ts';

/** What was done to a task and why, as this person may read it. */
export async function notesFor(deps: ApiDeps, asking: Asking, found: FoundTask) {
  const events = await notesOn(deps, found.record.number, found.task.id);
  const viewing = await eventViewing(deps, asking, { ...found, events });
  return events.map((event) => taskNote(event, viewing));
}
