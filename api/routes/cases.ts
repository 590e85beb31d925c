import { z } from 'zod';
import { confidentialities } from '../../domain/access-facts.ts';
import { dueWindows, windowOf } from '../../domain/due-window.ts';
import { type RestrictionKind, restrictionKinds } from '../../domain/eligibility.ts';
import { CaseNumber, Instant, PersonId, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { instantOf } from '../../domain/time-zone.ts';
import type { Accepted } from '../../store/accept.ts';
import { caseSorts, listCases } from '../../store/lists/cases.ts';
import { noteLook } from '../../store/looks.ts';
import { stepOf } from '../../store/steps.ts';
import { processes } from '../../workflows/definitions.ts';
import { accepting, NewCase } from '../accepting.ts';
import { type Asking, caseFor, currentView, viewOf } from '../case-for.ts';
import { onceDone } from '../database-away.ts';
import type { ApiDeps } from '../deps.ts';
import { Reply, type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { CaseListView, CaseView, caseListView } from '../views/case.ts';
import { flag, pageSize, pageView, severalOf } from './paging.ts';

const processIds = [...processes.keys()];

const CaseQuery = z.object({
  /** One, or several with commas between. */
  process: severalOf(processIds).optional(),
  confidentiality: severalOf(confidentialities).optional(),
  state: z.enum(['accepted', 'open', 'closed']).optional(),
  stage: z.string().min(1).max(100).optional(),
  unit: UnitId.optional(),
  handler: PersonId.optional(),
  subject: PersonId.optional(),
  overdue: flag.optional(),
  level: z.coerce.number().int().min(0).max(20).optional(),
  dueBefore: Instant.optional(),
  due: z.enum(dueWindows).optional(),
  openedFrom: Instant.optional(),
  openedTo: Instant.optional(),
  closedFrom: Instant.optional(),
  closedTo: Instant.optional(),
  outcome: z.string().min(1).max(40).optional(),
  reopened: flag.optional(),
  /** What a form said that figures count by, such as `route=policy`, and when it did. */
  label: z
    .string()
    .regex(/^[\w-]{1,40}=[\w-]{1,40}$/)
    .optional(),
  labelledFrom: Instant.optional(),
  labelledTo: Instant.optional(),
  /** By which someone is restricted now, and until when at most. */
  restriction: z.enum(Object.keys(restrictionKinds) as [RestrictionKind, ...RestrictionKind[]]).optional(),
  restrictedUntil: Instant.optional(),
  q: z.string().trim().min(2).max(100).optional(),
  /** Open cases that may be about the same matter: same person, or half of the title. */
  like: CaseNumber.optional(),
  sort: z.enum(caseSorts).default('-openedAt'),
  limit: pageSize,
  cursor: z.string().max(500).optional(),
});

export const caseRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/cases',
    {
      title: { zh: '登记一件', en: 'Open a case' },
      permission: 'case.start',
      body: NewCase,
      idempotent: true,
      view: CaseView,
      status: 201,
      otherStatuses: [200, 202],
      problems: ['forbidden', 'invalid-form', 'idempotency-conflict'],
    },
    async (call) => openCase(deps, call),
  ),
  route.get(
    '/cases',
    { title: { zh: '办件列表', en: 'Cases' }, permission: 'case.list', query: CaseQuery, view: pageView(CaseListView) },
    async ({ actor, query, at }) => {
      const { sort, limit, cursor, due: window, ...given } = query;
      const due = window && windowOf(window, at.getTime(), deps.policies.current.calendar);
      const page = await listCases(deps, { actor, viewing: viewingAt(at), filter: { ...given, due }, sort, limit, cursor });
      return { items: page.rows.map((row) => caseListView(row, at)), nextCursor: page.nextCursor };
    },
  ),
  route.get(
    '/cases/:number',
    { title: { zh: '一件的全貌', en: 'One case' }, permission: 'case.read', params: z.object({ number: CaseNumber }), view: CaseView },
    async (call) => {
      const found = await caseFor(deps, call, { number: call.params.number, permission: 'case.read' });
      await noteLook(deps.db, { number: call.params.number, person: call.actor.id, what: 'case', at: call.at });
      return viewOf(deps, call, found);
    },
  ),
];

interface Opening extends Asking {
  readonly body: NewCase;
  readonly key: string;
  readonly bodyHash: string;
  header(name: string): string | undefined;
}

async function openCase(deps: ApiDeps, call: Opening): Promise<Reply> {
  const { actor, key, bodyHash } = call;
  const {
    number,
    input,
    bodyHash: known,
  } = await acceptCase(deps, call).catch(async (refused: unknown) => {
    if (!(refused instanceof Problem)) throw refused;
    // A repeated request is answered as the first one was, also where it would be refused by now.
    const earlier = await stepOf(deps, `intake:${actor.id}:${key}`);
    if (earlier === null) throw refused;
    return { ...earlier, input: null };
  });
  if (known !== bodyHash) throw new Problem('idempotency-conflict');
  return onceDone(startAndShow(deps, call, { number, input }));
}

async function startAndShow(deps: ApiDeps, call: Opening, { number, input }: Pick<Accepted, 'number' | 'input'>): Promise<Reply> {
  const isAsync = /(^|,)\s*respond-async\s*(,|;|$)/i.test(call.header('Prefer') ?? '');
  if (input !== null && isAsync) deps.starter.startSoon(input);
  // The first tasks are there already: the view is read while the engine takes the start, and again only where that may have changed it.
  const starting = input !== null && !isAsync ? deps.starter.startNow(input) : true;
  const [shown, isStarted] = await Promise.all([currentView(deps, call, number), starting]);
  const view = isStarted && shown.state !== 'accepted' ? shown : await currentView(deps, call, number);
  return new Reply(input === null ? 200 : isAsync ? 202 : 201, view, { Location: `/api/v1/cases/${number}` });
}

async function acceptCase(deps: ApiDeps, call: Opening): Promise<Accepted> {
  const { body, key, bodyHash, at } = call;
  const acceptance = await accepting(deps, call, body);
  return deps.intake({ acceptance, key, bodyHash, at: instantOf(at.getTime()), engineUp: deps.engine.isUp });
}
