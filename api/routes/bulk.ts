import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { BulkId } from '../../domain/bulk.ts';
import { Instant, PersonId, Text } from '../../domain/ids.ts';
import { Problem, problems } from '../../domain/problems.ts';
import { cancelBulk, startBulk } from '../../store/bulk.ts';
import { bulkCases } from '../../store/lists/bulk-cases.ts';
import { type BulkItemRow, type BulkRow, bulkItems, listBulks, readBulk } from '../../store/lists/bulks.ts';
import { kindNames, kindOf, NewBulk } from '../bulk/kinds.ts';
import { previewBulk } from '../bulk/preview.ts';
import type { Asking } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { Reply, type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { BulkCases, bulkCasesView } from '../views/bulk-cases.ts';
import { pageSize, pageView } from './paging.ts';

const params = z.object({ id: BulkId });
const count = z.int();

const BulkView = z.object({
  id: BulkId,
  kind: z.enum(kindNames),
  title: Text,
  by: PersonId,
  state: z.enum(['previewed', 'running', 'done', 'cancelled']),
  at: Instant,
  ranAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  counts: z.object({ pending: count, done: count, refused: count, cancelled: count }),
});

/** `effect`: what it does, by ids and dates, as the preview found it. `problem`: why it was refused. */
const ItemView = z.object({
  n: count,
  target: z.string(),
  state: z.enum(['pending', 'done', 'refused', 'cancelled']),
  problem: z.object({ type: z.string(), title: Text }).nullable(),
  effect: z.record(z.string(), z.string().nullable()),
  opened: z.string().nullable(),
  endedAt: Instant.nullable(),
});

/** A bulk with a page of its items. */
export const BulkFile = BulkView.extend({ items: z.array(ItemView), nextItem: z.int().nullable() });

const FIRST_ITEMS = 100;
const MOST_N = 1_000_000;

export const bulkRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/bulk',
    {
      title: { zh: '预览批量操作', en: 'Preview a bulk operation' },
      permission: 'bulk.start',
      body: NewBulk,
      idempotent: true,
      view: BulkFile,
      status: 201,
      otherStatuses: [200],
      problems: ['invalid-form', 'idempotency-conflict'],
    },
    async (call) => {
      const { bulk, isNew } = await previewBulk(deps, call, { kind: kindOf(call.body.kind), params: call.body });
      return new Reply(isNew ? 201 : 200, await fileOf(deps, bulk), { Location: `/api/v1/bulk/${bulk.id}` });
    },
  ),
  route.get(
    '/bulk',
    {
      title: { zh: '我的批量操作', en: 'My bulk operations' },
      permission: 'bulk.list',
      query: z.object({ limit: pageSize, cursor: z.string().max(500).optional() }),
      view: pageView(BulkView),
    },
    async ({ actor, query: { limit, cursor } }) => {
      const page = await listBulks(deps.db, { by: actor.id, limit, cursor });
      return { items: page.rows.map(bulkView), nextCursor: page.nextCursor };
    },
  ),
  route.get(
    '/bulk/:id',
    {
      title: { zh: '一次批量操作的进度', en: 'Progress of a bulk operation' },
      permission: 'bulk.read',
      params,
      query: z.object({ after: z.coerce.number().int().min(0).max(MOST_N).default(0), limit: pageSize }),
      view: BulkFile,
    },
    async (call) => fileOf(deps, await bulkFor(deps, call, { id: call.params.id, permission: 'bulk.read' }), call.query),
  ),
  route.get(
    '/bulk/:id/cases',
    { title: { zh: '批量交办的落实进度', en: 'Progress of what a bulk opened' }, permission: 'bulk.cases', params, view: BulkCases },
    async ({ actor, params: { id }, at }) => {
      const rows = await bulkCases(deps, id, { actor, viewing: viewingAt(at) });
      // Whoever sees one of the cases may see which bulk it came from; the rows say how much of it.
      if (rows.length === 0 && (await readBulk(deps.db, id))?.by !== actor.id) throw new Problem('not-found');
      return bulkCasesView(rows, at);
    },
  ),
  route.post(
    '/bulk/:id/run',
    { title: { zh: '执行批量操作', en: 'Run a bulk operation' }, permission: 'bulk.run', params, view: BulkFile, problems: ['not-now'] },
    async (call) => {
      const bulk = await bulkFor(deps, call, { id: call.params.id, permission: 'bulk.run' });
      if (bulk.state === 'cancelled') throw new Problem('not-now');
      await startBulk(deps.db, bulk.id, call.at);
      return fileOf(deps, await bulkFor(deps, call, { id: bulk.id, permission: 'bulk.run' }));
    },
  ),
  route.post(
    '/bulk/:id/cancel',
    { title: { zh: '中止批量操作', en: 'Cancel a bulk operation' }, permission: 'bulk.cancel', params, view: BulkFile },
    async (call) => {
      const { id } = await bulkFor(deps, call, { id: call.params.id, permission: 'bulk.cancel' });
      await cancelBulk(deps.db, id, call.at);
      return fileOf(deps, await bulkFor(deps, call, { id, permission: 'bulk.cancel' }));
    },
  ),
];

/** @throws Problem `not-found` for one of somebody else, too */
async function bulkFor(
  { db }: ApiDeps,
  { actor }: Asking,
  { id, permission }: { id: BulkId; permission: 'bulk.read' | 'bulk.run' | 'bulk.cancel' },
): Promise<BulkRow> {
  const bulk = await readBulk(db, id);
  if (bulk === null) throw new Problem('not-found');
  demand(actor, permission, bulk);
  return bulk;
}

export async function fileOf({ db }: ApiDeps, bulk: BulkRow, { after, limit } = { after: 0, limit: FIRST_ITEMS }) {
  const items = await bulkItems(db, bulk.id, { after, limit: limit + 1 });
  const shown = items.slice(0, limit);
  return { ...bulkView(bulk), items: shown.map(itemView), nextItem: items.length > limit ? (shown.at(-1)?.n ?? null) : null };
}

const bulkView = ({ id, kind, by, state, at, ranAt, endedAt, counts }: BulkRow) => ({
  id,
  kind,
  title: kindOf(kind).title,
  by,
  state,
  at: at.toISOString(),
  ranAt: ranAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
  counts,
});

const itemView = ({ problem, endedAt, ...item }: BulkItemRow) => ({
  ...item,
  problem: problem && { type: `/problems/${problem}`, title: { zh: problems[problem].zh, en: problems[problem].en } },
  endedAt: endedAt?.toISOString() ?? null,
});
