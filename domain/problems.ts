import type { Locale } from './ids.ts';

interface ProblemText {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/** Every error that users see: slug, HTTP status, and a text that says what to do next. Compared with docs/reference/errors.md by a test. */
export const problems = {
  malformed: { status: 400, zh: '请求格式有误，请按 errors 中的提示修改。', en: 'The request is malformed. Correct what `errors` names.' },
  'not-signed-in': { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  'wrong-credentials': { status: 401, zh: '用户名或密码不正确。', en: 'Wrong user name or password.' },
  forbidden: { status: 403, zh: '您没有办理此事的权限。', en: 'You are not allowed to do this.' },
  recused: {
    status: 403,
    zh: '您与本案有利害关系，应当回避。',
    en: 'You have a conflict of interest in this case and take no part in it.',
  },
  'needs-second-person': {
    status: 403,
    zh: '此事须由另一人办理：您已参与前一环节。',
    en: 'This needs a second person: you took part in the step before.',
  },
  'not-found': { status: 404, zh: '未找到，或您无权知悉。', en: 'Not found, or not yours to know of.' },
  'method-not-allowed': { status: 405, zh: '此地址不支持该操作。', en: 'This address does not support that method.' },
  'not-acceptable': { status: 406, zh: '仅提供 JSON 或事件流。', en: 'Only JSON or an event stream is served here.' },
  'task-not-open': {
    status: 409,
    zh: '该任务已办结或已撤销，请刷新后查看。',
    en: 'This task is already done or cancelled. Reload to see its result.',
  },
  'case-not-open': { status: 409, zh: '该办件已办结，请刷新后查看。', en: 'This case is closed. Reload to see its outcome.' },
  'already-decided': { status: 409, zh: '此事已有决定，不能更改。', en: 'This was already decided and can no longer be changed.' },
  'already-taken-up': {
    status: 409,
    zh: '后续环节已有人接办，不能撤回。',
    en: 'Someone has taken up what follows, so it can no longer be recalled.',
  },
  'limit-passed': {
    status: 409,
    zh: '时限已过：延期应当在时限届满前提出。',
    en: 'The limit has passed: an extension must be asked before it runs out.',
  },
  'no-more-extensions': {
    status: 409,
    zh: '延期次数已用完：请按期办结，或报请交办人变更。',
    en: 'No more extensions are allowed. Keep the limit, or ask whoever issued it to amend it.',
  },
  'idempotency-conflict': {
    status: 409,
    zh: '同一个 Idempotency-Key 已用于另一内容，请换用新的键。',
    en: 'This Idempotency-Key was used for other content. Use a new key.',
  },
  barred: { status: 409, zh: '当事人处于限制期内。', en: 'The person is under a bar.' },
  'not-heard': {
    status: 409,
    zh: '当事人尚未陈述申辩、书面放弃或逾期未答，不得作出决定。',
    en: 'Nothing can be decided before the person was heard, waived it in writing, or let the time pass.',
  },
  'findings-missing': {
    status: 409,
    zh: '每一项指控都须先有认定，才能提交报告。',
    en: 'Every allegation needs its finding before the report.',
  },
  'not-covered': {
    status: 409,
    zh: '尚有未覆盖的对象：请先完成，或说明未覆盖的原因。',
    en: 'Not everyone is covered yet. See to the rest, or state why it was not done.',
  },
  'fund-short': {
    status: 409,
    zh: '资金不足，未支付。请登记“资金不足”，有资金入账后继续支付。',
    en: 'The fund holds too little; nothing was paid. State that it is short: the payment goes on once money has come in.',
  },
  'leave-exceeded': {
    status: 409,
    zh: '剩余年休假天数不足：请缩短休假，或选择工龄满后的日期。',
    en: 'There are not so many days of leave left on that day. Ask for fewer, or for later ones.',
  },
  'leave-overlaps': {
    status: 409,
    zh: '与已申请或已批准的休假重叠，请另选日期。',
    en: 'This meets leave that was asked for or granted already. Choose other days.',
  },
  'leave-begun': {
    status: 409,
    zh: '没有从该日起、尚未开始的休假可撤。',
    en: 'There is no leave from that day on that could still be withdrawn.',
  },
  'already-has-case': {
    status: 409,
    zh: '该人员本期已有一件在办，请在原件中办理。',
    en: 'This person has a case for that period already. Go on in that one.',
  },
  'month-closed': { status: 409, zh: '该月已结账，不再入账。', en: 'That month is closed: nothing is booked into it any more.' },
  'books-differ': {
    status: 409,
    zh: '账目核对有差异，不能结账。请先查看核对报告。',
    en: 'The books do not agree, so the month can not be closed. Read the reconciliation first.',
  },
  'already-seated': {
    status: 409,
    zh: '此人已是会签成员，请另选他人。',
    en: 'This person has a seat on the panel already. Choose someone else.',
  },
  'panel-too-small': {
    status: 409,
    zh: '会签人数已是最低限，不能再退出：请先由领导增加会签人。',
    en: 'The panel has as few members as it may. Have its leader add one first, then stand down.',
  },
  'not-now': { status: 409, zh: '办件目前所处的环节不允许此操作。', en: 'The case is not at a point where this can be done.' },
  'too-often': { status: 409, zh: '每个工作日只能催办一次。', en: 'A case can be urged once a working day.' },
  'too-large': { status: 413, zh: '内容过大。', en: 'The content is too large.' },
  'unsupported-media-type': { status: 415, zh: '请以 application/json 提交（UTF-8）。', en: 'Send application/json in UTF-8.' },
  'file-type-refused': {
    status: 415,
    zh: '此类文件不能作为附件：类型按内容认定，不看文件名。',
    en: 'A file of this kind cannot be attached; its content decides, not its name.',
  },
  'invalid-form': { status: 422, zh: '表单有误，请按 errors 中的提示修改。', en: 'The form has errors. Correct what `errors` names.' },
  'attachment-not-usable': {
    status: 422,
    zh: '所附文件不存在、非本人上传或已用于他件，请重新上传。',
    en: 'A file that is attached does not exist, was uploaded by someone else, or belongs to another case. Upload it again.',
  },
  'rule-not-in-force': {
    status: 422,
    zh: '所引规定在行为发生之日未施行，或规则库中没有。',
    en: 'A rule that is cited was not in force on the day of the act, or is not in the library.',
  },
  'leave-outside': {
    status: 422,
    zh: '休假日期须从今天起、在可休年度之内，并至少含一个工作日。',
    en: 'Leave begins today or later, lies within its year, and holds a working day at least.',
  },
  'beyond-maximum': {
    status: 422,
    zh: '期限超出法律或政策允许的幅度。',
    en: 'This is shorter or longer than the law or the policy allows.',
  },
  'calendar-gap': {
    status: 422,
    zh: '工作日历未覆盖该年度，请管理员导入节假日安排。',
    en: 'The working calendar does not reach that year. Ask an administrator to import its holidays.',
  },
  'locked-out': {
    status: 429,
    zh: '登录失败次数过多，请按 Retry-After 稍后再试。',
    en: 'Too many failed sign-ins. Try again after the time in Retry-After.',
  },
  'too-many-requests': { status: 429, zh: '请求过于频繁，请稍后再试。', en: 'Too many requests. Try again later.' },
  internal: {
    status: 500,
    zh: '系统出错，未作任何更改。请把 requestId 告知管理员。',
    en: 'Something went wrong and nothing was changed. Give the requestId to an administrator.',
  },
  'engine-unavailable': {
    status: 503,
    zh: '流程引擎暂不可用，未作任何更改，请稍后用同一个键重试。',
    en: 'The workflow engine is unavailable. Nothing was changed; try again with the same key.',
  },
  'outcome-unknown': {
    status: 503,
    zh: '已提交但未及时得到结果，可能仍会生效：请用同一个键重试以获知结果，切勿换键。',
    en: 'Sent, but no answer in time; it may still take effect. Repeat with the same key to learn the result, never with a new one.',
  },
  'database-unavailable': {
    status: 503,
    zh: '数据库暂不可用，未作任何更改，请稍后用同一个键重试。',
    en: 'The database is unavailable. Nothing was changed; try again with the same key.',
  },
} satisfies Record<string, ProblemText>;

export type ProblemSlug = keyof typeof problems;

/** One thing that is wrong with a form, by path: `data.route`. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
  /** In a table: the line of the file, its header being 1, and the column. */
  readonly row?: number;
  readonly column?: string;
}

/** The only error that users see. `facts` are for the answer (`errors`, `retryAfter` in seconds) and never hold personal data. */
export class Problem extends Error {
  readonly slug: ProblemSlug;
  readonly facts: { readonly errors?: readonly FieldError[]; readonly retryAfter?: number; readonly detail?: { zh: string; en: string } };

  constructor(slug: ProblemSlug, facts: Problem['facts'] = {}) {
    super(problems[slug].en);
    this.name = 'Problem';
    this.slug = slug;
    this.facts = facts;
  }

  get status(): number {
    return problems[this.slug].status;
  }

  text(locale: Locale): string {
    return problems[this.slug][locale];
  }
}
