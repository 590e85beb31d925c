import type { Actor } from '../domain/actor.ts';
import type { RestrictionKind } from '../domain/eligibility.ts';
import type { CaseNumber, PersonId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';
import { contentsVisibleTo, type Viewing } from './visible.ts';

export interface RestrictionOfPerson {
  readonly kind: RestrictionKind;
  readonly from: number;
  readonly until: number;
  /** Null where the reader may not know of the case. */
  readonly number: CaseNumber | null;
}

/** All that ever limited someone's rights and has not ended before `since`, whatever became of its case. Uses restriction_by_person. */
export async function restrictionsOf(
  db: Database,
  person: PersonId,
  { since, actor, viewing }: { since: Date; actor: Actor; viewing: Viewing },
): Promise<RestrictionOfPerson[]> {
  const rows = await db.$queryRaw<{ kind: RestrictionKind; from: Date; until: Date; number: CaseNumber | null }[]>`
    select r.kind, r.starts_at as "from", r.ends_at as until, case when ${contentsVisibleTo(actor, viewing)} then c.number end as number
      from restriction r join "case" c on c.id = r.case_id
     where r.person_id = ${person} and r.ends_at > ${since}
     order by r.ends_at desc, r.case_id`;
  return rows.map(({ from, until, ...row }) => ({ ...row, from: from.getTime(), until: until.getTime() }));
}
