import type { Text } from './ids.ts';

/** Every role of the bureau (domain.md §1). A role is held in a unit for a period. */
export const roles = {
  officer: { zh: '民警辅警职工', en: 'Officer or staff' },
  'unit-leader': { zh: '单位负责人', en: 'Unit leader' },
  'deputy-leader': { zh: '单位副职', en: 'Deputy leader' },
  'supervising-leader': { zh: '分管局领导', en: 'Supervising leader' },
  'bureau-leader': { zh: '局主要领导', en: 'Bureau leader' },
  'acceptance-desk': { zh: '诉求受理岗', en: 'Acceptance desk' },
  'supervision-desk': { zh: '督办岗', en: 'Supervision desk' },
  'inspection-head': { zh: '督察长', en: 'Head of inspection' },
  inspector: { zh: '督察', en: 'Inspector' },
  'discipline-inspector': { zh: '纪检', en: 'Discipline inspector' },
  reviewer: { zh: '复核员', en: 'Reviewer' },
  'political-department': { zh: '政治部', en: 'Political department' },
  'welfare-desk': { zh: '优抚岗', en: 'Welfare desk' },
  'health-desk': { zh: '健康岗', en: 'Health desk' },
  counsellor: { zh: '心理咨询师', en: 'Counsellor' },
  'fund-committee': { zh: '互助金评审委员', en: 'Fund committee' },
  'fund-cashier': { zh: '互助金出纳', en: 'Fund cashier' },
  'legal-adviser': { zh: '法律顾问', en: 'Legal adviser' },
  'peer-member': { zh: '同行评议员', en: 'Peer member' },
  'hospital-liaison': { zh: '医院联络员', en: 'Hospital liaison' },
  'duty-desk': { zh: '值班室', en: 'Duty desk' },
  auditor: { zh: '审计员', en: 'Auditor' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
} satisfies Record<string, Text>;

export type Role = keyof typeof roles;
export const roleIds = Object.keys(roles) as [Role, ...Role[]];
