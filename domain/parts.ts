import type { Text } from './ids.ts';
import type { RungTarget } from './ladder.ts';
import { type Role, roles } from './roles.ts';
import type { ParticipantRole } from './step.ts';

/** What people are in a case, in words. */
export const parts = {
  appellant: { zh: '诉求人', en: 'Appellant' },
  subject: { zh: '当事人', en: 'Person concerned' },
  reporter: { zh: '反映人', en: 'Reporter' },
  caller: { zh: '报告人', en: 'Caller' },
  reported: { zh: '被反映人', en: 'Reported person' },
  heard: { zh: '被听取意见人', en: 'Person heard' },
  witness: { zh: '证人', en: 'Witness' },
  handler: { zh: '主办人', en: 'Handler' },
  investigator: { zh: '调查人', en: 'Investigator' },
  'conduct-investigator': { zh: '行为调查人', en: 'Investigator of the conduct' },
  'leadership-investigator': { zh: '领导责任调查人', en: 'Investigator of the leadership' },
  decider: { zh: '决定人', en: 'Decider' },
  reviewer: { zh: '复核人', en: 'Reviewer' },
  recused: { zh: '已回避', en: 'Recused' },
  informed: { zh: '知悉人', en: 'Informed' },
  reader: { zh: '传阅人', en: 'Reader' },
  consulted: { zh: '被征询人', en: 'Consulted' },
} as const satisfies Readonly<Record<ParticipantRole, Text>>;

/** Whose task it is. */
export const bearerTitle = (role: Role | 'subject'): Text => (role === 'subject' ? parts.subject : roles[role]);

/** Whom a rung tells. */
export function rungTargetTitle(to: RungTarget): Text {
  if (to === 'assignee') return { zh: '承办人', en: 'Whoever has it' };
  return to === 'inspection' ? { zh: '督察', en: 'Inspection' } : roles[to];
}
