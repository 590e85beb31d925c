import { z } from 'zod';
import { CaseNumber } from '../../domain/ids.ts';
import { words } from '../routes/case-path.ts';
import { urging } from '../urging.ts';
import { bulkKind } from './kind.ts';
import { CaseSelection, selectedCases } from './selection.ts';

/** 批量催办. */
export const bulkRemind = bulkKind({
  name: 'remind',
  title: { zh: '批量催办', en: 'Urge cases' },
  schema: z.strictObject({ kind: z.literal('remind'), select: CaseSelection, text: words }),
  targets: (deps, asking, { select }) => selectedCases(deps, asking, select),
  judge: async (deps, asking, { params: { text }, target }) => ({
    work: { plan: await urging(deps, asking, { number: CaseNumber.parse(target), text }) },
    effect: {},
  }),
  caseOf: (target) => CaseNumber.parse(target),
});
