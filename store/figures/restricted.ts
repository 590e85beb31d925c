import type { RestrictionKind } from '../../domain/eligibility.ts';
import type { UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { type FigureScope, inScope } from './read.ts';

export interface RestrictedRow {
  readonly kind: RestrictionKind;
  /** Of the case that restricts them. */
  readonly unit: UnitId;
  readonly plain: number;
  readonly sealed: number;
  /** Of those how many end by then. */
  readonly endingPlain: number;
  readonly endingSealed: number;
}

/** Cases by which someone is restricted now, and how many of the restrictions end soon. Uses restriction_in_force. */
export const restrictedNow = (db: Database, scope: FigureScope, { at, soon }: { readonly at: Date; readonly soon: Date }) =>
  db.$queryRaw<RestrictedRow[]>(Prisma.sql`
    select kind, unit_id as unit,
           (count(*) filter (where confidentiality <> 'sealed'))::integer as plain, (count(*) filter (where confidentiality = 'sealed'))::integer as sealed,
           (count(*) filter (where confidentiality <> 'sealed' and until <= ${soon}))::integer as "endingPlain",
           (count(*) filter (where confidentiality = 'sealed' and until <= ${soon}))::integer as "endingSealed"
      from (select r.kind, c.unit_id, c.process, c.confidentiality, max(r.ends_at) as until
              from restriction r join "case" c on c.id = r.case_id where r.ends_at > ${at} and r.starts_at <= ${at} group by r.kind, c.id) restricted
     where ${inScope(scope)} group by 1, 2 order by 1, 2`);
