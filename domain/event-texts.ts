import type { Text } from './ids.ts';

/** What a sentence about an event may name. Names that the reader may not know arrive here already replaced. */
export interface EventFacts {
  /** Who did it, `李四（代王五）`; the system itself where a clock did. */
  readonly who: Text;
  readonly process: Text;
  /** Title of the task that it is about. */
  readonly task: Text;
  /** Title of the stage that was reached. */
  readonly stage: Text;
  readonly outcome: Text;
  /** The person whom the event names: a handler, a receiver, whoever stands down. */
  readonly person: Text;
  readonly unit: Text;
  /** Number of the other case of a link. */
  readonly other: string;
}

type Sentence = (facts: EventFacts) => Text;

/** One sentence for each type of event, whole in each language. Never a form's contents: whoever may see the event may not always see those. */
export const eventTexts = {
  'case-accepted': (f) => ({ zh: `${f.who.zh}登记了${f.process.zh}。`, en: `${f.who.en} registered this case (${f.process.en}).` }),
  'case-started': (f) => ({ zh: `${f.process.zh}开始办理。`, en: `Work on this case (${f.process.en}) began.` }),
  'task-opened': (f) => ({ zh: `“${f.task.zh}”已交办。`, en: `The task “${f.task.en}” was opened.` }),
  'task-completed': (f) => ({ zh: `${f.who.zh}办结了“${f.task.zh}”。`, en: `${f.who.en} completed “${f.task.en}”.` }),
  'task-cancelled': (f) => ({ zh: `“${f.task.zh}”已撤销。`, en: `The task “${f.task.en}” was cancelled.` }),
  'task-lapsed': (f) => ({ zh: `“${f.task.zh}”逾期未答复，按期终止。`, en: `“${f.task.en}” ended at its limit without an answer.` }),
  'task-given-back': (f) => ({
    zh: `“${f.task.zh}”退回本岗位，由他人办理。`,
    en: `“${f.task.en}” went back to its desk for someone else to do.`,
  }),
  remind: (f) => ({ zh: `已提醒：“${f.task.zh}”即将到期。`, en: `A reminder was sent: “${f.task.en}” is due soon.` }),
  due: (f) => ({ zh: `“${f.task.zh}”已到期，已提醒。`, en: `“${f.task.en}” fell due, and a reminder was sent.` }),
  escalate: (f) => ({ zh: `“${f.task.zh}”逾期，已上报上一级。`, en: `“${f.task.en}” is overdue and was escalated.` }),
  inspect: (f) => ({ zh: `“${f.task.zh}”逾期，已移送督察。`, en: `“${f.task.en}” is overdue and went to inspection.` }),
  paused: (f) => ({ zh: `${f.who.zh}暂停了“${f.task.zh}”的计时。`, en: `${f.who.en} paused the clock of “${f.task.en}”.` }),
  resumed: (f) => ({ zh: `${f.who.zh}恢复了“${f.task.zh}”的计时。`, en: `${f.who.en} resumed the clock of “${f.task.en}”.` }),
  'extension-asked': (f) => ({
    zh: `${f.who.zh}申请延长“${f.task.zh}”的时限。`,
    en: `${f.who.en} asked for more time for “${f.task.en}”.`,
  }),
  extended: (f) => ({ zh: `“${f.task.zh}”的时限已延长。`, en: `The limit of “${f.task.en}” was extended.` }),
  'extension-refused': (f) => ({ zh: `“${f.task.zh}”的延期申请未获批准。`, en: `More time for “${f.task.en}” was refused.` }),
  stage: (f) => ({ zh: `进入“${f.stage.zh}”环节。`, en: `The case reached the stage “${f.stage.en}”.` }),
  'handler-named': (f) => ({ zh: `${f.person.zh}为主办人。`, en: `${f.person.en} is the handler.` }),
  transferred: (f) => ({ zh: `已移交${f.unit.zh}办理。`, en: `The case was transferred to ${f.unit.en}.` }),
  'transfer-refused': (f) => ({ zh: `移交${f.unit.zh}的申请未获批准。`, en: `The transfer to ${f.unit.en} was refused.` }),
  withdrawn: (f) => ({ zh: `${f.who.zh}撤回了本件。`, en: `${f.who.en} withdrew the case.` }),
  'inspection-under-way': (f) => ({
    zh: `逾期仍未办结，督察 ${f.other} 正在进行。`,
    en: `Still overdue; the inspection ${f.other} is under way.`,
  }),
  'due-recomputed': (f) => ({
    zh: `工作日历有变，“${f.task.zh}”的到期时间重新计算。`,
    en: `The calendar changed: the date of “${f.task.en}” was reckoned anew.`,
  }),
  decided: () => ({ zh: '处理决定已作出。', en: 'The decision was made.' }),
  'inquiry-ended-early': () => ({ zh: '其中一线调查提前结束。', en: 'One of the two investigations ended early.' }),
  'reporter-told': () => ({ zh: '已将处置结果告知举报人。', en: 'The reporter was told what came of it.' }),
  'facts-shown': (f) => ({
    zh: `向${f.person.zh}告知事实，听取陈述申辩。`,
    en: `The facts were shown to ${f.person.en}, to be heard on them.`,
  }),
  heard: (f) => ({ zh: `已听取${f.person.zh}的意见，或其已放弃。`, en: `${f.person.en} was heard, or chose not to be.` }),
  'record-filed': (f) => ({ zh: `${f.who.zh}在调查卷中记录一条。`, en: `${f.who.en} put an entry into the file of the investigation.` }),
  'panel-decided': () => ({ zh: '会签已有结论。', en: 'The panel has decided.' }),
  'panel-member-added': (f) => ({ zh: `${f.who.zh}增加${f.person.zh}参加会签。`, en: `${f.who.en} added ${f.person.en} to the panel.` }),
  'stood-down': (f) => ({ zh: `${f.person.zh}退出会签。`, en: `${f.person.en} stood down from the panel.` }),
  cancelled: (f) => ({ zh: `${f.who.zh}撤销了本件。`, en: `${f.who.en} cancelled the case.` }),
  amended: (f) => ({ zh: `${f.who.zh}变更了交办内容，重新办理。`, en: `${f.who.en} amended what is asked for; the case starts over.` }),
  split: (f) => ({ zh: `${f.who.zh}将本件分解为若干件。`, en: `${f.who.en} split the case into parts.` }),
  suspended: (f) => ({ zh: `${f.who.zh}中止本件，全部计时暂停。`, en: `${f.who.en} suspended the case: all its clocks stand still.` }),
  'suspension-ended': () => ({ zh: '中止结束，计时恢复。', en: 'The suspension ended; the clocks run on.' }),
  recalled: (f) => ({ zh: `${f.who.zh}撤回了“${f.task.zh}”的提交。`, en: `${f.who.en} took back the submission of “${f.task.en}”.` }),
  merged: (f) => ({ zh: `本件已并入 ${f.other}。`, en: `This case was merged into ${f.other}.` }),
  'merged-in': (f) => ({ zh: `${f.other} 已并入本件。`, en: `${f.other} was merged into this case.` }),
  linked: (f) => ({ zh: `已与 ${f.other} 关联。`, en: `The case was linked with ${f.other}.` }),
  spawned: (f) => ({ zh: `由本件开立了 ${f.other}。`, en: `${f.other} was opened from this case.` }),
  'spawned-by': (f) => ({ zh: `本件由 ${f.other} 开立。`, en: `This case was opened from ${f.other}.` }),
  'participant-added': (f) => ({ zh: `${f.person.zh}参与本件。`, en: `${f.person.en} now takes part in the case.` }),
  recused: (f) => ({ zh: `${f.person.zh}回避，不再参与本件。`, en: `${f.person.en} stands down and takes no further part.` }),
  claimed: (f) => ({ zh: `${f.who.zh}认领了“${f.task.zh}”。`, en: `${f.who.en} claimed “${f.task.en}”.` }),
  reassigned: (f) => ({
    zh: `${f.who.zh}将“${f.task.zh}”转由${f.person.zh}办理。`,
    en: `${f.who.en} reassigned “${f.task.en}” to ${f.person.en}.`,
  }),
  'handed-over': (f) => ({
    zh: `${f.who.zh}将原承办人在本件中的全部工作交接给${f.person.zh}。`,
    en: `${f.who.en} handed over all that someone had in this case to ${f.person.en}.`,
  }),
  'task-passed-on': (f) => ({
    zh: `“${f.task.zh}”本应由${f.person.zh}办理，已改由接办人或其岗位办理。`,
    en: `“${f.task.en}” was meant for ${f.person.en} and went to the successor, or to the desk instead.`,
  }),
  'holder-left': (f) => ({
    zh: `${f.person.zh}已离职，其在本件中的工作须交接。`,
    en: `${f.person.en} has left; what they have in this case must be handed over.`,
  }),
  'attachment-added': (f) => ({ zh: `${f.who.zh}附上了一份文件。`, en: `${f.who.en} attached a file.` }),
  'attachment-withheld': (f) => ({
    zh: `${f.who.zh}决定一份文件不向被听取意见的人提供。`,
    en: `${f.who.en} decided that the person heard is not shown a file.`,
  }),
  'attachment-shown': (f) => ({
    zh: `${f.who.zh}决定向被听取意见的人提供一份文件。`,
    en: `${f.who.en} decided that the person heard is shown a file again.`,
  }),
  served: (f) => ({ zh: `文书已送达${f.person.zh}。`, en: `The document was served on ${f.person.en}.` }),
  'service-fails': (f) => ({
    zh: `对${f.person.zh}的送达不成立，须重新送达。`,
    en: `The service on ${f.person.en} does not stand and is done again.`,
  }),
  'document-issued': (f) => ({ zh: `${f.who.zh}制发了文书 ${f.other}。`, en: `${f.who.en} issued the document ${f.other}.` }),
  'document-filed': () => ({ zh: '文书已成文归件。', en: 'The document was put on file.' }),
  commented: (f) => ({ zh: `${f.who.zh}留言。`, en: `${f.who.en} commented.` }),
  urged: (f) => ({ zh: `${f.who.zh}催办。`, en: `${f.who.en} urged the case.` }),
  copied: (f) => ({ zh: `${f.who.zh}将本件抄送他人阅知。`, en: `${f.who.en} sent copies of the case to others.` }),
  'break-glass': (f) => ({
    zh: `${f.who.zh}因紧急事由调阅本件，为时一小时。`,
    en: `${f.who.en} broke the glass to read this case for one hour.`,
  }),
  held: (f) => ({ zh: `${f.who.zh}对本件实施保全，暂不清除。`, en: `${f.who.en} placed the case under a legal hold.` }),
  released: (f) => ({ zh: `${f.who.zh}解除了对本件的保全。`, en: `${f.who.en} lifted the legal hold.` }),
  anonymised: () => ({
    zh: '保存期已满，内容与人员信息已按规定清除。',
    en: 'The retention ended: contents and persons were removed by rule.',
  }),
  'refused-attempt': (f) => ({
    zh: `${f.who.zh}的操作因回避或须另一人办理而被拒绝。`,
    en: `An attempt by ${f.who.en} was refused: a conflict of interest, or a second person is needed.`,
  }),
  notified: () => ({ zh: '已通知相关人员。', en: 'The people concerned were notified.' }),
  marked: () => ({ zh: '已对诉求人加注防打击报复标记。', en: 'A no-retaliation mark was set for the appellant.' }),
  replied: () => ({ zh: '书面答复已送达诉求人。', en: 'The written reply went to the appellant.' }),
  'joined-upward-report': () => ({ zh: '已纳入上报汇总。', en: 'The matter joined the upward report.' }),
  'in-upward-report': (f) => ({ zh: `已汇总入 ${f.other}，待上报。`, en: `The matter was collected by the report ${f.other}.` }),
  'sent-upward': (f) => ({ zh: `已随 ${f.other} 报送上级。`, en: `The matter was sent upward with ${f.other}.` }),
  'answer-passed-on': () => ({ zh: '上级答复已转相关诉求。', en: 'The answer was passed on to the case that waits for it.' }),
  'closed-provisionally': () => ({ zh: '已暂时销号，到期回头看。', en: 'Closed provisionally; it will be looked at again.' }),
  relapsed: () => ({ zh: '问题反弹，重新整改。', en: 'It has come back and is to be put right once more.' }),
  'inspection-opened': (f) => ({ zh: `督察已介入（${f.other}）。`, en: `Inspection has taken it up (${f.other}).` }),
  inspected: (f) => ({ zh: `督察已有结果（${f.other}）。`, en: `The inspection has come to its end (${f.other}).` }),
  'order-served': () => ({ zh: '督察决定已送达。', en: 'The order was served on the unit.' }),
  'accountability-due': () => ({ zh: '未按督察决定纠正，应当追究领导责任。', en: 'The order was not carried out: accountability is due.' }),
  'measure-ended': () => ({ zh: '措施按期自行解除。', en: 'The measure ended by itself at its date.' }),
  'reported-upward': () => ({ zh: '逾期未处置，已自动上报一级。', en: 'It was not decided in time and reported itself one level up.' }),
  supplemented: () => ({ zh: '举报人补充了情况。', en: 'The reporter added something.' }),
  'talk-scheduled': () => ({ zh: '约谈时间、地点已定。', en: 'The talk was scheduled.' }),
  'unit-advised': () => ({ zh: '已向单位提出勤务建议，未告知其他内容。', en: 'The unit was advised on duties, and told nothing else.' }),
  'reported-again': (f) => ({
    zh: `${f.who.zh}再次上报同一情况，已并入本件。`,
    en: `${f.who.en} reported the same emergency, which is this case.`,
  }),
  'fund-paid': (f) => ({ zh: `${f.who.zh}支付，已记入资金账。`, en: `${f.who.en} paid, and the ledger has it.` }),
  'fund-returned': () => ({ zh: '款项退回，已在资金账中冲正。', en: 'The payment came back and was reversed in the ledger.' }),
  'fund-short': () => ({ zh: '资金不足，等待入账后支付。', en: 'The fund is short: the payment waits until money has come in.' }),
  'round-opened': () => ({ zh: '名单已列出，逐一落实。', en: 'The list was drawn up.' }),
  'round-covered': () => ({ zh: '名单已全部覆盖。', en: 'Everyone on the list is covered.' }),
  'item-added': () => ({ zh: '名单增加一项。', en: 'One was added to the list.' }),
  'item-moved': () => ({ zh: '名单中的一项转到新单位。', en: 'One of the list moved to another unit.' }),
  'item-completed': (f) => ({ zh: `${f.who.zh}登记落实了名单中的一项。`, en: `${f.who.en} recorded one of the list as done.` }),
  'item-reassigned': () => ({ zh: '名单中的一项已改派。', en: 'One of the list was given to someone else.' }),
  'item-struck-out': () => ({ zh: '名单中划除一项。', en: 'One was struck off the list.' }),
  'items-ended': () => ({ zh: '名单中尚未落实的各项终止。', en: 'What was left of the list ended.' }),
  'items-remind': () => ({ zh: '已合并提醒：名单中有即将到期的。', en: 'A reminder was sent for those that are due soon.' }),
  'items-due': () => ({ zh: '名单中有到期的，已合并提醒。', en: 'Some of the list fell due, and a reminder was sent.' }),
  'items-escalate': () => ({ zh: '名单中有逾期的，已上报上一级。', en: 'Some of the list are overdue and were escalated.' }),
  'need-answered': () => ({ zh: '本人已就所提需求作出决定。', en: 'The person has decided about a need.' }),
  'name-cleared': () => ({ zh: '已在原传播范围内澄清正名。', en: 'The name was cleared in the circle in which it had been damaged.' }),
  'told-of-remedy': () => ({ zh: '已书面告知救济途径。', en: 'The remedy was told in writing.' }),
  'leave-established': () => ({ zh: '本年度年休假已核定。', en: 'The leave of the year was established.' }),
  'leave-asked': (f) => ({ zh: `${f.who.zh}申请了一段年休假。`, en: `${f.who.en} asked for leave.` }),
  'leave-approved': () => ({ zh: '一段年休假已获批准。', en: 'Leave was approved.' }),
  'leave-refused': (f) => ({ zh: `${f.who.zh}不同意一段年休假，另提日期。`, en: `${f.who.en} refused leave and offered other days.` }),
  'leave-withdrawn': (f) => ({ zh: `${f.who.zh}撤回了一段年休假。`, en: `${f.who.en} withdrew leave.` }),
  'leave-carried-over': () => ({ zh: '未休年休假跨年度安排。', en: 'What is left was carried over into the next year.' }),
  restricted: (f) => ({ zh: `对${f.person.zh}的限制生效。`, en: `A restriction of ${f.person.en} took effect.` }),
  'restriction-extended': (f) => ({ zh: `对${f.person.zh}的限制延长。`, en: `The restriction of ${f.person.en} was extended.` }),
  'restriction-lifted': (f) => ({ zh: `对${f.person.zh}的限制解除。`, en: `The restriction of ${f.person.en} was lifted.` }),
  'wait-begun': () => ({ zh: '开始等待。', en: 'The case began to wait.' }),
  'wait-ended': () => ({ zh: '等待结束。', en: 'The wait ended.' }),
  closed: (f) => ({ zh: `本件办结：${f.outcome.zh}。`, en: `The case was closed: ${f.outcome.en}.` }),
  'file-sealed': () => ({ zh: '未认定过错，案卷已封存。', en: 'No fault was found: the file was sealed.' }),
  'restart-asked': (f) => ({
    zh: `${f.who.zh}要求重新启动本件的流程，办理情况不变。`,
    en: `${f.who.en} asked for the workflow of this case to be started anew; the case is as it was.`,
  }),
  reopened: (f) => ({ zh: `${f.who.zh}重新启动了本件。`, en: `${f.who.en} reopened the case.` }),
} satisfies Record<string, Sentence>;

export type EventType = keyof typeof eventTexts;

/** A type that a single process has for itself gets a plain sentence with its name. */
export function eventText(type: string, facts: EventFacts): Text {
  const sentence: Sentence | undefined = isKnown(type) ? eventTexts[type] : undefined;
  return sentence?.(facts) ?? { zh: `已记录事项“${type}”。`, en: `“${type}” was recorded.` };
}

const isKnown = (type: string): type is EventType => Object.hasOwn(eventTexts, type);
