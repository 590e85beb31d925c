import type { Instant, PersonId } from '../domain/ids.ts';
import { addParticipant } from './case-file.ts';
import { actor, type StepDraft, tell } from './step-draft.ts';

interface Circulation {
  readonly people: readonly PersonId[];
  readonly note?: string;
  readonly readBy?: Instant;
}

/** 抄送传阅: lets people read the case and keeps a receipt open for each. Whoever gets it again is to look again. */
export async function circulate(draft: StepDraft, { people, note, readBy }: Circulation): Promise<void> {
  const { file, context, step } = draft;
  for (const person of people) {
    addParticipant(file, person, 'reader');
    draft.notices.push({ file, person, task: null, kind: 'copied' });
  }
  tell(draft, 'copied', { people, ...(note !== undefined && { note }), ...(readBy !== undefined && { readBy }) });
  await context.tx.$executeRaw`
    insert into circulation (case_id, person_id, by_id, at, read_by)
    select ${file.id}::bigint, person, ${actor(draft)}, ${step.at}::timestamptz, ${readBy ?? null}::timestamptz from unnest(${[...people]}::text[]) person
    on conflict (case_id, person_id) do update
      set by_id = excluded.by_id, at = excluded.at, read_by = excluded.read_by, read_at = null, reminded_at = null`;
}
