import { z } from 'zod';
import { sanctions } from '../../domain/sanctions.ts';
import { attachments, choice, longText, shortText, tag } from '../kit/fields.ts';

const grounds = longText({ zh: '理由', en: 'Grounds' }, 20_000);
const reasons = longText({ zh: '理由', en: 'Reasons' }, 10_000);

/** 申请复核，或不经复核直接申诉. @source Civil Servants Law art. 95 */
export const reconsideration = () =>
  z.strictObject({
    way: choice(
      { zh: '方式', en: 'What you ask for' },
      { reconsideration: { zh: '申请复核', en: 'Reconsideration' }, complaint: { zh: '直接申诉', en: 'A complaint at once' } },
    ),
    grounds,
    attachments: attachments(),
  });

export const complaint = () => z.strictObject({ grounds, attachments: attachments() });

/** What a remedy comes to: never to the disadvantage of whoever asked for it. */
export const judgement = () =>
  z.discriminatedUnion('finding', [
    z.strictObject({ finding: tag('upheld', { zh: '维持', en: 'Upheld' }), reasons }),
    z.strictObject({
      finding: tag('lighter', { zh: '变更为较轻的处分', en: 'A lighter sanction' }),
      sanction: choice({ zh: '变更为', en: 'Sanction' }, sanctions),
      reasons,
    }),
    z.strictObject({ finding: tag('quashed', { zh: '撤销', en: 'Quashed' }), reasons }),
  ]);
export type Judgement = z.output<ReturnType<typeof judgement>>;

/** 澄清正名 (domain.md §4.4). */
export const clearName = () =>
  z.strictObject({
    circle: shortText({ zh: '澄清范围', en: 'Circle in which it was cleared' }),
    how: longText({ zh: '方式与内容', en: 'How' }, 2000),
  });
