import { z } from 'zod';
import { SavedView, savedViewsOf, saveViews } from '../../store/saved-views.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';

const Views = z.object({ items: z.array(SavedView).max(30) });

/** 我的视图: filters of the list of tasks that a person keeps under a name, on whatever device. */
export const savedViewRoutes = (deps: ApiDeps): Route[] => [
  route.get('/me/views', { title: { zh: '我的视图', en: 'Own saved views' }, permission: 'me', view: Views }, async ({ actor }) => ({
    items: await savedViewsOf(deps, actor.id),
  })),
  route.put(
    '/me/views',
    {
      title: { zh: '保存我的视图', en: 'Keep these views and no others' },
      permission: 'me',
      body: z.strictObject(Views.shape),
      view: Views,
    },
    async ({ actor, body, at }) => {
      await saveViews(deps, actor.id, { views: body.items, at });
      return body;
    },
  ),
];
