import type { Instant, PersonId, UnitId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Role } from '../domain/roles.ts';
import type { Database } from '../platform/database.ts';
import { forgetActors } from './actor.ts';
import { saveRoles } from './people-save.ts';

export interface RoleGrant {
  readonly role: Role;
  readonly unit: UnitId;
  /** At once where null. */
  readonly from: Instant | null;
  /** Without an end where null; now or earlier ends what is held. */
  readonly until: Instant | null;
  readonly acting: boolean;
  readonly reason: string | null;
}

/** Gives someone a role for a period, or changes the end of one they hold. @throws Problem `not-found` for a person or unit that there is not */
export async function grantRole(db: Database, person: PersonId, grant: RoleGrant, at: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const [known] = await tx.$queryRaw<unknown[]>`
      select 1 from person p, unit u where p.id = ${person} and u.id = ${grant.unit} and (p.left_at is null or p.left_at > ${at})`;
    if (known === undefined) throw new Problem('not-found');
    await saveRoles(tx, { withRoles: [], grants: [{ row: 0, person, ...grant }] }, at);
  });
  forgetActors(db);
}
