import type { Actor } from '../domain/actor.ts';
import type { CaseNumber, PlainDate } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';
import { inForceOn } from './rules.ts';
import { type Viewing, visibleTo } from './visible.ts';

export const referenceKinds = ['person', 'unit', 'rule', 'case', 'attachment'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

export interface Reference {
  readonly kind: ReferenceKind;
  readonly id: string;
}

export interface ReferenceCheck {
  readonly references: readonly Reference[];
  readonly actor: Actor;
  readonly viewing: Viewing;
  readonly on: PlainDate;
  /** The case whose form it is; null for an intake. */
  readonly within: CaseNumber | null;
}

/**
 * Which of these ids a form may name now: people who have not left, units that are not dissolved, rules in force on `on`, cases that the actor may know of, files that the actor uploaded and no case has used, or that `within` has already.
 * One query.
 */
export async function usableReferences(
  db: Database,
  { references, actor, viewing, on, within }: ReferenceCheck,
): Promise<readonly Reference[]> {
  const ids = (kind: ReferenceKind) => references.filter((each) => each.kind === kind).map(({ id }) => id);
  return db.$queryRaw<Reference[]>(Prisma.sql`
    select 'person' as kind, id from person where id = any (${ids('person')}) and (left_at is null or left_at > ${viewing.at})
    union all select 'unit', id from unit where id = any (${ids('unit')}) and (dissolved_at is null or dissolved_at > ${viewing.at})
    union all select 'rule', id from rule where id = any (${ids('rule')}) and ${inForceOn(on)}
    union all select 'case', c.number from "case" c where c.number = any (${ids('case')}) and ${visibleTo(actor, viewing)}
    union all select 'attachment', a.id from attachment a
     where a.id = any (${ids('attachment')}) and a.type is not null
       and case when a.case_id is null then a.owner_id = ${actor.id} else a.case_id = (select id from "case" where number = ${within}) end`);
}
