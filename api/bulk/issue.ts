import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { MOST_ITEMS } from '../../domain/bulk.ts';
import { UnitId } from '../../domain/ids.ts';
import { processes, processOf } from '../../workflows/definitions.ts';
import { schemaOf } from '../../workflows/kit/define.ts';
import { accepting } from '../accepting.ts';
import { checkedForm } from '../form.ts';
import { bulkKind } from './kind.ts';
import { targetsOf } from './selection.ts';

const directives = [...processes.values()].filter(({ shape }) => shape === 'D').map(({ id }) => id);

/** What one unit gets where each gets something of its own: a row of a table. */
const OwnData = z.object({ data: z.unknown() });

/** 批量交办: one directive to many units, each a case of its own. */
export const bulkIssue = bulkKind({
  name: 'issue',
  title: { zh: '批量交办', en: 'Issue to many units' },
  schema: z.strictObject({
    kind: z.literal('issue'),
    process: z.enum(directives),
    data: z.unknown(),
    units: z.array(UnitId).min(1).max(MOST_ITEMS),
  }),
  targets: async (deps, asking, { process, data, units }) => {
    const { startableBy, overseenBy, intake } = processOf(process);
    demand(asking.actor, 'case.start', { startableBy, overseenBy, onBehalfOf: null });
    await checkedForm(deps, { form: schemaOf(intake), data }, asking);
    return targetsOf(units, { locale: asking.locale, path: 'units' });
  },
  judge: async (deps, asking, { params: { process, data }, target, input }) => {
    const own = input === undefined ? data : OwnData.parse(input).data;
    const unit = UnitId.parse(target);
    return { work: { acceptance: await accepting(deps, asking, { process, data: own, unit }) }, effect: { unit } };
  },
  caseOf: () => null,
});
