import { z } from 'zod';
import { CaseNumber } from '../../domain/ids.ts';
import type { CaseRecordFacts } from '../../domain/invariants.ts';
import type { Bureau } from '../../store/bureau.ts';
import { eventsOf } from '../../store/events.ts';

const Named = z.object({ person: z.string() }).catch({ person: '' });

/** A case as the record has it, whoever may see it. */
export async function factsOf(bureau: Bureau, number: string): Promise<CaseRecordFacts> {
  const [events, [row]] = await Promise.all([
    eventsOf(bureau, CaseNumber.parse(number), { after: 0, limit: 100_000 }),
    bureau.db.$queryRaw<[Omit<CaseRecordFacts, 'events' | 'number'>]>`
      select c.subject_id as subject, c.confidentiality,
             (select coalesce(json_agg(json_build_object('person', person_id, 'role', role, 'since', extract(epoch from since) * 1000)), '[]')
                from participant where case_id = c.id) as parts,
             (select coalesce(json_agg(json_build_object('person', k.person_id, 'relative', k.relative_id)), '[]') from kinship k) as kin,
             (select coalesce(json_agg(json_build_object('key', key, 'duty', duty, 'isOfSubject', role = 'subject', 'assignee', assignee,
                'by', array_remove(array[closed_by, closed_for], null), 'at', extract(epoch from closed_at) * 1000)), '[]')
                from task where case_id = c.id and state = 'done' and closed_by is not null) as done,
             (select coalesce(json_agg(json_build_object('kind', kind, 'person', person_id, 'ground', (select id from rule where id = ground),
                'from', extract(epoch from starts_at) * 1000, 'until', extract(epoch from ends_at) * 1000)), '[]')
                from restriction where case_id = c.id) as restrictions
        from "case" c where c.number = ${number}`,
  ]);
  return {
    number,
    ...row,
    events: events.map(({ seq, type, at, hash, data }) => ({
      seq,
      type,
      at: at.getTime(),
      hash,
      person: Named.parse(data).person || null,
    })),
  };
}
