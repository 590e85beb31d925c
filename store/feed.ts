/*
 * The feed of changes, for pages that move by themselves. Every step writes what it changed into `feed`; after its commit the
 * process rings `notify fivefold`, once for all steps that end while it rings. (In a step's own transaction, NOTIFY would make all commits wait for each other.)
 *
 * Ids are given out before transactions commit, so a reader that remembers the highest id would skip a row that commits late. Rows are therefore read in the order
 * (transaction id, id), and only those older than every transaction still running: what has been read can never gain a row before it. A mark `<xid>.<id>` names a place.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';
import type { Logger } from '../platform/log.ts';
import { isKnown } from './notices.ts';

const FEED_CHANNEL = 'fivefold';
const RECONNECT_MS = 1000;
const PAGE = 500;

export interface FeedRow {
  readonly mark: FeedMark;
  readonly at: Date;
  readonly kind: 'case' | 'task' | 'notification';
  /** None where a notification belongs to no case. */
  readonly number: string | null;
  readonly taskId: string | null;
}

export interface FeedMark {
  readonly xid: string;
  readonly id: string;
}

export const markText = ({ xid, id }: FeedMark): string => `${xid}.${id}`;

export function parseMark(text: string): FeedMark | null {
  const [, xid, id] = /^(\d{1,19})\.(\d{1,18})$/.exec(text) ?? [];
  return xid === undefined || id === undefined ? null : { xid, id };
}

/** The end of the feed: everything after it is yet to come, or came this very moment. */
export async function feedEnd(db: Database): Promise<FeedMark> {
  const [row] = await db.$queryRaw<[{ xid: string }]>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`;
  return { xid: row.xid, id: '0' };
}

/** Nobody resumes after a month: what is older goes. */
const FEED_KEPT = '30 days';

/** Removes what is older than anybody's last mark. Reads the whole feed, once a day. */
export const trimFeed = (db: Database, at: Date): Promise<number> =>
  db.$executeRaw`delete from feed where at < ${at}::timestamptz - ${FEED_KEPT}::interval`;

export interface FeedPage {
  readonly rows: readonly FeedRow[];
  /** Where to read on: nothing visible lies between the rows and it. */
  readonly mark: FeedMark;
  /** There is more to be read at once. */
  readonly isFull: boolean;
  /** Rows are there that wait for an older transaction to end; nothing rings when it does. */
  readonly isPending: boolean;
}

type PageRow = { readonly horizon: string; readonly isPending: boolean } & (
  | { readonly id: null }
  | { id: string; xid: string; at: Date; kind: FeedRow['kind']; number: string | null; task_id: string | null }
);

/** What changed after `mark`, oldest first: cases that meet `visible` (over the alias `c`), and the person's own notifications but of sealed files. Uses feed_by_xid. */
export async function feedAfter(
  db: Database,
  { mark, person, visible }: { mark: FeedMark; person: string; visible: Prisma.Sql },
): Promise<FeedPage> {
  const found = await db.$queryRaw<PageRow[]>(Prisma.sql`
    with horizon as (select pg_snapshot_xmin(pg_current_snapshot()) as xid)
    select horizon.xid::text as horizon, exists (select 1 from feed where xid >= horizon.xid) as "isPending", row.*
      from horizon left join lateral (
        select f.id::text, f.xid::text as xid, f.at, f.kind, c.number, f.task_id
          from feed f left join "case" c on c.id = f.case_id
         where (f.xid, f.id) > (${mark.xid}::xid8, ${mark.id}::bigint) and f.xid < horizon.xid
           and case when f.kind = 'notification' then f.person_id = ${person} and ${isKnown(visible)} else ${visible} end
         order by f.xid, f.id
         limit ${PAGE}) row on true
     order by row.xid::xid8, row.id::bigint`);
  const rows = found.flatMap((row) =>
    row.id === null ? [] : [{ mark: { xid: row.xid, id: row.id }, at: row.at, kind: row.kind, number: row.number, taskId: row.task_id }],
  );
  const isFull = rows.length === PAGE;
  const last = rows.at(-1)?.mark ?? mark;
  const [{ horizon, isPending } = { horizon: mark.xid, isPending: false }] = found;
  return { rows, isFull, isPending, mark: isFull || BigInt(horizon) <= BigInt(last.xid) ? last : { xid: horizon, id: '0' } };
}

/** Rings under way; true when something came in the meantime, so that it has to ring once more. */
const ringing = new WeakMap<Database, boolean>();

/** Tells every reader that the feed has grown. Losing a ring loses nothing: readers also go by the clock. */
export function ringFeed(db: Database): void {
  const isRinging = ringing.has(db);
  ringing.set(db, isRinging);
  if (isRinging) return;
  const ended = () => {
    const again = ringing.get(db);
    ringing.delete(db);
    if (again) ringFeed(db);
  };
  db.$executeRaw`select pg_notify(${FEED_CHANNEL}, '')`.then(ended, ended);
}

/** Rings when the feed may have grown. */
export interface FeedBell {
  /** How often it has rung. Take it before reading: what rings while one reads must not be slept through. */
  readonly rings: number;
  /** Resolves once it has rung more than `heard` times, after `ms` milliseconds, or when `signal` is aborted, whichever is first. */
  next(heard: number, ms: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Listens on one connection of its own and connects again when it breaks; until then readers go by the clock. */
export function openFeedBell(databaseUrl: string, log: Logger): FeedBell {
  const closing = new AbortController();
  const waiting = new Set<() => void>();
  let rings = 0;
  const ring = () => {
    rings += 1;
    for (const wake of waiting) wake();
  };
  const listening = keepListening(databaseUrl, { ring, log, closing: closing.signal });
  return {
    get rings() {
      return rings;
    },
    next: async (heard, ms, signal) => {
      if (rings > heard) return;
      const woken = new AbortController();
      const wake = () => woken.abort();
      waiting.add(wake);
      await sleep(ms, undefined, { signal: AbortSignal.any([woken.signal, signal, closing.signal]) }).catch(() => undefined);
      waiting.delete(wake);
    },
    close: async () => {
      closing.abort();
      await listening;
    },
  };
}

async function keepListening(
  databaseUrl: string,
  { ring, log, closing }: { ring: () => void; log: Logger; closing: AbortSignal },
): Promise<void> {
  while (!closing.aborted) {
    const client = new Client({ connectionString: databaseUrl, application_name: 'fivefold feed', keepAlive: true });
    const broken = new Promise<void>((resolve) => {
      client.once('error', () => resolve());
      client.once('end', () => resolve());
      closing.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await client.connect();
      client.on('notification', ring);
      await client.query(`listen ${FEED_CHANNEL}`);
      ring(); // what came while nobody listened
      await broken;
    } catch {
      if (!closing.aborted) log.warn({ retryInMs: RECONNECT_MS }, 'the feed cannot listen to the database; pages go by the clock');
    }
    await client.end().catch(() => undefined);
    await sleep(RECONNECT_MS, undefined, { signal: closing }).catch(() => undefined);
  }
}
