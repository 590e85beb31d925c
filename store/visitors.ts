import type { Instant, PersonId, UnitId } from '../domain/ids.ts';
import type { Role } from '../domain/roles.ts';
import type { Transaction } from '../platform/database.ts';
import { resolveRoles } from './resolve-role.ts';
import type { Listed } from './rosters.ts';

/**
 * Who sees to each of these: the nearest holders of the role above, taken in turn where a unit has several; nobody to themselves or to a relative (domain.md §4.1).
 * Null where the bureau has nobody free. Three queries, however many are listed.
 */
export async function visitorsFor(
  tx: Transaction,
  { role, at }: { readonly role: Role; readonly at: Instant },
  listed: readonly Listed[],
): Promise<readonly (PersonId | null)[]> {
  const relatives = await relativesOf(tx, listed);
  const units = [...new Set(listed.map(({ unit }) => unit))];
  const usual = await resolveRoles(
    tx,
    units.map((unit) => ({ role, unit, at, excluded: [] })),
  );
  const holders = new Map(units.map((unit, index) => [unit, usual[index]?.holders ?? []] as const));
  const turns = new Map<UnitId, number>();
  const visitors = listed.map(({ person, unit }) => {
    const free = (holders.get(unit) ?? []).filter((holder) => !isNear(holder, person, relatives));
    const turn = turns.get(unit) ?? 0;
    turns.set(unit, turn + 1);
    return free[turn % free.length] ?? null;
  });
  return insteadOf(tx, { role, at, relatives }, { listed, visitors });
}

type Relatives = ReadonlyMap<PersonId, readonly PersonId[]>;

const isNear = (holder: PersonId, person: PersonId | null, relatives: Relatives): boolean =>
  person !== null && (holder === person || (relatives.get(person)?.includes(holder) ?? false));

/** For whoever holds the role in their own unit, or has a relative who does: the next above. */
async function insteadOf(
  tx: Transaction,
  { role, at, relatives }: { readonly role: Role; readonly at: Instant; readonly relatives: Relatives },
  { listed, visitors }: { readonly listed: readonly Listed[]; readonly visitors: readonly (PersonId | null)[] },
): Promise<readonly (PersonId | null)[]> {
  const left = listed.flatMap((each, index) => (visitors[index] === null ? [{ ...each, index }] : []));
  const found = await resolveRoles(
    tx,
    left.map(({ person, unit }) => ({ role, unit, at, excluded: person === null ? [] : [person, ...(relatives.get(person) ?? [])] })),
  );
  const instead = new Map(left.map(({ index }, nth) => [index, found[nth]?.holders[0] ?? null] as const));
  return visitors.map((visitor, index) => visitor ?? instead.get(index) ?? null);
}

async function relativesOf(tx: Transaction, listed: readonly Listed[]): Promise<Relatives> {
  const people = listed.flatMap(({ person }) => person ?? []);
  const rows = await tx.$queryRaw<{ person: PersonId; relative: PersonId }[]>`
    select person_id as person, relative_id as relative from kinship where person_id = any (${people})`;
  const relatives = new Map<PersonId, PersonId[]>();
  for (const { person, relative } of rows) relatives.set(person, [...(relatives.get(person) ?? []), relative]);
  return relatives;
}
