import { z } from 'zod';
import { channelKinds, noticeTopics } from '../../domain/channels.ts';
import { Instant, PersonId } from '../../domain/ids.ts';
import { rowId } from '../../store/cursor.ts';
import { type DeliveryRow, deliveryStates, listDeliveries, retryDeliveries } from '../../store/lists/deliveries.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { pageSize, pageView } from './paging.ts';

const DeliveryView = z.object({
  id: z.string(),
  person: PersonId,
  channel: z.enum(channelKinds),
  topic: z.enum(noticeTopics),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  /** Why its last try failed. */
  error: z.string().nullable(),
  queuedAt: Instant,
  /** When it is tried next. */
  nextAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});

const filter = { channel: z.enum(channelKinds).optional(), person: PersonId.optional() };

/** What is on its way out of the house, for administrators: without texts, addresses and cases. */
export const deliveryRoutes = ({ db }: ApiDeps): Route[] => [
  route.get(
    '/deliveries',
    {
      title: { zh: '通知发送情况', en: 'Deliveries of notices' },
      permission: 'delivery.list',
      query: z.object({ state: z.enum(deliveryStates).default('failed'), ...filter, limit: pageSize, cursor: rowId.optional() }),
      view: pageView(DeliveryView),
    },
    async ({ query: { cursor, limit, ...wanted } }) => {
      const rows = await listDeliveries(db, { ...wanted, before: cursor, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      return { items: shown.map(deliveryView), nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
    },
  ),
  route.post(
    '/deliveries/retry',
    {
      title: { zh: '重发失败的通知', en: 'Send failed deliveries again' },
      permission: 'delivery.retry',
      body: z.union([z.strictObject({ ids: z.array(rowId).min(1).max(500) }), z.strictObject(filter)]),
      view: z.object({ retried: z.int() }),
    },
    async ({ body, at }) => ({ retried: await retryDeliveries(db, body, at) }),
  ),
];

const deliveryView = ({ queuedAt, nextAt, endedAt, ...delivery }: DeliveryRow) => ({
  ...delivery,
  queuedAt: queuedAt.toISOString(),
  nextAt: delivery.state === 'queued' ? nextAt.toISOString() : null,
  endedAt: endedAt?.toISOString() ?? null,
});
