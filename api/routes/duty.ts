import { candidatesOf } from '../../store/candidates.ts';
import { dutyList, namesOfUsers } from '../../store/lists/duty.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { DutyView, dutyView } from '../views/duty.ts';

export const dutyRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/duty',
    {
      title: { zh: '值班清单：尚无人响应的紧急事项', en: 'The duty list: emergencies that wait for an answer' },
      permission: 'duty.read',
      view: DutyView,
    },
    async ({ actor, at }) => {
      const rows = await dutyList(deps.db, { actor, viewing: viewingAt(at) });
      const candidates = await candidatesOf(
        deps.db,
        rows.map(({ id }) => id),
        at,
      );
      const names = await namesOfUsers(deps.db, [...new Set([...candidates.values()].flat())]);
      return dutyView(rows, { now: at, candidates, names });
    },
  ),
];
