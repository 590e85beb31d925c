import { z } from 'zod';
import { PersonId, UnitId } from '../../domain/ids.ts';
import { listUnits } from '../../store/lists/units.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';

const UnitView = z.object({
  id: UnitId,
  name: z.string(),
  parent: UnitId.nullable(),
  leader: PersonId.nullable(),
  leaderName: z.string().nullable(),
});

export const unitRoutes = ({ db }: ApiDeps): Route[] => [
  route.get(
    '/units',
    { title: { zh: '单位', en: 'Units' }, permission: 'unit.read', view: z.object({ items: z.array(UnitView) }) },
    async ({ at }) => ({ items: await listUnits(db, at) }),
  ),
];
