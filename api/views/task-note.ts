import { z } from 'zod';
import { Instant, PersonId, Text } from '../../domain/ids.ts';
import type { CaseEvent } from '../../store/events.ts';
import { type EventViewing, eventView } from './event.ts';

/** What someone did to a task on its way. `text`: the words that were given for it, for those who see the contents. */
export const TaskNote = z.object({
  kind: z.string(),
  at: Instant,
  by: PersonId.nullable(),
  for: PersonId.nullable(),
  summary: Text,
  text: z.string().optional(),
});

/** The field in which an operation keeps its words. */
const Words = z.object({ reason: z.string(), reasons: z.string(), text: z.string(), question: z.string() }).partial().catch({});

export function taskNote(event: CaseEvent, viewing: EventViewing) {
  const { type, at, actor, actorFor, summary, data } = eventView(event, viewing);
  const { reason, reasons, text, question } = Words.parse(data ?? {});
  const words = reason ?? reasons ?? text ?? question;
  return { kind: type, at, by: actor, for: actorFor, summary, ...(words !== undefined && { text: words }) };
}
