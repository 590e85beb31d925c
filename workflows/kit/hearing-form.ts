import { z } from 'zod';
import { attachments, longText, tag } from './fields.ts';

/** 陈述申辩: what somebody has to say to the facts, or that they have nothing to say, in writing. */
export const hearingForm = () =>
  z.discriminatedUnion('answer', [
    z.strictObject({
      answer: tag('stated', { zh: '陈述和申辩', en: 'I state my view' }),
      statement: longText({ zh: '陈述和申辩意见', en: 'Your view of the facts' }, 20_000),
      attachments: attachments(),
    }),
    z.strictObject({
      answer: tag('waived', { zh: '书面放弃陈述申辩', en: 'I waive it in writing' }),
      remarks: longText({ zh: '说明', en: 'Remarks' }).optional(),
    }),
  ]);
export type HearingForm = z.output<ReturnType<typeof hearingForm>>;
