import { z } from 'zod';
import { formsOfHandling, type Sanction, sanctions } from '../domain/sanctions.ts';
import type { About } from './about.ts';
import type { DocumentKind } from './kind.ts';
import { type Block, paragraph, plain } from './letter.ts';

/* 违纪违法案件的文书. */

const toPerson = { signatures: ['受送达人'] };
const Approved = z.object({ decision: z.literal('approve') });
const isApproved = (answer: unknown): boolean => Approved.safeParse(answer).success;

const Act = z.object({ actOn: z.string(), ground: z.string() });
const Filed = z.object({ decision: z.literal('file') });
const Inquired = z.object({ told: z.string() });
const Sanctioned = z.object({
  handling: z.enum(['2', '3']),
  sanction: z.enum(Object.keys(sanctions) as [Sanction]),
  effectiveOn: z.string(),
  ground: z.string(),
  facts: z.string(),
  reasons: z.string(),
});
const Cleared = z.object({ circle: z.string(), how: z.string() });
const Measure = z.object({ measure: z.enum(['suspension', 'confinement']), days: z.number(), ground: z.string(), reasons: z.string() });
const Bar = z.object({
  bar: z.enum(['honours', 'promotion']),
  sanction: z.enum(Object.keys(sanctions) as [Sanction]),
  decidedOn: z.string(),
  ground: z.string(),
  explanation: z.string(),
});
const Held = z.object({ record: z.string(), said: z.string(), agreed: z.string() });
const Signed = z.object({ answer: z.enum(['signed', 'commented']), comment: z.string().optional() });

const inquiries = ['discipline', 'accountability', 'dual-investigation'] as const;
const measures = { suspension: '停止执行职务', confinement: '禁闭' };

/** 立案决定书. */
export const filingDecision: DocumentKind = {
  title: { zh: '立案决定书', en: 'Decision to file a case' },
  processes: ['discipline'],
  write: ({ subject, intake, answer, nameOf }) => {
    if (!Filed.safeParse(answer('file')).success) return null;
    const { actOn, ground } = Act.parse(intake);
    return {
      addressee: subject,
      blocks: [plain(`经审批，决定对你${dayText(actOn)}涉嫌违反${nameOf('rule', ground)}的问题立案调查。`), plain(recusal)],
      closing: '特此通知。',
      ...toPerson,
    };
  },
};

/** @source People's Police Law art. 45 */
const recusal = '调查人员与本案有利害关系的，你有权申请其回避。调查期间你应当如实说明情况，并有权陈述和申辩。';

/** 事实告知书: what a person is told before being heard. */
export const noticeOfFacts: DocumentKind = {
  title: { zh: '违纪违法事实告知书', en: 'Notice of facts, and of the right to be heard' },
  processes: inquiries,
  write: ({ subject, answer }) => {
    const inquired = Inquired.safeParse(answer('investigate'));
    if (!inquired.success || !isApproved(answer('countersign'))) return null;
    const { told: facts } = inquired.data;
    return {
      addressee: subject,
      blocks: [
        paragraph('一、查明的事实和拟处理意见', facts),
        paragraph(
          '二、你的权利',
          '你可以自收到本告知书之日起，在任务载明的期限内陈述和申辩，提交证据，并查阅经保密处理的案卷材料；书面放弃或者逾期未提出的，视为放弃。陈述申辩不会加重对你的处理。',
        ),
      ],
      closing: '特此告知。',
      ...toPerson,
    };
  },
};

/** 处分决定书, as it was drafted and approved by another person. */
export const sanctionDecision: DocumentKind = {
  title: { zh: '处分决定书', en: 'Decision on a sanction' },
  processes: inquiries,
  write: (about) => {
    const decided = Sanctioned.safeParse(about.answer('decide'));
    if (!decided.success || !isApproved(about.answer('approve-decision'))) return null;
    const { handling, sanction, effectiveOn, ground, facts, reasons } = decided.data;
    return {
      addressee: about.subject,
      blocks: [
        paragraph('一、认定的事实', facts),
        paragraph('二、理由和依据', `${reasons}\n依据${about.nameOf('rule', ground)}。`),
        paragraph(
          '三、处理决定',
          `给予你${sanctions[sanction].zh}处分（${formsOfHandling[handling].zh}），自${dayText(effectiveOn)}起生效。影响期内按规定不得评先评优、晋升，期满自行解除。`,
        ),
        paragraph('四、救济途径', remedy),
      ],
      closing: null,
      ...toPerson,
    };
  },
};

/** @source Civil Servants Law art. 95 */
const remedy =
  '不服本决定的，可以自收到之日起三十日内申请复核；对复核结果不服的，可以自收到复核决定之日起十五日内向上一级机关提出申诉；也可以不经复核，自收到本决定之日起三十日内直接申诉。复核、申诉期间不停止本决定的执行，也不因此加重处理。';

/** 澄清正名函: read in the same circle in which the name was damaged (domain.md §4.4). */
export const clearing: DocumentKind = {
  title: { zh: '澄清正名函', en: 'Letter that clears a name' },
  processes: [...inquiries, 'measure'],
  write: ({ subject, answer }) => {
    const cleared = Cleared.safeParse(answer('clear-name'));
    if (!cleared.success) return null;
    const { circle, how } = cleared.data;
    return {
      addressee: circle,
      blocks: [plain(`经查，反映${subject}的问题不属实或者不构成违纪违法，现予澄清，恢复名誉。`), paragraph('澄清方式', how)],
      closing: '特此函告。',
      signatures: [],
    };
  },
};

/** 停止执行职务、禁闭决定书. */
export const measureDecision: DocumentKind = {
  title: { zh: '停止执行职务（禁闭）决定书', en: 'Decision on a suspension or confinement' },
  processes: ['measure'],
  write: ({ subject, intake, answer, nameOf }) => {
    if (!isApproved(answer('approve'))) return null;
    const { measure, days, ground, reasons } = Measure.parse(intake);
    return {
      addressee: subject,
      blocks: [
        paragraph('一、事实与必要性', reasons),
        paragraph(
          '二、决定',
          `依据${nameOf('rule', ground)}，决定对你采取${measures[measure]}措施，期限${days}日，自批准之时起算，期满自行解除。`,
        ),
        paragraph(
          '三、救济途径',
          '对本措施不服的，可以在执行期间随时向上一级申诉：禁闭二十四小时内、停止执行职务五日内作出决定；申诉期间措施不停止执行。经查无过错的，恢复职务、补发待遇、澄清正名。',
        ),
      ],
      closing: null,
      ...toPerson,
    };
  },
};

/** 解除通知书, once it has been said whether there was fault. */
export const measureLifted: DocumentKind = {
  title: { zh: '解除措施通知书', en: 'Notice that a measure has ended' },
  processes: ['measure'],
  write: ({ subject, intake, answer }) => {
    const concluded = z.object({ finding: z.enum(['fault', 'no-fault']) }).safeParse(answer('conclude'));
    const quashed = z.object({ finding: z.literal('quashed') }).safeParse(answer('decide-appeal')).success;
    if (!concluded.success && !quashed) return null;
    const { measure } = Measure.parse(intake);
    return {
      addressee: subject,
      blocks: [plain(`对你采取的${measures[measure]}措施已经解除，请即恢复执行职务。`)],
      closing: '特此通知。',
      ...toPerson,
    };
  },
};

/** 影响期告知书: of a bar. */
export const barNotice: DocumentKind = {
  title: { zh: '影响期告知书', en: 'Notice of a bar' },
  processes: ['eligibility-bar'],
  write: ({ subject, intake, nameOf }) => {
    const { bar, sanction, decidedOn, ground, explanation } = Bar.parse(intake);
    return {
      addressee: subject,
      blocks: [
        plain(
          `因${sanctions[sanction].zh}（${dayText(decidedOn)}起生效），依据${nameOf('rule', ground)}，你在影响期内${bar === 'honours' ? '不得评先评优' : '不得晋升'}，期满自行解除。`,
        ),
        paragraph('说明', explanation),
        paragraph('救济途径', remedy),
      ],
      closing: '特此告知。',
      ...toPerson,
    };
  },
};

/** 谈话笔录: of a warning talk, or of an interview in the file of an investigation. */
export const talkRecord: DocumentKind = {
  title: { zh: '谈话笔录', en: 'Record of a talk' },
  processes: [...inquiries, 'warning-talk'],
  write: ({ number, subject, answer, interview }) => {
    const said = interview ? ofInterview(interview) : ofTalk(answer);
    if (said === null) return null;
    const rows: Block = { kind: 'rows', rows: [['件号', number], ['被谈话人', interview?.of ?? subject], ...said.rows] };
    return {
      addressee: null,
      blocks: [rows, ...said.blocks],
      closing: '以上笔录已经本人核对。',
      signatures: ['被谈话人', '谈话人', ...(interview ? ['谈话人'] : []), '记录人'],
    };
  },
};

interface Said {
  readonly rows: [string, string][];
  readonly blocks: readonly Block[];
}

const ofInterview = ({ at, place, interviewers, said }: NonNullable<About['interview']>): Said => ({
  rows: [
    ['谈话时间', at],
    ['谈话地点', place],
    ['谈话人', interviewers.join('、')],
  ],
  blocks: [paragraph('谈话内容', said)],
});

function ofTalk(answer: About['answer']): Said | null {
  const held = Held.safeParse(answer('hold'));
  if (!held.success) return null;
  const signed = Signed.safeParse(answer('countersign'));
  const comment = signed.success ? signed.data.comment : undefined;
  return {
    rows: [],
    blocks: [
      paragraph('一、谈话内容', held.data.record),
      paragraph('二、本人陈述', held.data.said),
      paragraph('三、改进与帮助措施', held.data.agreed),
      ...(comment === undefined ? [] : [paragraph('四、本人不同意见', comment)]),
    ],
  };
}

/** `2026-11-25` as 2026年11月25日. */
function dayText(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
