import type { TestPerson } from './people.ts';

export const wish = { channel: 'self-service', title: '食堂', content: '中午没有热饭。' };

/** What people put in on the way of an appeal to satisfaction. */
export const forms = {
  accept: { decision: 'accept', handler: 'handler-1' },
  classify: { route: 'measure', tier: '3' },
  handle: { result: 'resolved', findings: '属实。', done: '已延长供餐。', badManagement: false },
  'draft-reply': { found: '属实。', done: '已延长供餐。', rules: ['leave-7'], remedies: '可申请复查。' },
  'approve-reply': { decision: 'approve' },
  confirm: { answer: 'satisfied', score: 5 },
} as const;

/** Who does what on that way, in order. */
export const stepsToSatisfaction: readonly (readonly [TestPerson, keyof typeof forms])[] = [
  ['desk-1', 'accept'],
  ['handler-1', 'classify'],
  ['handler-1', 'handle'],
  ['handler-1', 'draft-reply'],
  ['leader-1', 'approve-reply'],
  ['li', 'confirm'],
];
