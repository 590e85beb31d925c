import type { Instant, PersonId, UnitId } from '../domain/ids.ts';
import type { Transaction } from '../platform/database.ts';

/** Whoever does in a case what was meant for someone. */
export interface Successor {
  readonly id: PersonId;
  readonly unit: UnitId;
  /** Gone by then, without anyone having taken over. */
  readonly hasLeft: boolean;
}

/** The last one in the chain of those who took over from this person in the case; the person where nobody did. Uses succession_pkey. */
export async function successorOf(tx: Transaction, caseId: string, person: PersonId, at: Instant): Promise<Successor> {
  const [row] = await tx.$queryRaw<Successor[]>`
    with recursive chain (id, nth) as (
      select ${person}::text, 0
      union all select s.to_id, nth + 1 from chain join succession s on s.case_id = ${caseId}::bigint and s.from_id = chain.id)
    select p.id, p.unit_id as unit, coalesce(p.left_at <= ${at}::timestamptz, false) as "hasLeft"
      from chain join person p on p.id = chain.id order by nth desc limit 1`;
  if (row === undefined) throw new Error(`${person} is no person`);
  return row;
}

/** From now on `to` stands for `from` in the case. */
export async function nameSuccessor(
  tx: Transaction,
  caseId: string,
  { from, to, at }: { from: PersonId; to: PersonId; at: Instant },
): Promise<void> {
  await tx.$executeRaw`delete from succession where case_id = ${caseId}::bigint and from_id = ${to}`;
  await tx.$executeRaw`
    insert into succession (case_id, from_id, to_id, at) values (${caseId}::bigint, ${from}, ${to}, ${at}::timestamptz)
    on conflict (case_id, from_id) do update set to_id = excluded.to_id, at = excluded.at`;
}
