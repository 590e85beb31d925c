import { once } from 'node:events';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../domain/actor.ts';
import { Problem } from '../../domain/problems.ts';
import { actorOfToken } from '../../store/actor.ts';
import { type FeedMark, type FeedRow, feedAfter, feedEnd, markText, parseMark } from '../../store/feed.ts';
import { visibleTo } from '../../store/visible.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route, Streamed } from '../route.ts';
import { viewingAt } from '../viewing.ts';

const RETRY_MS = 2000;
/** Without a ring the feed is read this often all the same: a lost connection costs time, not events. */
const POLL_MS = 5000;
/** Rows that wait for an older transaction are asked for again after this time. */
const PENDING_MS = 100;
const HEARTBEAT_MS = 15_000;

/** Changes as they happen, as server-sent events: `case`, `task`, `notification`. They say what changed; the content is read by the ordinary routes, with their permissions. */
export const streamRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/stream',
    {
      title: { zh: '实时变化', en: 'Live changes' },
      permission: 'me',
      query: z.object({ lastEventId: z.string().max(50).optional() }),
      view: z.string(),
      mediaType: 'text/event-stream',
    },
    async ({ actor, token = '', query, header, signal }) => {
      const last = header('Last-Event-ID') ?? query.lastEventId;
      const mark = last === undefined || last === '' ? await feedEnd(deps.db) : parseMark(last);
      if (mark === null) throw new Problem('malformed', { detail: unknownMark });
      return new Streamed((response) => stream(deps, response, { actor, token, mark, signal: AbortSignal.any([signal, deps.stopping]) }));
    },
  ),
];

const unknownMark = { zh: 'Last-Event-ID 无效。', en: 'The Last-Event-ID is not one of ours.' };

interface Listening {
  readonly actor: Actor;
  readonly token: string;
  readonly mark: FeedMark;
  readonly signal: AbortSignal;
}

/** Writes until the reader hangs up, the server stops, or the session ends. */
async function stream(deps: ApiDeps, response: Response, { token, mark, signal, ...listening }: Listening): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  // The mark comes first: a reader that loses the connection before the first event resumes here.
  await write(response, `retry: ${RETRY_MS}\nid: ${markText(mark)}\n\n`, signal);
  let actor: Actor | null = listening.actor;
  let at = mark;
  let writtenAt = Date.now();
  while (!signal.aborted && actor !== null) {
    const heard = deps.bell.rings;
    const page = await feedAfter(deps.db, { mark: at, person: actor.id, visible: visibleTo(actor, viewingAt(new Date())) });
    at = page.mark;
    if (page.rows.length > 0 || Date.now() - writtenAt >= HEARTBEAT_MS) {
      await write(response, `${page.rows.map(eventOf).join('')}: here\nid: ${markText(at)}\n\n`, signal);
      writtenAt = Date.now();
    }
    if (!page.isFull) await deps.bell.next(heard, page.isPending ? PENDING_MS : POLL_MS, signal);
    actor = await actorOfToken(deps.db, token, new Date());
  }
  response.end();
}

const eventOf = ({ mark, kind, at, number, taskId }: FeedRow): string =>
  `id: ${markText(mark)}\nevent: ${kind}\ndata: ${JSON.stringify({ case: number, task: taskId, at: at.toISOString() })}\n\n`;

/** Waits for a slow reader instead of filling memory. */
async function write(response: Response, text: string, signal: AbortSignal): Promise<void> {
  if (!signal.aborted && !response.write(text)) await once(response, 'drain', { signal }).catch(() => undefined);
}
