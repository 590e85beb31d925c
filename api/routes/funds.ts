import { z } from 'zod';
import { entryKinds } from '../../domain/fund.ts';
import { fenOf } from '../../domain/fund-booking.ts';
import { PlainDate } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { rowId } from '../../store/cursor.ts';
import { closeMonth, reconcile } from '../../store/fund/reconcile.ts';
import { askContribution, askReversal, decideRequest, readRequest, requestStates, requestsOf } from '../../store/fund/requests.ts';
import { coveredNow } from '../../store/fund/waiting.ts';
import { listEntries, listFunds } from '../../store/lists/fund.ts';
import { yuan } from '../../workflows/kit/fields.ts';
import { answerAsked } from '../answer-asked.ts';
import type { ApiDeps } from '../deps.ts';
import { XLSX } from '../read-body.ts';
import { Reply, type Route, route, Streamed } from '../route.ts';
import { csvOf, workbookOf } from '../sheet.ts';
import {
  EntryView,
  entrySheet,
  entryView,
  FundView,
  fundView,
  ReconciliationView,
  RequestView,
  reconciliationView,
  requestView,
} from '../views/fund.ts';
import { words } from './case-path.ts';
import { pageSize, pageView } from './paging.ts';

const params = z.object({ fund: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/) });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const MOST_EXPORTED = 50_000;

const NewContribution = z.strictObject({
  amount: yuan({ zh: '金额（元）', en: 'Amount in yuan' }),
  from: words,
  receivedOn: PlainDate,
  reference: z.string().trim().min(1).max(100),
});
const Decision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve') }),
  z.strictObject({ decision: z.literal('refuse'), reasons: words }),
]);

/** 资金账 (domain.md 3.2 `mutual-aid`): what came in and went out, by whom; two people for all that no case decides. */
export const fundRoutes = (deps: ApiDeps): Route[] => {
  const shown = async (id: string) => {
    const request = await readRequest(deps, id);
    if (request === null) throw new Problem('not-found');
    return requestView(request);
  };
  return [
    route.get(
      '/funds',
      { title: { zh: '资金', en: 'Funds' }, permission: 'fund.read', view: z.object({ items: z.array(FundView) }) },
      async () => ({ items: (await listFunds(deps.db)).map(fundView) }),
    ),
    route.get(
      '/funds/:fund/entries',
      {
        title: { zh: '资金账', en: 'The ledger of a fund' },
        permission: 'fund.read',
        params,
        query: z.strictObject({
          month: month.optional(),
          kind: z.enum(entryKinds).optional(),
          limit: pageSize,
          cursor: rowId.optional(),
          format: z.enum(['json', 'xlsx', 'csv']).default('json'),
        }),
        view: pageView(EntryView),
      },
      async ({ params: { fund }, query: { cursor, limit, format, ...filter } }) => {
        const wanted = { ...filter, fund, before: cursor === undefined ? undefined : BigInt(cursor) };
        if (format !== 'json') return ledgerFile(await listEntries(deps.db, { ...wanted, limit: MOST_EXPORTED }), { fund, format });
        const rows = await listEntries(deps.db, { ...wanted, limit: limit + 1 });
        const page = rows.slice(0, limit);
        return { items: page.map(entryView), nextCursor: rows.length > limit ? String(page.at(-1)?.no) : null };
      },
    ),
    route.get(
      '/funds/:fund/requests',
      {
        title: { zh: '待确认的入账与冲正', en: 'What waits for a second person' },
        permission: 'fund.read',
        params,
        query: z.strictObject({ state: z.enum(requestStates).optional() }),
        view: z.object({ items: z.array(RequestView) }),
      },
      async ({ params: { fund }, query: { state } }) => ({ items: (await requestsOf(deps, fund, state)).map(requestView) }),
    ),
    route.post(
      '/funds/:fund/contributions',
      {
        title: { zh: '登记入账，待第二人确认', en: 'Enter money that came in, for a second person to confirm' },
        permission: 'fund.ask',
        params,
        body: NewContribution,
        idempotent: true,
        status: 201,
        view: RequestView,
        problems: ['idempotency-conflict', 'not-found'],
      },
      async ({ params: { fund }, body: { amount, ...memo }, actor, at, key }) =>
        new Reply(201, await shown(await askContribution(deps, { fund, fen: BigInt(fenOf(amount)), by: actor.id, at, key, memo }))),
    ),
    route.post(
      '/funds/:fund/reversals',
      {
        title: { zh: '申请冲正一笔，待第二人确认', en: 'Ask for an entry to be reversed, for a second person to confirm' },
        permission: 'fund.ask',
        params,
        body: z.strictObject({ entry: z.int().min(1), reason: words }),
        idempotent: true,
        status: 201,
        view: RequestView,
        problems: ['idempotency-conflict', 'not-found'],
      },
      async ({ params: { fund }, body: { entry, reason }, actor, at, key }) =>
        new Reply(201, await shown(await askReversal(deps, { fund, no: BigInt(entry), by: actor.id, at, key, memo: { reason } }))),
    ),
    route.post(
      '/fund-requests/:id/decide',
      {
        title: { zh: '第二人确认或不予确认', en: 'Confirm or refuse, as the second person' },
        permission: 'fund.decide',
        params: z.object({ id: rowId }),
        body: Decision,
        view: RequestView,
        problems: ['not-found', 'needs-second-person', 'already-decided', 'fund-short', 'month-closed'],
      },
      async ({ params: { id }, body, actor, at }) => {
        const on = deps.policies.current.calendar.dayAt(at.getTime()).date;
        await decideRequest(deps, { id, by: actor.id, at, on, refusal: body.decision === 'refuse' ? body.reasons : null });
        const request = await shown(id);
        await answerAsked(deps, await coveredNow(deps, request.fund), { note: '有资金入账，自动继续。' });
        return request;
      },
    ),
    route.get(
      '/funds/:fund/reconciliation',
      {
        title: { zh: '账目核对', en: 'Reconciliation' },
        permission: 'fund.read',
        params,
        view: ReconciliationView,
        problems: ['not-found'],
      },
      async ({ params: { fund } }) => reconciliationView(await reconcile(deps.db, fund)),
    ),
    route.post(
      '/funds/:fund/close',
      {
        title: { zh: '月末结账', en: 'Close a month' },
        permission: 'fund.close',
        params,
        body: z.strictObject({ month, statement: z.number().min(0).max(1e12).multipleOf(0.01) }),
        view: ReconciliationView,
        problems: ['not-found', 'not-now', 'month-closed', 'books-differ'],
      },
      async ({ params: { fund }, body, actor, at }) => {
        const on = deps.policies.current.calendar.dayAt(at.getTime()).date;
        await closeMonth(deps.db, { fund, month: body.month, statement: BigInt(fenOf(body.statement)), by: actor.id, at, on });
        return reconciliationView(await reconcile(deps.db, fund));
      },
    ),
  ];
};

async function ledgerFile(
  rows: Parameters<typeof entrySheet>[0],
  { fund, format }: { readonly fund: string; readonly format: 'xlsx' | 'csv' },
) {
  const sheet = entrySheet(rows);
  const body = format === 'xlsx' ? await workbookOf([sheet]) : csvOf(sheet);
  return new Streamed(async (response) => {
    response
      .attachment(`${fund}.${format}`)
      .type(format === 'xlsx' ? XLSX : 'text/csv')
      .set('Cache-Control', 'no-store')
      .send(body);
  });
}
