import { z } from 'zod';
import { AttachmentId } from '../domain/attachments.ts';
import { CaseNumber, Instant, PersonId, TaskId, Text } from '../domain/ids.ts';
import { attachmentsBy } from '../store/attachments.ts';
import { channelsOf } from '../store/channels.ts';
import { contentsOfItems, itemsOfPerson } from '../store/lists/items.ts';
import { readPerson } from '../store/lists/people.ts';
import { marksOf } from '../store/marks.ts';
import { preferenceOf } from '../store/notice-preferences.ts';
import { type NoticeRow, noticesOf } from '../store/notices.ts';
import { exportsOf, looksAtOwn, ownCases, ownTasks } from '../store/own-file.ts';
import { restrictionsOf } from '../store/restrictions.ts';
import { processOf } from '../workflows/definitions.ts';
import type { Asking } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { OwnCheckView, ownChecksOf } from './own-checks.ts';
import { OwnLeaveView, ownLeaveOf } from './own-leave.ts';
import { viewingAt } from './viewing.ts';
import { taskTitle } from './views/case-titles.ts';
import { ChannelsView, channelsView } from './views/channels.ts';
import { ItemView, itemView } from './views/item.ts';
import { noticeView } from './views/notice.ts';

const MOST_NOTICES = 10_000;

/** Everything that is kept about whoever asks, but for the contents of the cases, which `GET /cases/{number}` and the export give. */
export const OwnFileView = z.object({
  at: Instant,
  person: z.object({
    id: PersonId,
    username: z.string(),
    name: z.string(),
    badge: z.string().nullable(),
    unit: z.string(),
    post: z.string().nullable(),
    rank: z.string().nullable(),
  }),
  cases: z.array(CaseNumber),
  tasks: z.array(
    z.object({ id: TaskId, title: Text, state: z.string(), openedAt: Instant, dueAt: Instant.nullable(), closedAt: Instant.nullable() }),
  ),
  notices: z.array(z.object({ case: CaseNumber.nullable(), text: Text, at: Instant, readAt: Instant.nullable() })),
  /** Facts with an end, such as the no-retaliation mark. */
  marks: z.array(z.object({ kind: z.string(), from: Instant, until: Instant, case: CaseNumber.nullable() })),
  /** Bars and measures, also those that have ended. */
  restrictions: z.array(z.object({ kind: z.string(), from: Instant, until: Instant, case: CaseNumber.nullable() })),
  /** Talks, visits and meetings of rounds, with what was recorded of them. */
  items: z.array(ItemView),
  /** 年休假, the latest year first. */
  leave: z.array(OwnLeaveView),
  /** “1+N”体检, the latest year first. */
  checks: z.array(OwnCheckView),
  /** Who else looked at the own cases. */
  looks: z.array(z.object({ case: CaseNumber, person: PersonId, name: z.string(), what: z.string(), at: Instant })),
  /** Files that the person uploaded, and where notices are sent. */
  files: z.array(
    z.object({ id: AttachmentId, name: z.string(), type: z.string(), size: z.int(), at: Instant, case: CaseNumber.nullable() }),
  ),
  channels: ChannelsView,
  /** When the file was exported. */
  exports: z.array(z.object({ at: Instant, cases: z.int() })),
});
export type OwnFile = z.output<typeof OwnFileView>;

export async function ownFile(deps: ApiDeps, { actor, at }: Asking): Promise<OwnFile> {
  const reading = { actor, viewing: viewingAt(at) };
  const [person, cases, tasks, notices, marks, restrictions, looks, files, channels, preference, exports, items, leave, checks] =
    await Promise.all([
      readPerson(deps.db, actor.id, at),
      ownCases(deps.db, reading),
      ownTasks(deps.db, reading),
      noticesOf(deps.db, reading, { before: undefined, unread: false, limit: MOST_NOTICES }),
      marksOf(deps.db, actor.id, reading),
      restrictionsOf(deps.db, actor.id, { ...reading, since: new Date(0) }),
      looksAtOwn(deps.db, reading),
      attachmentsBy(deps, actor.id),
      channelsOf(deps, actor.id),
      preferenceOf(deps.db, actor.id),
      exportsOf(deps.db, actor.id),
      ownItems(deps, { actor, at }),
      ownLeaveOf(deps, actor.id),
      ownChecksOf(deps, actor.id),
    ]);
  if (person === null) throw new Error(`${actor.id} is signed in and not there`);
  const { id, username, name, badge, unitName, post, rank } = person;
  return {
    at: isoAt(at),
    person: { id, username, name, badge, unit: unitName, post, rank },
    cases,
    tasks: tasks.map(({ process, key, openedAt, dueAt, closedAt, ...task }) => ({
      ...task,
      title: taskTitle(processOf(process), key),
      openedAt: isoAt(openedAt),
      dueAt: dueAt && isoAt(dueAt),
      closedAt: closedAt && isoAt(closedAt),
    })),
    notices: notices.map(noticeOf),
    marks: marks.map(({ number, from, until, ...mark }) => ({ ...mark, case: number, from: isoAt(from), until: isoAt(until) })),
    restrictions: restrictions.map(({ kind, from, until, number }) => ({
      kind,
      case: number,
      from: isoAt(new Date(from)),
      until: isoAt(new Date(until)),
    })),
    looks: looks.map(({ number, at: lookedAt, ...look }) => ({ ...look, case: number, at: isoAt(lookedAt) })),
    files: files.map(({ id, name, type, size, uploadedAt, case: number }) => ({
      id,
      name,
      type,
      size,
      at: isoAt(uploadedAt),
      case: number,
    })),
    channels: withoutSecrets(ChannelsView.parse(channelsView(channels, preference))),
    exports: exports.map((each) => ({ ...each, at: isoAt(each.at) })),
    items,
    leave,
    checks,
  };
}

async function ownItems(deps: ApiDeps, { actor, at }: Pick<Asking, 'actor' | 'at'>): Promise<z.output<typeof ItemView>[]> {
  const about = (await itemsOfPerson(deps.db, actor.id)).filter(({ person }) => person === actor.id);
  const contents = await contentsOfItems(deps.db, deps.ring, about);
  return about.map((row) => ItemView.parse({ ...itemView(row, { actor, now: at }), data: contents.get(row.id) }));
}

/** An archive is passed on more easily than a session. */
const withoutSecrets = ({ dingtalk, ...channels }: z.output<typeof ChannelsView>) => ({
  ...channels,
  dingtalk: dingtalk && { ...dingtalk, secret: null },
});

function noticeOf(row: NoticeRow) {
  const { case: number, text } = noticeView(row);
  return { case: number === null ? null : CaseNumber.parse(number), text, at: isoAt(row.at), readAt: row.readAt && isoAt(row.readAt) };
}

const isoAt = (at: Date): Instant => Instant.parse(at.toISOString());
