import { z } from 'zod';
import { demand, may } from '../../domain/access.ts';
import type { Actor } from '../../domain/actor.ts';
import { CaseNumber, Instant, PersonId, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { roleIds } from '../../domain/roles.ts';
import { setDisabled, setPassword } from '../../store/accounts.ts';
import { listCases } from '../../store/lists/cases.ts';
import { listPeople, type PersonRow, readPerson } from '../../store/lists/people.ts';
import { marksOf } from '../../store/marks.ts';
import { grantRole } from '../../store/role-grants.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { CaseListView, caseListView } from '../views/case.ts';
import { pageSize, pageView } from './paging.ts';

const PersonView = z.object({
  id: PersonId,
  username: z.string(),
  name: z.string(),
  badge: z.string().nullable(),
  unit: UnitId,
  unitName: z.string(),
  category: z.enum(['officer', 'auxiliary', 'staff']),
  post: z.string().nullable(),
  rank: z.string().nullable(),
  roles: z.array(z.object({ role: z.enum(roleIds), unit: UnitId, acting: z.boolean(), until: Instant.nullable() })),
  leftAt: Instant.nullable(),
});

const PersonFile = PersonView.extend({
  /** Facts about the person that begin and end by date, such as the no-retaliation mark; only for the person and whoever may decide something about them. */
  marks: z.array(z.object({ kind: z.string(), from: Instant, until: Instant, case: CaseNumber.optional() })).optional(),
});

const cursor = z.string().max(500).optional();
const params = z.object({ id: PersonId });
const RoleBody = z.strictObject({
  role: z.enum(roleIds).exclude(['officer']),
  unit: UnitId,
  from: Instant.optional(),
  /** Now or earlier ends a role that is held. */
  until: Instant.optional(),
  acting: z.boolean().default(false),
  reason: z.string().trim().min(1).max(200).optional(),
});

export const peopleRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/people',
    {
      title: { zh: '人员名录', en: 'People' },
      permission: 'person.list',
      query: z.object({
        q: z.string().trim().min(1).max(100).optional(),
        unit: UnitId.optional(),
        role: z.enum(roleIds).optional(),
        limit: pageSize,
        cursor,
      }),
      view: pageView(PersonView),
    },
    async ({ query, at }) => {
      const page = await listPeople(deps.db, { ...query, at });
      return { items: page.rows.map(personView), nextCursor: page.nextCursor };
    },
  ),
  route.get(
    '/people/:id',
    { title: { zh: '一名人员', en: 'One person' }, permission: 'person.read', params, view: PersonFile },
    async ({ actor, params: { id }, at }) => personFile(deps, actor, await personFor(deps, id, at), at),
  ),
  route.get(
    '/people/:id/appeals',
    {
      title: { zh: '诉求档案', en: 'Appeal file of a person' },
      permission: 'person.appeals',
      params,
      query: z.object({ limit: pageSize, cursor }),
      view: pageView(CaseListView),
    },
    async ({ actor, params: { id }, query: { limit, cursor: after }, at }) => {
      demand(actor, 'person.appeals', await personFor(deps, id, at));
      const filter = { process: 'appeal', subject: id };
      const page = await listCases(deps, { actor, viewing: viewingAt(at), filter, sort: '-openedAt', limit, cursor: after });
      return { items: page.rows.map((row) => caseListView(row, at)), nextCursor: page.nextCursor };
    },
  ),
  route.post(
    '/people/:id/roles',
    {
      title: { zh: '授予角色，或更改其期限', en: 'Give someone a role, or change its end' },
      permission: 'person.roles',
      params,
      body: RoleBody,
      view: PersonFile,
      problems: ['forbidden', 'needs-second-person', 'invalid-form'],
    },
    async ({ actor, params: { id }, body, at, locale }) => {
      demand(actor, 'person.roles', await personFor(deps, id, at));
      const { role, unit, acting, from = null, until = null, reason = null } = body;
      if (from !== null && until !== null && Date.parse(from) >= Date.parse(until))
        throw new Problem('invalid-form', { errors: [{ path: 'until', message: endsBefore[locale] }] });
      await grantRole(deps.db, id, { role, unit, acting, from, until, reason }, at);
      return personFile(deps, actor, await personFor(deps, id, new Date()), new Date());
    },
  ),
  route.put(
    '/people/:id/account',
    {
      title: { zh: '设置口令，或停用、启用账号', en: 'Set a password, or disable or enable an account' },
      permission: 'person.account',
      params,
      body: z.strictObject({ password: z.string().min(10).max(200).optional(), disabled: z.boolean().optional() }),
      problems: ['forbidden', 'needs-second-person'],
    },
    async ({ actor, params: { id }, body: { password, disabled }, at }) => {
      demand(actor, 'person.account', await personFor(deps, id, at));
      if (password !== undefined) await setPassword(deps.db, id, password);
      if (disabled !== undefined) await setDisabled(deps.db, id, disabled);
    },
  ),
];

async function personFor({ db }: ApiDeps, id: PersonId, at: Date): Promise<PersonRow> {
  const person = await readPerson(db, id, at);
  if (person === null) throw new Problem('not-found');
  return person;
}

async function personFile(deps: ApiDeps, actor: Actor, person: PersonRow, at: Date) {
  if (!may(actor, 'person.marks', person).granted) return personView(person);
  const marks = await marksOf(deps.db, person.id, { actor, viewing: viewingAt(at) });
  return {
    ...personView(person),
    marks: marks.map(({ kind, from, until, number }) => ({
      kind,
      from: from.toISOString(),
      until: until.toISOString(),
      ...(number !== null && { case: number }),
    })),
  };
}

const personView = ({ unitPath: _, leftAt, roles, ...person }: PersonRow) => ({
  ...person,
  roles: roles.map(({ until, ...role }) => ({ ...role, until: until === null ? null : new Date(until).toISOString() })),
  leftAt: leftAt?.toISOString() ?? null,
});

const endsBefore = { zh: '任职止须晚于任职起。', en: 'The period must end after it begins.' };
