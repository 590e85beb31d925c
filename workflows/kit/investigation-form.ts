import { z } from 'zod';
import { findingResults, type RecordKind } from '../../domain/investigation.ts';
import { attachments, choice, day, instant, list, longText, people, person, rule, shortText, wholeNumber } from './fields.ts';

/** Whoever belongs to the bureau by their id, others by name. */
const someone = {
  person: person({ zh: '本局人员', en: 'Member of the bureau' }).optional(),
  name: shortText({ zh: '姓名（非本局人员）', en: 'Name of someone else' }).optional(),
};
const isSomeone = ({ person: id, name }: { person?: string | undefined; name?: string | undefined }) =>
  (id === undefined) !== (name === undefined);
const eitherOr = { error: '请填写本局人员或姓名之一 / either a member of the bureau or a name' };
const withheld = () => longText({ zh: '不向当事人展示的理由', en: 'Why the person heard is not shown it' }, 500).optional();

/** 调查卷: the entries of the file of an investigation. */
export const recordForms = {
  allegation: () =>
    z.strictObject({
      against: person({ zh: '被指控人', en: 'Person alleged' }),
      actOn: day({ zh: '行为发生日', en: 'Day of the act' }),
      ground: rule({ zh: '涉嫌违反的规定', en: 'Rule that may be broken' }, { inForceOn: 'form.actOn' }),
      facts: longText({ zh: '问题概述', en: 'What is alleged' }, 10_000),
    }),
  party: () =>
    z
      .strictObject({
        ...someone,
        part: choice(
          { zh: '身份', en: 'Part' },
          {
            injured: { zh: '受害人', en: 'Injured party' },
            witness: { zh: '证人', en: 'Witness' },
            relative: { zh: '近亲属', en: 'Relative' },
            other: { zh: '其他', en: 'Other' },
          },
        ),
        note: longText({ zh: '说明', en: 'Note' }, 2000).optional(),
      })
      .refine(isSomeone, eitherOr),
  interview: () =>
    z
      .strictObject({
        ...someone,
        as: choice(
          { zh: '被谈话人身份', en: 'Interviewed as' },
          { reported: { zh: '被调查人', en: 'Person concerned' }, witness: { zh: '证人', en: 'Witness' } },
        ),
        at: instant({ zh: '谈话时间', en: 'When' }),
        place: shortText({ zh: '地点', en: 'Where' }),
        interviewers: people(
          { zh: '谈话人', en: 'Interviewers' },
          person({ zh: '谈话人', en: 'Interviewer' }, { duty: 'investigate' }),
          1,
          5,
        ),
        said: longText({ zh: '谈话内容（经本人核对）', en: 'What was said, as read over by the person' }, 20_000),
        withheld: withheld(),
        attachments: attachments(),
      })
      .refine(isSomeone, eitherOr),
  evidence: () =>
    z.strictObject({
      title: shortText({ zh: '证据名称', en: 'Evidence' }),
      type: choice(
        { zh: '种类', en: 'Type' },
        {
          document: { zh: '书证', en: 'Document' },
          object: { zh: '物证', en: 'Object' },
          recording: { zh: '视听资料', en: 'Recording' },
          electronic: { zh: '电子数据', en: 'Electronic data' },
          expert: { zh: '鉴定意见', en: 'Expert opinion' },
          site: { zh: '勘验检查笔录', en: 'Inspection of a site' },
        },
      ),
      source: shortText({ zh: '来源（不向当事人展示）', en: 'Source, which the person heard is not shown' }, 500),
      obtainedAt: instant({ zh: '取得时间', en: 'When it was obtained' }),
      shows: longText({ zh: '证明内容', en: 'What it shows' }),
      withheld: withheld(),
      attachments: attachments(),
    }),
  finding: () =>
    z.strictObject({
      allegation: wholeNumber({ zh: '指控（记录号）', en: 'Allegation, by the number of its record' }, 1, 10_000),
      result: choice({ zh: '认定', en: 'Finding' }, findingResults),
      reliesOn: list(
        { zh: '依据的证据和笔录（记录号）', en: 'Evidence and interviews relied on' },
        wholeNumber({ zh: '记录号', en: 'Number of the record' }, 1, 10_000),
        0,
        100,
      ),
      reasons: longText({ zh: '理由', en: 'Reasons' }),
    }),
} as const satisfies Record<RecordKind, () => z.ZodType>;
