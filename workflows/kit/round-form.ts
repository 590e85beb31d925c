import { z } from 'zod';
import type { Text } from '../../domain/ids.ts';
import type { Role } from '../../domain/roles.ts';
import { type CommonOutcome, commonOutcomes, type ProcessDefinition } from './define.ts';
import { decision, longText, shortText } from './fields.ts';

/** Which period it is for: `2026-Q4`, or an occasion of a year. */
export const period = () => z.strictObject({ period: shortText({ zh: '期次', en: 'Period' }, 60) });

/** What ends a round over people or units: whoever keeps it concludes it, and where someone is left another decides on the reasons. */
export const roundTasks = (keeper: Role) => ({
  conclude: {
    title: { zh: '办结本轮', en: 'Conclude the round' },
    role: keeper,
    duty: 'handle' as const,
    afterCoverage: true as const,
    stage: 'covering',
    form: () =>
      z.strictObject({
        summary: longText({ zh: '本轮小结', en: 'Summary' }, 10_000),
        reasons: longText({ zh: '仍有未覆盖对象的原因', en: 'Why some are not covered' }).optional(),
      }),
  },
  approve: {
    title: { zh: '审批未覆盖原因', en: 'Decide on the reasons' },
    role: 'bureau-leader' as const,
    duty: 'decide' as const,
    form: decision,
  },
});

export const roundStages = { covering: { zh: '逐一落实', en: 'Being covered' } };

export const roundOutcomes = ['covered', 'partly-covered', 'nobody-to-cover'] as const;
export const roundOutcomeTitles: Readonly<Record<(typeof roundOutcomes)[number] | CommonOutcome, Text>> = {
  covered: { zh: '全部覆盖', en: 'Everyone covered' },
  'partly-covered': { zh: '部分覆盖，原因已审批', en: 'Partly covered, for reasons that were approved' },
  'nobody-to-cover': { zh: '本轮无覆盖对象', en: 'Nobody to cover' },
  ...commonOutcomes,
};

/** What all rounds over people or units are. */
export type RoundProcess = ProcessDefinition<ReturnType<typeof period>, ReturnType<typeof roundTasks>, typeof roundOutcomes>;

/** 需求: raised by the person; it becomes an appeal only if the person says so (domain.md §3.4 `heart-talk`). */
export const need = () =>
  z
    .strictObject({
      title: shortText({ zh: '需求标题', en: 'Title of the need' }, 120),
      content: longText({ zh: '需求内容', en: 'What is needed' }),
    })
    .meta({
      title: { zh: '提出的需求（经本人同意才转为诉求）', en: 'A need raised (becomes an appeal only if the person agrees)' },
    } as unknown as z.GlobalMeta)
    .optional();
