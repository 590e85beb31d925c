import { z } from 'zod';
import { PlainDate } from '../../domain/ids.ts';
import { type RuleKind, ruleKinds } from '../../domain/rules.ts';
import { listRules, RuleEntry } from '../../store/rules.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { pageSize, pageView } from './paging.ts';

const RuleQuery = z.object({
  q: z.string().trim().min(1).max(100).optional(),
  kind: z.enum(Object.keys(ruleKinds) as [RuleKind, ...RuleKind[]]).optional(),
  /** Only what was in force on that day. */
  on: PlainDate.optional(),
  limit: pageSize,
  cursor: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .optional(),
});

export const ruleRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/rules',
    { title: { zh: '规则库', en: 'The rule library' }, permission: 'rule.read', query: RuleQuery, view: pageView(RuleEntry) },
    async ({ query: { q, kind, on, limit, cursor } }) => {
      const rows = await listRules(deps.db, { q, kind, on, after: cursor, limit: limit + 1 });
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  ),
];
