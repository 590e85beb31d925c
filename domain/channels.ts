/** Ways to reach a person besides the inbox: mail, a signed webhook, a group robot of WeCom (企业微信) or DingTalk (钉钉). */
export const channelKinds = ['email', 'webhook', 'wecom', 'dingtalk'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** What people choose by what is sent over which channel. */
export const noticeTopics = ['task', 'reminder', 'escalation', 'progress', 'brief'] as const;
export type NoticeTopic = (typeof noticeTopics)[number];

const topics: Readonly<Record<string, NoticeTopic>> = {
  'task-opened': 'task',
  reassigned: 'task',
  'handed-over': 'task',
  'task-amended': 'task',
  'task-cancelled': 'task',
  'task-split': 'task',
  remind: 'reminder',
  due: 'reminder',
  urged: 'reminder',
  'items-assigned': 'task',
  'items-remind': 'reminder',
  'items-due': 'reminder',
  'items-escalate': 'escalation',
  'items-inspect': 'escalation',
  escalate: 'escalation',
  inspect: 'escalation',
  'holder-left': 'escalation',
  'care-unanswered': 'escalation',
  'reported-again': 'task',
  'accountability-due': 'escalation',
  brief: 'brief',
};

/** What happened in a case, where it is neither a task nor its clock, is progress. */
export const topicOf = (notice: string): NoticeTopic => (Object.hasOwn(topics, notice) ? topics[notice] : undefined) ?? 'progress';

/** A group reads what its robot says: what concerns a single person's cases goes there only if that person wants it. */
export const usualTopics = (kind: ChannelKind): readonly NoticeTopic[] =>
  kind === 'email' || kind === 'webhook' ? noticeTopics : ['task', 'reminder', 'escalation', 'brief'];
