import { z } from 'zod';
import { rowId } from '../../store/cursor.ts';
import { markRead, noticesOf, unreadCount } from '../../store/notices.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { NoticeView, noticeView } from '../views/notice.ts';
import { flag, pageSize, pageView } from './paging.ts';

export const notificationRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/notifications',
    {
      title: { zh: '通知', en: 'Notices' },
      permission: 'notice.read',
      query: z.object({ unread: flag.optional(), limit: pageSize, cursor: rowId.optional() }),
      view: pageView(NoticeView).extend({ unread: z.int() }),
    },
    async ({ actor, at, query: { unread = false, limit, cursor } }) => {
      const reading = { actor, viewing: viewingAt(at) };
      const [rows, count] = await Promise.all([
        noticesOf(deps.db, reading, { before: cursor, unread, limit: limit + 1 }),
        unreadCount(deps.db, reading),
      ]);
      const shown = rows.slice(0, limit);
      return { items: shown.map(noticeView), nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null, unread: count };
    },
  ),
  route.post(
    '/notifications/read',
    {
      title: { zh: '标为已读', en: 'Mark notices as read' },
      permission: 'notice.read',
      body: z.strictObject({ ids: z.array(rowId).min(1).max(500) }),
      view: z.object({ unread: z.int() }),
    },
    async ({ actor, body, at }) => {
      await markRead(deps.db, actor.id, { ids: body.ids, at });
      return { unread: await unreadCount(deps.db, { actor, viewing: viewingAt(at) }) };
    },
  ),
];
