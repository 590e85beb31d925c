import type { Text } from './ids.ts';

export interface NoticeFacts {
  readonly number: string;
  readonly process: Text;
  /** Title of the task that it is about; that of the process where it is about none. */
  readonly task: Text;
  /** All that may be said, whatever the news. */
  readonly discreet?: Text | undefined;
}

type Sentence = (facts: NoticeFacts) => Text;

/** What a notice says, in the inbox and in mail. Never a title or a form: notices leave the house. */
export const noticeTexts = {
  'task-opened': (f) => ({ zh: `您有新任务“${f.task.zh}”（${f.number}）。`, en: `You have a new task “${f.task.en}” (${f.number}).` }),
  reassigned: (f) => ({ zh: `“${f.task.zh}”（${f.number}）已转由您办理。`, en: `“${f.task.en}” (${f.number}) was reassigned to you.` }),
  'handed-over': (f) => ({
    zh: `${f.process.zh} ${f.number} 已交接给您办理。`,
    en: `The case ${f.number} (${f.process.en}) was handed over to you.`,
  }),
  'holder-left': (f) => ({
    zh: `${f.process.zh} ${f.number} 的承办人已离职，请安排交接。`,
    en: `Someone who worked on ${f.number} (${f.process.en}) has left: hand it over.`,
  }),
  remind: (f) => ({ zh: `“${f.task.zh}”（${f.number}）即将到期，请抓紧办理。`, en: `“${f.task.en}” (${f.number}) is due soon.` }),
  due: (f) => ({ zh: `“${f.task.zh}”（${f.number}）已到期，请立即办理。`, en: `“${f.task.en}” (${f.number}) is due now.` }),
  escalate: (f) => ({
    zh: `“${f.task.zh}”（${f.number}）逾期未办，请督促。`,
    en: `“${f.task.en}” (${f.number}) is overdue: see that it is done.`,
  }),
  inspect: (f) => ({
    zh: `“${f.task.zh}”（${f.number}）逾期未办，移送督察。`,
    en: `“${f.task.en}” (${f.number}) is overdue and goes to inspection.`,
  }),
  urged: (f) => ({ zh: `有人催办 ${f.process.zh} ${f.number}。`, en: `Someone urges the case ${f.number} (${f.process.en}).` }),
  copied: (f) => ({ zh: `${f.process.zh} ${f.number} 抄送您阅知。`, en: `The case ${f.number} (${f.process.en}) was copied to you.` }),
  unread: (f) => ({
    zh: `${f.process.zh} ${f.number} 抄送您阅知，您尚未阅读，请尽快阅读。`,
    en: `The case ${f.number} (${f.process.en}) was copied to you and is not read yet: read it.`,
  }),
  commented: (f) => ({ zh: `${f.process.zh} ${f.number} 有新留言。`, en: `There is a new comment on ${f.number} (${f.process.en}).` }),
  'break-glass': (f) => ({
    zh: `有人因紧急事由调阅了 ${f.process.zh} ${f.number}。`,
    en: `Someone broke the glass to read ${f.number} (${f.process.en}).`,
  }),
  'sanction-in-effect': (f) => ({
    zh: `对您的处理决定已生效（${f.number}）。请查看决定和救济途径。`,
    en: `A decision about you is in effect (${f.number}). Read it, and what you can do against it.`,
  }),
  'sanction-lighter': (f) => ({ zh: `对您的处分已变更为较轻的处分（${f.number}）。`, en: `Your sanction was made lighter (${f.number}).` }),
  'sanction-quashed': (f) => ({
    zh: `对您的处分已撤销，正在恢复（${f.number}）。`,
    en: `Your sanction was quashed and is being made good (${f.number}).`,
  }),
  'sanction-ended': (f) => ({ zh: `处分期满，已解除（${f.number}）。`, en: `The period of your sanction has ended (${f.number}).` }),
  'measure-in-force': (f) => ({
    zh: `对您采取的措施已开始执行（${f.number}）。请查看依据和起止时间；您可以随时向上一级申诉。`,
    en: `A measure against you is in force (${f.number}). Read its ground and dates; you may appeal to the next higher level at any time.`,
  }),
  'measure-extended': (f) => ({
    zh: `对您采取的措施已延长（${f.number}），请查看新的截止时间；您可以随时申诉。`,
    en: `The measure against you was extended (${f.number}). Read its new end; you may appeal at any time.`,
  }),
  'measure-over': (f) => ({ zh: `对您采取的措施已解除（${f.number}）。`, en: `The measure against you has ended (${f.number}).` }),
  'measure-upheld': (f) => ({
    zh: `您的申诉已有决定：维持（${f.number}）。执行期间您仍可再次申诉。`,
    en: `Your appeal was decided: the measure stands (${f.number}). You may appeal again while it lasts.`,
  }),
  'measure-quashed': (f) => ({
    zh: `您的申诉成立，措施即时撤销（${f.number}），将恢复职务、补发待遇并澄清正名。`,
    en: `Your appeal succeeded: the measure is quashed at once (${f.number}). Duty and pay are restored and your name is cleared.`,
  }),
  'exemption-decided': (f) => ({
    zh: `履职免责评议（${f.number}）已有结论，请查看理由和救济途径。`,
    en: `The panel on your duty exemption (${f.number}) has decided. Read its reasons and your remedies.`,
  }),
  'rights-result': (f) => ({
    zh: `您的权益保护申请（${f.number}）已有结果，请查看书面反馈和救济途径。`,
    en: `There is a result about the protection of your rights (${f.number}). Read it, and your remedies.`,
  }),
  'name-cleared': (f) => ({
    zh: `已在原传播范围内为您澄清正名（${f.number}），请查看方式和证明。`,
    en: `Your name was cleared in the circle in which it had been damaged (${f.number}). Read how, and the proof.`,
  }),
  'care-unanswered': (f) => ({
    zh: `健康服务有紧急情况无人响应（${f.number}），请立即联系值班心理咨询师和健康岗到岗处理。`,
    en: `An emergency of the health service is not answered (${f.number}): reach the counsellor on call and the health desk at once.`,
  }),
  'reported-again': (f) => ({
    zh: `同一伤病又有人上报（${f.number}），请立即查看补充情况并响应。`,
    en: `The same emergency was reported again (${f.number}): read what was added, and answer.`,
  }),
  'injury-answered': (f) => ({
    zh: `您上报的伤病已有人响应，医院联络已到位（${f.number}）。`,
    en: `What you reported is answered: the hospital has been reached (${f.number}).`,
  }),
  'injury-nature': (f) => ({
    zh: `您的伤病性质认定已有结论（${f.number}），请查看理由和救济途径；治疗与陪护不受影响。`,
    en: `The nature of your injury was decided (${f.number}). Read why, and your remedies; treatment and care go on.`,
  }),
  'injury-recognised': (f) => ({
    zh: `您的伤情已获主管部门认定（${f.number}），请查看结论。`,
    en: `The authority has recognised your injury (${f.number}). Read its decision.`,
  }),
  'post-approved': (f) => ({
    zh: `您同意的岗位调整已获批准（${f.number}），请查看到岗安排。`,
    en: `The change of post that you agreed to is approved (${f.number}). Read when and how it begins.`,
  }),
  'post-not-changed': (f) => ({
    zh: `您的岗位调整（${f.number}）已有结果：不作调整。请查看理由和救济途径。`,
    en: `There is a result about your change of post (${f.number}): none is made. Read why, and your remedies.`,
  }),
  'clue-not-decided': (f) => ({
    zh: `${f.process.zh} ${f.number} 逾期未处置，已上报一级。`,
    en: `The case ${f.number} (${f.process.en}) was not decided in time and went one level up.`,
  }),
  'clue-supplemented': (f) => ({ zh: `举报人对 ${f.number} 补充了情况。`, en: `The reporter added something to ${f.number}.` }),
  'talk-scheduled': (f) => ({
    zh: `已安排与您约谈（${f.number}），请查看时间、地点和事由。`,
    en: `A talk with you is scheduled (${f.number}). Read when, where and why.`,
  }),
  barred: (f) => ({
    zh: `对您的评先晋升限制已生效（${f.number}），请查看依据、起止日期和救济途径。`,
    en: `You are under a bar to honours or promotion (${f.number}). Read its ground, its dates and your remedies.`,
  }),
  'bar-ended': (f) => ({
    zh: `对您的评先晋升限制已终止（${f.number}）。`,
    en: `The bar to honours or promotion has ended (${f.number}).`,
  }),
  withdrawn: (f) => ({
    zh: `${f.process.zh} ${f.number} 已由本人撤回，无需再办。`,
    en: `The case ${f.number} (${f.process.en}) was withdrawn; nothing more is owed.`,
  }),
  cancelled: (f) => ({
    zh: `${f.process.zh} ${f.number} 已由交办人撤销，无需再办。`,
    en: `The case ${f.number} (${f.process.en}) was cancelled by whoever issued it; nothing more is owed.`,
  }),
  'task-cancelled': (f) => ({
    zh: `“${f.task.zh}”（${f.number}）随本件撤销，无需再办。`,
    en: `“${f.task.en}” (${f.number}) was cancelled with its case; nothing more is owed.`,
  }),
  'task-amended': (f) => ({
    zh: `“${f.task.zh}”（${f.number}）：交办内容已变更，请按新内容办理。`,
    en: `“${f.task.en}” (${f.number}): what is asked for was amended; work by the new order.`,
  }),
  'task-split': (f) => ({
    zh: `“${f.task.zh}”（${f.number}）：本件已分解为若干件，请在各件中办理。`,
    en: `“${f.task.en}” (${f.number}): the case was split; go on in its parts.`,
  }),
  'task-recalled': (f) => ({
    zh: `“${f.task.zh}”（${f.number}）：上一环节已撤回提交，请稍候。`,
    en: `“${f.task.en}” (${f.number}): the step before was taken back; it will come again.`,
  }),
  'directive-signed': (f) => ({ zh: `${f.process.zh} ${f.number} 已签收。`, en: `${f.number} (${f.process.en}) was signed for.` }),
  'directive-done': (f) => ({
    zh: `${f.process.zh} ${f.number} 已落实并核验。`,
    en: `${f.number} (${f.process.en}) is done and verified.`,
  }),
  'directive-referred': (f) => ({
    zh: `${f.process.zh} ${f.number} 未落实，已移送督察。`,
    en: `${f.number} (${f.process.en}) was not done and went to inspection.`,
  }),
  merged: (f) => ({
    zh: `${f.process.zh} ${f.number} 已并案办理。`,
    en: `The case ${f.number} (${f.process.en}) was merged with another.`,
  }),
  transferred: (f) => ({
    zh: `${f.process.zh} ${f.number} 已移交其他单位。`,
    en: `The case ${f.number} (${f.process.en}) was transferred.`,
  }),
  'sent-upward': (f) => ({
    zh: `您的 ${f.process.zh} ${f.number} 已报送上级，答复将反馈给您。`,
    en: `Your case ${f.number} (${f.process.en}) was sent upward. You will get the answer.`,
  }),
  inspected: (f) => ({
    zh: `您交办的 ${f.process.zh} ${f.number} 已由督察办结，请查看结果。`,
    en: `The inspection of your case ${f.number} (${f.process.en}) has come to its end. Read its outcome.`,
  }),
  'accountability-due': (f) => ({
    zh: `${f.process.zh} ${f.number} 未按督察决定纠正，请依规追究领导责任。`,
    en: `The order of ${f.number} (${f.process.en}) was not carried out: accountability is due.`,
  }),
  'check-result': (f) => ({
    zh: `您的体检结果（${f.number}）已登记，请查看。`,
    en: `The result of your health check (${f.number}) is there to be read.`,
  }),
  'leave-approved': (f) => ({ zh: `您的年休假申请（${f.number}）已获批准。`, en: `Your leave (${f.number}) was approved.` }),
  'leave-refused': (f) => ({
    zh: `您的年休假申请（${f.number}）未获批准，请查看理由和建议改休的日期。`,
    en: `Your leave (${f.number}) was refused. Read why, and which other days are offered.`,
  }),
  'leave-withdrawn': (f) => ({
    zh: `已批准的一段年休假（${f.number}）由本人撤回。`,
    en: `Leave that you approved (${f.number}) was withdrawn.`,
  }),
  'leave-offer-taken': (f) => ({
    zh: `您建议改休的日期（${f.number}）已被本人接受。`,
    en: `The other days that you offered (${f.number}) were taken.`,
  }),
  'leave-carried-over': (f) => ({
    zh: `您未休的年休假（${f.number}）可在下一年度内休完。`,
    en: `What is left of your leave (${f.number}) can be taken within the next year.`,
  }),
  'leave-unused': (f) => ({
    zh: `您的年休假（${f.number}）未休完，请查看报酬和救济途径。`,
    en: `Your leave (${f.number}) was not all taken. Read what is paid for it, and your remedies.`,
  }),
  'leave-not-due': (f) => ({
    zh: `本年度不享受年休假（${f.number}），请查看依据和救济途径。`,
    en: `No leave is due this year (${f.number}). Read why, and your remedies.`,
  }),
  'hardship-filed': (f) => ({
    zh: `您的困难帮扶（${f.number}）已建档，请查看帮扶计划和帮扶人。`,
    en: `Your hardship file (${f.number}) is open. Read the plan, and who helps you.`,
  }),
  'hardship-refused': (f) => ({
    zh: `您的困难帮扶申请（${f.number}）未予建档，请查看理由和异议途径。`,
    en: `Your hardship file (${f.number}) was not opened. Read why, and how to object.`,
  }),
  'aid-granted': (f) => ({
    zh: `您的救助申请（${f.number}）已获批准，即将支付。`,
    en: `Your application for aid (${f.number}) was granted and will be paid.`,
  }),
  'aid-refused': (f) => ({
    zh: `您的救助申请（${f.number}）未获批准，请查看理由和异议途径。`,
    en: `Your application for aid (${f.number}) was refused. Read why, and how to object.`,
  }),
  'aid-waits': (f) => ({
    zh: `您的救助（${f.number}）已获批准，因资金不足暂缓支付，有资金入账后继续，无须重新申请。`,
    en: `Your aid (${f.number}) is granted; the fund is short, and it is paid once money has come in. You need do nothing.`,
  }),
  'items-assigned': (f) => ({
    zh: `${f.process.zh} ${f.number} 中有对象由您落实，请查看名单。`,
    en: `${f.number} (${f.process.en}) has people or units for you to see to. Read the list.`,
  }),
  'items-remind': (f) => ({
    zh: `${f.process.zh} ${f.number} 中由您落实的对象即将到期。`,
    en: `Some of those you see to in ${f.number} (${f.process.en}) are due soon.`,
  }),
  'items-due': (f) => ({
    zh: `${f.process.zh} ${f.number} 中由您落实的对象已到期，请立即落实。`,
    en: `Some of those you see to in ${f.number} (${f.process.en}) are due now.`,
  }),
  'items-escalate': (f) => ({
    zh: `${f.process.zh} ${f.number} 中有对象逾期未落实，请督促。`,
    en: `Some in ${f.number} (${f.process.en}) are overdue: see that it is done.`,
  }),
  'items-inspect': (f) => ({
    zh: `${f.process.zh} ${f.number} 中有对象逾期未落实，请督察。`,
    en: `Some in ${f.number} (${f.process.en}) are overdue: look into it.`,
  }),
  'item-completed': (f) => ({
    zh: `${f.process.zh} ${f.number} 已就您登记完成，请核对。`,
    en: `${f.number} (${f.process.en}) was recorded as done with you. Check that it is right.`,
  }),
  'need-raised': (f) => ({
    zh: `您在${f.process.zh}（${f.number}）中提出了需求：是否转为诉求由您决定。`,
    en: `You raised a need in ${f.number} (${f.process.en}): you decide whether it becomes an appeal.`,
  }),
  'round-covered': (f) => ({
    zh: `${f.process.zh} ${f.number} 已全部覆盖，可以办结。`,
    en: `${f.number} (${f.process.en}) covers everyone: it can be concluded.`,
  }),
  'round-ended': (f) => ({
    zh: `${f.process.zh} ${f.number} 已结束，请查看本单位覆盖情况。`,
    en: `${f.number} (${f.process.en}) has ended. See how far your unit was covered.`,
  }),
  closed: (f) => ({
    zh: `${f.process.zh} ${f.number} 已办结，请查看结果。`,
    en: `The case ${f.number} (${f.process.en}) was closed. Read its outcome.`,
  }),
  reopened: (f) => ({ zh: `${f.process.zh} ${f.number} 已重新启动。`, en: `The case ${f.number} (${f.process.en}) was reopened.` }),
} satisfies Record<string, Sentence>;

export type NoticeKind = keyof typeof noticeTexts;

/** A kind that a single process has for itself says that there is something to read. */
export function noticeText(kind: string, facts: NoticeFacts): Text {
  if (facts.discreet && !isAlarm(kind)) return facts.discreet;
  const sentence: Sentence | undefined = isKnown(kind) ? noticeTexts[kind] : undefined;
  return (
    sentence?.(facts) ?? {
      zh: `${facts.process.zh} ${facts.number} 有新进展。`,
      en: `There is news about ${facts.number} (${facts.process.en}).`,
    }
  );
}

const alarms = new Set<string>(['care-unanswered'] satisfies NoticeKind[]);

/** It goes to people outside of the case whatever the hour, and says what they have to do. */
export const isAlarm = (kind: string): boolean => alarms.has(kind);

const isKnown = (kind: string): kind is NoticeKind => Object.hasOwn(noticeTexts, kind);
