import { z } from 'zod';
import type { Permission } from '../../domain/access.ts';
import { ItemId, PersonId, type Text, UnitId } from '../../domain/ids.ts';
import type { ProblemSlug } from '../../domain/problems.ts';
import { itemStates } from '../../domain/round-item.ts';
import { coverageFor, itemsOfPerson, listItems } from '../../store/lists/items.ts';
import { type Acting, doOnce } from '../act.ts';
import { caseFor } from '../case-for.ts';
import { onceDone } from '../database-away.ts';
import type { ApiDeps } from '../deps.ts';
import { answerNeed, completeItem, type ItemAddress, reassignItem, strikeItem } from '../item-acts.ts';
import { currentItem, itemFactsOf, scopeOf } from '../item-for.ts';
import { type Route, route } from '../route.ts';
import { CoverageView, coverageView, ItemForms, ItemView, itemForms, itemView } from '../views/item.ts';
import { itemOffers } from '../views/offers.ts';
import { casePath, words } from './case-path.ts';
import { pageSize, pageView } from './paging.ts';

const itemPath = casePath.extend({ item: ItemId });

const command = <B extends z.ZodType>(title: Text, permission: Permission, body: B, problems: readonly ProblemSlug[] = []) =>
  ({
    title,
    permission,
    params: itemPath,
    body,
    idempotent: true,
    view: ItemView,
    problems: ['forbidden', 'recused', 'case-not-open', 'task-not-open', 'idempotency-conflict', 'invalid-form', ...problems],
  }) as const;

interface Doing extends Acting {
  readonly params: z.output<typeof itemPath>;
}

/** 名单: whom a round covers, and what is done with each. */
export const caseItemRoutes = (deps: ApiDeps): Route[] => {
  const once = async (call: Doing, act: (at: ItemAddress) => Promise<void>) => {
    const { number, item } = call.params;
    await doOnce(deps, call, number, () => act({ number, id: item }));
    return onceDone(currentItem(deps, { ...call, at: new Date() }, { number, id: item }));
  };
  return [
    route.get(
      '/cases/:number/items',
      {
        title: { zh: '轮次名单与覆盖情况', en: 'Whom a round covers, and how far it has come' },
        permission: 'item.list',
        params: casePath,
        query: z.strictObject({
          key: z.string().max(60).optional(),
          state: z.enum(itemStates).optional(),
          unit: UnitId.optional(),
          assignee: PersonId.optional(),
          q: z.string().trim().min(1).max(60).optional(),
          limit: pageSize,
          cursor: z.string().max(500).optional(),
        }),
        view: pageView(ItemView).extend({ coverage: z.array(CoverageView), forms: ItemForms }),
        problems: ['forbidden', 'malformed'],
      },
      async (call) => {
        const { number } = call.params;
        const found = await caseFor(deps, call, { number, permission: 'item.list' });
        const scope = scopeOf(call, found);
        const [page, coverage] = await Promise.all([
          listItems(deps.db, number, { ...scope, ...call.query, cursor: call.query.cursor }),
          coverageFor(deps.db, number, scope),
        ]);
        return {
          items: page.rows.map((row) => ({
            ...itemView(row, { actor: call.actor, now: call.at }),
            may: itemOffers(call.actor, itemFactsOf(row, found.facts)),
          })),
          nextCursor: page.nextCursor,
          coverage: coverage.map((row) => coverageView(found.record.process, row)),
          forms: itemForms(found.record.process, call.locale),
        };
      },
    ),
    route.get(
      '/cases/:number/items/:item',
      {
        title: { zh: '名单中的一项', en: 'One whom a round covers' },
        permission: 'item.read',
        params: itemPath,
        view: ItemView,
      },
      async (call) => currentItem(deps, call, { number: call.params.number, id: call.params.item }),
    ),
    route.post(
      '/cases/:number/items/:item/complete',
      command({ zh: '登记已落实', en: 'Record that it was done' }, 'item.complete', z.strictObject({ data: z.unknown() })),
      async (call) => once(call, (at) => completeItem(deps, call, at, call.body.data)),
    ),
    route.post(
      '/cases/:number/items/:item/reassign',
      command({ zh: '改派', en: 'Give it to someone else' }, 'item.reassign', z.strictObject({ to: PersonId, reason: words })),
      async (call) => once(call, (at) => reassignItem(deps, call, at, call.body)),
    ),
    route.post(
      '/cases/:number/items/:item/strike',
      command({ zh: '划除', en: 'Strike it out' }, 'item.strike', z.strictObject({ reason: words })),
      async (call) => once(call, (at) => strikeItem(deps, call, at, call.body.reason)),
    ),
    route.post(
      '/cases/:number/items/:item/need',
      command(
        { zh: '本人决定需求是否转为诉求', en: 'Say whether your need becomes an appeal' },
        'item.answer-need',
        z.strictObject({
          agree: z.boolean(),
          /** What the appeal says, where the person would rather put it in their own words. */
          title: z.string().trim().min(1).max(120).optional(),
          content: z.string().trim().min(1).max(5000).optional(),
        }),
        ['not-now', 'already-decided'],
      ),
      async (call) => once(call, (at) => answerNeed(deps, call, at, call.body)),
    ),
    route.get(
      '/me/items',
      {
        title: { zh: '由我落实的与关于我的轮次事项', en: 'What is mine to see to in rounds, and what is about me' },
        permission: 'me',
        view: z.object({ items: z.array(ItemView) }),
      },
      async ({ actor, at }) => ({
        items: (await itemsOfPerson(deps.db, actor.id)).map((row) => itemView(row, { actor, now: at })),
      }),
    ),
  ];
};
