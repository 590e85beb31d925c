import type { Text } from './ids.ts';

/** What another case is to this one, as its link says. */
export const relations = {
  'opened-by': { zh: '由此开启本件', en: 'Opened this case' },
  'merged-into': { zh: '并入', en: 'Merged into' },
  'merged-from': { zh: '并入本件', en: 'Merged from' },
  part: { zh: '分解出', en: 'Part' },
  about: { zh: '所涉办件', en: 'About' },
  collects: { zh: '汇总的诉求', en: 'Collects' },
  'in-report': { zh: '纳入上报', en: 'In the upward report' },
  improvement: { zh: '改进措施', en: 'Improvement' },
  rectification: { zh: '整改', en: 'Rectification' },
  inspection: { zh: '督察', en: 'Inspection' },
  accountability: { zh: '责任追究', en: 'Accountability' },
  discipline: { zh: '立案', en: 'Discipline' },
  measure: { zh: '措施', en: 'Measure' },
  'dual-investigation': { zh: '一案双查', en: 'Dual investigation' },
  talk: { zh: '约谈', en: 'Talk' },
  'clears-name': { zh: '澄清正名', en: 'Clears the name' },
  'name-cleared-in': { zh: '澄清正名', en: 'Name cleared in' },
  aid: { zh: '救助', en: 'Aid' },
  substitution: { zh: '顶替调换', en: 'Post substitution' },
} as const satisfies Readonly<Record<string, Text>>;

export type Relation = keyof typeof relations;
