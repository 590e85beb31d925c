import type { Actor } from '../domain/actor.ts';
import type { CaseNumber, PersonId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';
import { subjectVisibleTo, type Viewing } from './visible.ts';

export interface MarkRow {
  readonly kind: string;
  readonly from: Date;
  readonly until: Date;
  /** Null where the reader may not know whose case it is: the mark is told without its cause. */
  readonly number: CaseNumber | null;
}

/** Facts about someone that are in force, the one that lasts longest first. Whoever is reported in a case learns from no mark who reported. Uses mark_pkey. */
export const marksOf = (db: Database, person: PersonId, { actor, viewing }: { actor: Actor; viewing: Viewing }): Promise<MarkRow[]> =>
  db.$queryRaw<MarkRow[]>`
    select m.kind, m.starts_at as "from", m.ends_at as until, case when ${subjectVisibleTo(actor, viewing)} then c.number end as number
      from mark m join "case" c on c.id = m.case_id
     where not exists (select 1 from participant p where p.case_id = c.id and p.person_id = ${actor.id} and p.role = 'reported')
       and m.person_id = ${person} and m.starts_at <= ${viewing.at} and m.ends_at > ${viewing.at}
     order by m.ends_at desc, c.id`;
