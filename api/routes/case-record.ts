import { z } from 'zod';
import { hiddenPeople } from '../../domain/access-sight.ts';
import { Instant, PersonId } from '../../domain/ids.ts';
import { eventsOf } from '../../store/events.ts';
import { type Inclusion, inclusionOf } from '../../store/inclusion.ts';
import { readersOf } from '../../store/lists/readers.ts';
import { looksAt, noteLook } from '../../store/looks.ts';
import { firstAlteredFile } from '../../store/verify-attachments.ts';
import { verifyChain } from '../../store/verify-chain.ts';
import { caseFor } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { concerns, eventViewing } from '../event-viewing.ts';
import { type Route, route } from '../route.ts';
import { EventView, eventView } from '../views/event.ts';
import { casePath } from './case-path.ts';

/** From the leaf of `head` at `index` of the tree, `path` leads to `root`, which the checkpoint signs (docs/reference/record-export.md). */
const InclusionView = z.object({
  checkpoint: z.int(),
  checkpointHash: z.string(),
  at: Instant,
  root: z.string(),
  size: z.int(),
  index: z.int(),
  path: z.array(z.string()),
  head: z.object({ seq: z.int(), hash: z.string() }),
});

const inclusionView = ({ checkpoint, head, index, path }: Inclusion) => ({
  checkpoint: checkpoint.number,
  checkpointHash: checkpoint.hash,
  at: checkpoint.at.toISOString(),
  root: checkpoint.root,
  size: checkpoint.cases,
  index,
  path,
  head: { seq: head.seq, hash: head.hash },
});

const MOST_EVENTS = 5000;
/** What a PostgreSQL integer holds. */
const MOST_SEQ = 2_147_483_647;

/** A receipt. `late`: not read by the time that was given. */
const Reader = z.object({
  person: PersonId,
  name: z.string(),
  by: PersonId.nullable(),
  at: Instant,
  readBy: Instant.nullable(),
  readAt: Instant.nullable(),
  late: z.boolean(),
});

/** The record of a case, and what else is known of its life. */
export const caseRecordRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/cases/:number/events',
    {
      title: { zh: '办件记录', en: "A case's record" },
      permission: 'case.events',
      params: casePath,
      query: z.object({
        after: z.coerce.number().int().min(0).max(MOST_SEQ).default(0),
        limit: z.coerce.number().int().min(1).max(MOST_EVENTS).default(MOST_EVENTS),
      }),
      view: z.array(EventView),
    },
    async (call) => {
      const { number } = call.params;
      const { record, facts } = await caseFor(deps, call, { number, permission: 'case.events' });
      const events = await eventsOf(deps, number, call.query);
      const [viewing] = await Promise.all([
        eventViewing(deps, call, { record, facts, events }),
        noteLook(deps.db, { number, person: call.actor.id, what: 'events', at: call.at }),
      ]);
      return events.filter((event) => concerns(call, { record, facts }, event)).map((event) => eventView(event, viewing));
    },
  ),
  route.get(
    '/cases/:number/verify',
    {
      title: { zh: '核验记录', en: "Verify a case's record" },
      permission: 'case.verify',
      params: casePath,
      view: z.object({
        ok: z.boolean(),
        events: z.int(),
        head: z.object({ seq: z.int(), hash: z.string() }).optional(),
        broken: z.object({ seq: z.int(), kind: z.enum(['missing', 'link', 'hash', 'data', 'head', 'checkpoint', 'file']) }).optional(),
        /** That the newest checkpoint covers the case; null where it is younger. */
        inclusion: InclusionView.nullable(),
      }),
    },
    async (call) => {
      const { number } = call.params;
      await caseFor(deps, call, { number, permission: 'case.verify' });
      const inclusion = await inclusionOf(deps.db, number);
      const chain = await verifyChain(deps, number, inclusion?.head);
      const altered = chain.ok ? await firstAlteredFile(deps, number) : null;
      const report = altered === null ? chain : { ok: false, events: chain.events, broken: { seq: altered, kind: 'file' } };
      return { ...report, inclusion: inclusion && inclusionView(inclusion) };
    },
  ),
  route.get(
    '/cases/:number/live',
    {
      title: { zh: '流程引擎中的状态', en: "The workflow's own state of a case" },
      permission: 'case.live',
      params: casePath,
      view: z.looseObject({ stage: z.string() }),
      problems: ['engine-unavailable', 'forbidden'],
    },
    async (call) => {
      const { number } = call.params;
      await caseFor(deps, call, { number, permission: 'case.live' });
      return deps.engine.live(number);
    },
  ),
  route.get(
    '/cases/:number/looks',
    {
      title: { zh: '查阅记录', en: 'Who looked at a case' },
      permission: 'case.looks',
      params: casePath,
      view: z.object({ items: z.array(z.object({ person: PersonId, name: z.string(), what: z.string(), at: Instant })) }),
      problems: ['forbidden'],
    },
    async (call) => {
      const { number } = call.params;
      const { facts } = await caseFor(deps, call, { number, permission: 'case.looks' });
      const hidden = hiddenPeople(call.actor, facts);
      const looks = await looksAt(deps.db, number);
      return { items: looks.filter(({ person }) => !hidden.includes(person)).map((look) => ({ ...look, at: look.at.toISOString() })) };
    },
  ),
  route.get(
    '/cases/:number/readers',
    {
      title: { zh: '传阅回执', en: 'Who has read a case that was copied to them' },
      permission: 'case.readers',
      params: casePath,
      view: z.object({ items: z.array(Reader), unread: z.int() }),
      problems: ['forbidden'],
    },
    async (call) => {
      const { number } = call.params;
      const { facts } = await caseFor(deps, call, { number, permission: 'case.readers' });
      const hidden = hiddenPeople(call.actor, facts);
      const readers = (await readersOf(deps.db, number)).filter(({ person }) => !hidden.includes(person));
      const items = readers.map(({ at, readBy, readAt, by, ...reader }) => ({
        ...reader,
        by: hidden.includes(by) ? null : by,
        at: at.toISOString(),
        readBy: readBy?.toISOString() ?? null,
        readAt: readAt?.toISOString() ?? null,
        late: readAt === null && readBy !== null && readBy < call.at,
      }));
      return { items, unread: items.filter(({ readAt }) => readAt === null).length };
    },
  ),
];
