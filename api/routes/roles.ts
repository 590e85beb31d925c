import { z } from 'zod';
import { actingRoles } from '../../domain/access-acting.ts';
import { Text } from '../../domain/ids.ts';
import { roleIds, roles } from '../../domain/roles.ts';
import { type Route, route } from '../route.ts';

/** `acting`: someone may act in it for a time. */
const RoleView = z.object({ id: z.enum(roleIds), title: Text, acting: z.boolean() });

export const roleRoutes: readonly Route[] = [
  route.get(
    '/roles',
    { title: { zh: '角色', en: 'Roles' }, permission: 'person.list', view: z.object({ items: z.array(RoleView) }) },
    async () => ({ items: roleIds.map((id) => ({ id, title: roles[id], acting: Object.hasOwn(actingRoles, id) })) }),
  ),
];
