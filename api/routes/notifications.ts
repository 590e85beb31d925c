import { z } from 'zod';
import { CaseNumber, Instant, TaskId, Text } from '../../domain/ids.ts';
import { noticeText } from '../../domain/notice-texts.ts';
import { channelsOf, setChannels } from '../../store/channels.ts';
import { rowId } from '../../store/cursor.ts';
import { markRead, type NoticeRow, noticesOf, unreadCount } from '../../store/notices.ts';
import { processOf } from '../../workflows/definitions.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { taskTitle } from '../views/case-titles.ts';
import { flag, pageSize, pageView } from './paging.ts';

const NoticeView = z.object({
  id: z.string(),
  kind: z.string(),
  case: CaseNumber,
  process: z.string(),
  task: TaskId.nullable(),
  text: Text,
  at: Instant,
  readAt: Instant.nullable(),
});

const Channels = z.strictObject({
  email: z
    .email()
    .max(254)
    .regex(/^[^@]{1,64}@/)
    .nullish(),
  webhook: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullish(),
});

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
  route.get(
    '/me/channels',
    { title: { zh: '通知渠道', en: 'Where notices are sent' }, permission: 'me', view: Channels },
    async ({ actor }) => channelView(await channelsOf(deps, actor.id)),
  ),
  route.put(
    '/me/channels',
    { title: { zh: '设置通知渠道', en: 'Set where notices are sent' }, permission: 'me', body: Channels, view: Channels },
    async ({ actor, body }) => {
      const channels = (['email', 'webhook'] as const).flatMap((kind) => {
        const address = body[kind];
        return address ? [{ kind, address }] : [];
      });
      await setChannels(deps, actor.id, channels);
      return channelView(channels);
    },
  ),
];

function noticeView({ id, kind, at, readAt, number, process, taskId, taskKey }: NoticeRow) {
  const definition = processOf(process);
  const text = noticeText(kind, { number, process: definition.title, task: taskTitle(definition, taskKey) });
  return { id, kind, case: number, process, task: taskId, text, at: at.toISOString(), readAt: readAt?.toISOString() ?? null };
}

const channelView = (channels: readonly { readonly kind: string; readonly address: string }[]) => ({
  email: channels.find(({ kind }) => kind === 'email')?.address ?? null,
  webhook: channels.find(({ kind }) => kind === 'webhook')?.address ?? null,
});
