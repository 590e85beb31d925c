import { z } from 'zod';
import { CaseNumber, PersonId } from '../../domain/ids.ts';
import { holdingsOf } from '../../store/lists/holdings.ts';
import { handingOver } from '../handing-over.ts';
import { words } from '../routes/case-path.ts';
import { viewingAt } from '../viewing.ts';
import { bulkKind } from './kind.ts';
import { targetsOf } from './selection.ts';

/** 离岗交接: each case in which someone has anything is one item and gets one event. */
export const bulkHandOver = bulkKind({
  name: 'hand-over',
  title: { zh: '离岗交接', en: 'Hand over what someone held' },
  schema: z.strictObject({ kind: z.literal('hand-over'), from: PersonId, to: PersonId, reason: words }),
  targets: async (deps, { actor, locale, at }, { from }) => {
    const holdings = await holdingsOf(deps.db, from, { actor, viewing: viewingAt(at) });
    return targetsOf(
      holdings.map(({ number }) => number),
      { locale, path: 'from' },
    );
  },
  judge: async (deps, asking, { params: { from, to, reason }, target }) => ({
    work: { plan: await handingOver(deps, asking, { number: CaseNumber.parse(target), from, to, reason }) },
    effect: { from, to },
  }),
  caseOf: (target) => CaseNumber.parse(target),
});
