import { z } from 'zod';
import type { Actor } from '../../domain/actor.ts';
import { PersonId, UnitId } from '../../domain/ids.ts';
import { roleIds } from '../../domain/roles.ts';

/** Whoever is signed in, as they see themselves. */
export const UserView = z.object({
  id: PersonId,
  username: z.string(),
  name: z.string(),
  locale: z.enum(['zh', 'en']),
  /** The bureau's own zone: a date is the same day for everyone, wherever they are. */
  timeZone: z.string(),
  roles: z.array(z.object({ role: z.enum(roleIds), unit: UnitId })),
  /** Absent persons for whom they act at present, in these processes or in all. */
  standsInFor: z.array(z.object({ person: PersonId, processes: z.array(z.string()).nullable() })),
});

export const userView = ({ id, username, name, locale, roles, standsInFor }: Actor, timeZone: string) => ({
  id,
  username,
  name,
  locale,
  timeZone,
  roles: roles.map(({ role, unit }) => ({ role, unit })),
  standsInFor: standsInFor.map(({ id: person, processes }) => ({ person, processes })),
});
