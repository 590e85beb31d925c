import { z } from 'zod';
import { formsOfHandling, type Sanction, sanctions } from '../../domain/sanctions.ts';
import { statutoryDays } from '../../domain/statutory-limits.ts';
import type { TaskDefinition } from '../kit/define.ts';
import { attachments, choice, day, longText, note, rule, shortText, tag, wholeNumber } from '../kit/fields.ts';

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

/** Where the day of the act stands, by which rules are cited. */
type DayOfAct = `${'form' | 'intake'}.${string}`;

const oneMeasure = <M extends 'suspension' | 'confinement'>(measure: M, inForceOn: DayOfAct) => {
  const { least, most } = statutoryDays(measure);
  const title = { suspension: { zh: '先停止执行职务', en: 'Suspend first' }, confinement: { zh: '先禁闭', en: 'Confine first' } };
  return z.strictObject({
    measure: tag(measure, title[measure]),
    days: wholeNumber({ zh: `期限（${least}–${most} 日）`, en: `Days (${least}–${most})` }, least, most),
    measureGround: rule({ zh: '采取措施的依据', en: 'Rule that allows the measure' }, { inForceOn }),
    necessity: longText({ zh: '必要性', en: 'Why it is needed' }),
  });
};

/** 先行措施: what is taken before the inquiry where grounds need it. */
export const measureFirst = (inForceOn: DayOfAct) =>
  z
    .discriminatedUnion('measure', [oneMeasure('suspension', inForceOn), oneMeasure('confinement', inForceOn)])
    .meta({ title: { zh: '先行措施', en: 'Measure before the inquiry' } } as unknown as z.GlobalMeta)
    .optional();

const sanctionsOf = { '2': ['admonition', 'warning', 'demerit'], '3': ['major-demerit', 'demotion', 'removal'] } as const satisfies Record<
  string,
  readonly Sanction[]
>;

/** 处分: forms 2 and 3 of handling, each with the sanctions that belong to it. */
export const sanctionOf = <K extends '2' | '3'>(form: K, inForceOn: DayOfAct) => {
  const ids = sanctionsOf[form];
  const choices = Object.fromEntries(ids.map((id) => [id, sanctions[id]])) as Record<
    (typeof sanctionsOf)[K][number],
    (typeof sanctions)[Sanction]
  >;
  return z.strictObject({
    handling: tag(form, formsOfHandling[form]),
    sanction: choice({ zh: '处分', en: 'Sanction' }, choices),
    effectiveOn: day({ zh: '生效日期', en: 'Day on which it takes effect' }),
    ground: rule({ zh: '依据的规定', en: 'Rule that it rests on' }, { inForceOn }),
    facts: longText({ zh: '认定的事实', en: 'Facts established' }, 20_000),
    reasons,
  });
};

export type Sanctioned = z.output<ReturnType<typeof sanctionOf<'2' | '3'>>>;

/** What follows a decision: carried out, and open to its remedies; made good where it falls. */
export const sanctionTasks = {
  'carry-out': {
    title: { zh: '执行职务、级别、待遇调整', en: 'Carry out what follows for post and pay' },
    role: 'political-department',
    duty: 'inform',
    stage: 'effect',
    form: () => note({ zh: '执行情况', en: 'What was done' }),
  },
  'ask-reconsideration': {
    title: { zh: '申请复核或提出申诉', en: 'Ask for reconsideration, or complain' },
    role: 'subject',
    duty: 'inform',
    stage: 'effect',
    form: reconsideration,
  },
  reconsider: { title: { zh: '复核', en: 'Reconsider' }, role: 'reviewer', duty: 'review', stage: 'effect', form: judgement },
  complain: {
    title: { zh: '对复核结果提出申诉', en: 'Complain about the result' },
    role: 'subject',
    duty: 'inform',
    stage: 'effect',
    form: complaint,
  },
  'decide-complaint': {
    title: { zh: '上级处理申诉', en: 'Decide the complaint, one level up' },
    role: 'reviewer',
    duty: 'review',
    stage: 'effect',
    form: judgement,
  },
  'restore-duty': {
    title: { zh: '恢复职务', en: 'Restore to duty' },
    role: 'unit-leader',
    duty: 'inform',
    stage: 'restore',
    form: () => note({ zh: '恢复情况', en: 'What was restored' }),
  },
  'make-good-pay': {
    title: { zh: '补发待遇', en: 'Make the pay good' },
    role: 'political-department',
    duty: 'inform',
    stage: 'restore',
    form: () => note({ zh: '补发情况', en: 'What was paid' }),
  },
  'clear-name': {
    title: { zh: '在原范围内澄清正名', en: 'Clear the name, in the same circle' },
    role: 'political-department',
    duty: 'inform',
    stage: 'restore',
    form: clearName,
  },
} satisfies Record<string, TaskDefinition>;
