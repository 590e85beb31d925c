import { z } from 'zod';
import type { DocumentKindId } from '../domain/documents.ts';
import { waysOfService } from '../domain/service-of-documents.ts';
import {
  barNotice,
  clearing,
  filingDecision,
  measureDecision,
  measureLifted,
  noticeOfFacts,
  sanctionDecision,
  talkRecord,
} from './discipline.ts';
import type { DocumentKind } from './kind.ts';
import { type Block, paragraph, plain } from './letter.ts';

const Reply = z.object({ found: z.string(), done: z.string(), rules: z.array(z.string()), remedies: z.string() });
const Decided = z.object({ decision: z.string() });
const Directive = z.object({ title: z.string(), order: z.string(), tier: z.string(), supporting: z.array(z.string()).default([]) });
const Inspected = z.object({ demands: z.string(), limit: z.string(), rule: z.string().optional() });
const Findings = z.object({ points: z.array(z.object({ point: z.string(), finding: z.string(), facts: z.string() })) });
const Rectified = z.object({ order: z.string() });

const sealed = { signatures: [] };

/** 申诉答复书: as it was drafted and approved by another person (domain.md 3.1, appeal 4). */
const appealReply: DocumentKind = {
  title: { zh: '申诉答复书', en: 'Reply to an appeal' },
  processes: ['appeal'],
  write: ({ number, subject, openedOn, answer, nameOf }) => {
    const reply = Reply.safeParse(answer('draft-reply'));
    const approved = Decided.safeParse(answer('approve-reply'));
    if (!reply.success || !approved.success || approved.data.decision !== 'approve') return null;
    const { found, done, rules, remedies } = reply.data;
    return {
      addressee: subject,
      blocks: [
        plain(`你于${openedOn}提出的诉求（件号${number}）收悉。经研究，现答复如下：`),
        paragraph('一、查明的情况', found),
        paragraph('二、处理情况', done),
        paragraph('三、适用的规定', rules.map((rule) => nameOf('rule', rule)).join('；')),
        paragraph('四、救济途径', remedies),
      ],
      closing: '特此答复。',
      ...sealed,
    };
  },
};

/** 督办通知单. */
const directive: DocumentKind = {
  title: { zh: '督办通知单', en: 'Directive' },
  processes: ['supervision'],
  write: ({ number, unit, openedOn, intake, nameOf }) => {
    const { title, order, tier, supporting } = Directive.parse(intake);
    return {
      addressee: unit,
      blocks: [
        plain('现将下列事项交由你单位办理，请按要求落实并按期反馈。'),
        {
          kind: 'rows',
          rows: [
            ['督办编号', number],
            ['督办事项', title],
            ['交办日期', openedOn],
            ['办理时限', `${tier}天`],
            ['主办单位', unit],
            ['协办单位', supporting.map((each) => nameOf('unit', each)).join('、') || '无'],
          ],
        },
        paragraph('督办要求', order),
      ],
      closing: '逾期未办结的，按规定逐级督办；督办未果的，移送督察。',
      ...sealed,
    };
  },
};

const findingTitles = new Map([
  ['done', '已落实'],
  ['partly', '部分落实'],
  ['not-done', '未落实'],
]);

/** 督察令: as it was decided, after the findings of two inspectors. */
const inspectionOrder: DocumentKind = {
  title: { zh: '督察令', en: 'Inspection order' },
  processes: ['inspection-order'],
  write: ({ unit, answer, nameOf }) => {
    const order = Inspected.safeParse(answer('order'));
    const findings = Findings.safeParse(answer('findings'));
    if (!order.success || !findings.success) return null;
    const { demands, limit, rule } = order.data;
    const points = findings.data.points.map(
      ({ point, finding, facts }, index) => `（${index + 1}）${point}：${findingTitles.get(finding) ?? finding}。${facts}`,
    );
    return {
      addressee: unit,
      blocks: [
        paragraph('一、督察结论', points.join('\n')),
        paragraph('二、限期纠正事项', demands),
        ...(rule === undefined ? [] : [paragraph('三、依据', nameOf('rule', rule))]),
        plain(`请自收到本令之日起${limit}个工作日内纠正完毕，并报送纠正情况及佐证材料。拒不纠正或者逾期未纠正的，移送追究领导责任。`),
      ],
      closing: '此令。',
      ...sealed,
    };
  },
};

/** 整改通知书. */
const rectificationNotice: DocumentKind = {
  title: { zh: '整改通知书', en: 'Notice of rectification' },
  processes: ['rectification'],
  write: ({ unit, intake }) => ({
    addressee: unit,
    blocks: [
      plain('经查，你单位存在需要整改的问题。现将整改要求通知如下：'),
      paragraph('整改要求', Rectified.parse(intake).order),
      plain('请查明根本原因，制定并落实整改措施，按期报送整改情况。整改完成后将予核验，并适时回头看。'),
    ],
    closing: '特此通知。',
    ...sealed,
  }),
};

/** 送达回证: of a document that was served, or to be signed where it is still to be served. */
const proofOfService: DocumentKind = {
  title: { zh: '送达回证', en: 'Proof of service' },
  write: ({ service }) => {
    if (service === null) return null;
    const { to, document, how, at, witnesses, servedBy, remarks } = service;
    const rows: Block = {
      kind: 'rows',
      rows: [
        ['受送达人', to],
        ['送达文书', document],
        ['送达方式', how === null ? '' : waysOfService[how].zh],
        ['送达时间', at ?? '　　年　　月　　日　　时　　分'],
        ['送达人', servedBy ?? ''],
        ['见证人', witnesses.join('、')],
      ],
    };
    return {
      addressee: null,
      blocks: remarks === null ? [rows] : [rows, paragraph('备注', remarks)],
      closing: null,
      signatures: ['受送达人', '送达人', ...(how === 'refused' ? ['见证人', '见证人'] : [])],
    };
  },
};

/** 文书: all that a case can issue. Those of other processes are added here and in the policy (`documents.series`). */
export const documentKinds: Readonly<Record<DocumentKindId, DocumentKind>> = {
  'appeal-reply': appealReply,
  directive,
  'inspection-order': inspectionOrder,
  'rectification-notice': rectificationNotice,
  'proof-of-service': proofOfService,
  'talk-record': talkRecord,
  'filing-decision': filingDecision,
  'notice-of-facts': noticeOfFacts,
  'sanction-decision': sanctionDecision,
  clearing,
  'measure-decision': measureDecision,
  'measure-lifted': measureLifted,
  'bar-notice': barNotice,
};
