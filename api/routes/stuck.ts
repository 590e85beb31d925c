import { z } from 'zod';
import { CaseNumber, Instant } from '../../domain/ids.ts';
import { type StuckCase, stuckCases, stuckKinds } from '../../store/stuck-cases.ts';
import type { ApiDeps } from '../deps.ts';
import { restart } from '../restarting.ts';
import { type Route, route } from '../route.ts';
import { casePath, words } from './case-path.ts';
import { pageSize, pageView } from './paging.ts';

const StuckView = z.object({
  number: CaseNumber,
  /** Its workflow is not there; has ended; can't take its next step. */
  kind: z.enum(stuckKinds),
  since: Instant,
  seenAt: Instant,
  looks: z.int(),
  movedAt: Instant.nullable(),
});

/** Whether its workflow runs now; one that does not stays listed, and is tried again at the next look. */
const RestartView = z.object({ started: z.boolean() });

/** Open cases whose workflow does not go on, for administrators: numbers and times, nothing of what the cases are about. */
export const stuckRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/stuck',
    {
      title: { zh: '流程停滞的办件', en: 'Cases whose workflow does not go on' },
      permission: 'stuck.list',
      query: z.object({ limit: pageSize }),
      view: pageView(StuckView),
    },
    async ({ query: { limit } }) => ({ items: (await stuckCases(deps.db, { limit })).map(stuckView), nextCursor: null }),
  ),
  route.post(
    '/stuck/:number/restart',
    {
      title: { zh: '重新启动流程', en: 'Start the workflow anew' },
      permission: 'stuck.restart',
      params: casePath,
      body: z.strictObject({ reason: words }),
      idempotent: true,
      view: RestartView,
      problems: ['not-found', 'case-not-open', 'idempotency-conflict', 'engine-unavailable', 'outcome-unknown'],
    },
    async (call) => restart(deps, call, { number: call.params.number, reason: call.body.reason }),
  ),
];

const stuckView = ({ since, seenAt, movedAt, ...stuck }: StuckCase) => ({
  ...stuck,
  since: since.toISOString(),
  seenAt: seenAt.toISOString(),
  movedAt: movedAt?.toISOString() ?? null,
});
