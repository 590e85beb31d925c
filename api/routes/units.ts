import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { type ActingRole, actingRoles } from '../../domain/access-acting.ts';
import { Instant, PersonId, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { instantOf } from '../../domain/time-zone.ts';
import type { Database } from '../../platform/database.ts';
import { actingIn, listUnits, unitPath } from '../../store/lists/units.ts';
import { grantRole } from '../../store/role-grants.ts';
import type { ApiDeps } from '../deps.ts';
import { checkReferences } from '../form.ts';
import { type Route, route } from '../route.ts';

const UnitView = z.object({
  id: UnitId,
  name: z.string(),
  parent: UnitId.nullable(),
  leader: PersonId.nullable(),
  leaderName: z.string().nullable(),
});

const params = z.object({ id: UnitId });
const actingRole = z.enum(Object.keys(actingRoles) as [ActingRole, ...ActingRole[]]);

const Acting = z.object({
  items: z.array(
    z.object({ person: PersonId, name: z.string(), role: actingRole, from: Instant, until: Instant, reason: z.string().nullable() }),
  ),
});

const NewActing = z.strictObject({
  person: PersonId,
  role: actingRole,
  /** At once unless stated. */
  from: Instant.optional(),
  until: Instant,
  reason: z.string().trim().min(1).max(200),
});

export const unitRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/units',
    { title: { zh: '单位', en: 'Units' }, permission: 'unit.read', view: z.object({ items: z.array(UnitView) }) },
    async ({ at }) => ({ items: await listUnits(deps.db, at) }),
  ),
  route.get(
    '/units/:id/acting',
    { title: { zh: '代理负责人', en: 'Who acts as leader' }, permission: 'unit.read', params, view: Acting },
    async ({ params: { id }, at }) => actingView(deps.db, id, at),
  ),
  route.post(
    '/units/:id/acting',
    {
      title: { zh: '指定代理负责人', en: 'Name who acts as leader for a time' },
      permission: 'unit.acting',
      params,
      body: NewActing,
      view: Acting,
      problems: ['forbidden', 'needs-second-person', 'invalid-form'],
    },
    async (call) => {
      const {
        actor,
        params: { id },
        body,
        at,
        locale,
      } = call;
      const path = await unitPath(deps.db, id, at);
      if (path === null) throw new Problem('not-found');
      demand(actor, 'unit.acting', { role: body.role, unitPath: path, person: body.person });
      await checkReferences(deps, [{ kind: 'person', id: body.person, path: 'person' }], call);
      const { role, person, until, reason, from = instantOf(at.getTime()) } = body;
      if (Date.parse(until) <= Math.max(Date.parse(from), at.getTime()))
        throw new Problem('invalid-form', { errors: [{ path: 'until', message: badPeriod[locale] }] });
      await grantRole(deps.db, person, { role, unit: id, acting: true, from, until, reason }, at);
      return actingView(deps.db, id, at);
    },
  ),
];

const badPeriod = { zh: '代理期须晚于其起，也晚于现在。', en: 'The period must end after it begins, and in the future.' };

/** @throws Problem `not-found` */
async function actingView(db: Database, unit: UnitId, at: Date) {
  if ((await unitPath(db, unit, at)) === null) throw new Problem('not-found');
  const rows = await actingIn(db, unit, { roles: Object.keys(actingRoles), at });
  return { items: rows.map(({ from, until, ...row }) => ({ ...row, from: from.toISOString(), until: until.toISOString() })) };
}
