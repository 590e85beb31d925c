import type { Instant } from '../../domain/ids.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import type { InjuryCare } from './injury-care.definition.ts';

type C = Case<typeof InjuryCare>;
type DutyInjury = Extract<FormOf<typeof InjuryCare, 'nature'>, { nature: 'duty-injury' }>;

const tracks = {
  'work-injury': { file: 'file-work-injury', decision: 'work-injury-decision', remedy: { rule: 'work-injury-55' } },
  disability: { file: 'file-disability', decision: 'disability-decision', remedy: { rule: 'civil-servants-95' } },
} as const;

/**
 * Filed with the authority whose matter it is, whose decision is entered when it comes; its clock may be paused while a court or an examination is waited for. A refusal is served on the
 * officer, who may have it reviewed. @source domain.md 3.1; Regulations on Work Injury Insurance art. 17, 20, 55
 */
export async function recognised(c: C, { track, facts, ground }: DutyInjury, reportedAt: Instant): Promise<'recognised' | 'refused'> {
  const { file, decision, remedy } = tracks[track];
  const filed = await c.task(file, { since: reportedAt, context: { facts, ground } });
  let review: unknown = null;
  for (;;) {
    const limit = filed.undisputed && review === null ? { limit: 'undisputed' } : {};
    const decided = await c.task(decision, { ...limit, context: { filed, review } });
    if (decided.finding === 'recognised') {
      c.notify({ part: 'appellant' }, 'injury-recognised');
      return 'recognised';
    }
    const document = { refused: decided, remedy: { ...remedy, ...remedies[track] } };
    c.event('told-of-remedy', document.remedy);
    if (c.subject === null) throw new Error(`${c.number} is about nobody`);
    const [by] = c.doneBy(decision);
    const { servedAt } = await c.serve({ to: c.subject, by, document });
    const asked = await c.taskOrLapse('ask-review', { since: servedAt, context: document });
    if (asked === 'lapsed') return 'refused';
    review = { refused: decided, asked };
  }
}

const remedies = {
  'work-injury': {
    zh: '对结论不服的，可以自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼；由救助岗协助办理。',
    en: 'You may ask for administrative reconsideration within 60 days of receiving it, or go to court within six months; the welfare desk helps with it.',
  },
  disability: {
    zh: '对结论不服的，可以自收到之日起六十日内申请行政复议或者重新评定；由救助岗协助办理。',
    en: 'You may ask for reconsideration or another assessment within 60 days of receiving it; the welfare desk helps with it.',
  },
} as const;
