import { describe, expect, test } from '@jest/globals';
import type { About } from './about.ts';
import { documentKinds } from './kinds.ts';

const about = (answers: Record<string, unknown>, intake: unknown = {}, further: Partial<About> = {}): About => ({
  number: 'WJ-2026-000007',
  subject: '王某同志',
  unit: '东湖派出所',
  openedOn: '2026年11月25日',
  intake,
  answer: (key) => answers[key],
  nameOf: (kind, id) => `<${kind} ${id}>`,
  person: null,
  interview: null,
  service: null,
  ...further,
});
const said = (letter: unknown): string => JSON.stringify(letter);
const approve = { decision: 'approve' };
const sanction = {
  handling: '2',
  sanction: 'demerit',
  effectiveOn: '2026-12-10',
  ground: 'rule-7',
  facts: '值班饮酒。',
  reasons: '情节一般。',
};
const act = { actOn: '2026-10-12', ground: 'rule-7', facts: '值班饮酒。' };

describe('a decision on a sanction', () => {
  const { write } = documentKinds['sanction-decision'];

  test('says what was established, by which rule, what follows from when, and what remains open to the person', () => {
    const letter = write(about({ decide: sanction, 'approve-decision': approve }, act));
    for (const part of ['值班饮酒。', '<rule rule-7>', '记过', '2026年12月10日', '三十日内申请复核', '十五日内'])
      expect(said(letter)).toContain(part);
    expect(letter).toMatchObject({ addressee: '王某同志', signatures: ['受送达人'] });
  });

  test('is not issued before another person has approved it, nor for what is no sanction', () => {
    expect(write(about({ decide: sanction }, act))).toBeNull();
    expect(write(about({ decide: sanction, 'approve-decision': { decision: 'return', reasons: '…' } }, act))).toBeNull();
    expect(write(about({ decide: { handling: 'no-fault', reasons: '…' }, 'approve-decision': approve }, act))).toBeNull();
  });
});

test('a notice of facts tells what was found and of the right to be heard, once the report is signed by two', () => {
  const { write } = documentKinds['notice-of-facts'];
  expect(write(about({ investigate: { told: '拟给予记过。' } }, act))).toBeNull();
  const letter = write(about({ investigate: { told: '拟给予记过。' }, countersign: approve }, act));
  for (const part of ['拟给予记过。', '陈述和申辩', '不会加重']) expect(said(letter)).toContain(part);
});

test('the decision on a measure says its ground, its days and the appeal at any time', () => {
  const intake = { measure: 'confinement', days: 3, ground: 'rule-12', reasons: '有继续违纪可能。' };
  const letter = documentKinds['measure-decision'].write(about({ approve }, intake));
  for (const part of ['禁闭', '期限3日', '<rule rule-12>', '随时向上一级申诉', '期满自行解除']) expect(said(letter)).toContain(part);
  expect(documentKinds['measure-lifted'].write(about({ approve }, intake))).toBeNull();
  expect(said(documentKinds['measure-lifted'].write(about({ conclude: { finding: 'fault' } }, intake)))).toContain('已经解除');
});

test.each([
  ['filing-decision', { file: { decision: 'file' } }, act, '立案调查'],
  ['clearing', { 'clear-name': { circle: '全所民警', how: '宣读' } }, act, '恢复名誉'],
  ['bar-notice', {}, { bar: 'promotion', sanction: 'warning', decidedOn: '2026-12-10', ground: 'rule-7', explanation: '…' }, '不得晋升'],
  [
    'talk-record',
    { hold: { record: '谈话', said: '陈述', agreed: '帮助' }, countersign: { answer: 'commented', comment: '不同意' } },
    act,
    '不同意',
  ],
] as const)('a %s says what it is for', (kind, answers, intake, part) => {
  expect(said(documentKinds[kind].write(about(answers, intake)))).toContain(part);
});

test('the record of an interview names who held it and is signed by both', () => {
  const interview = { of: '赵某', at: '2026年10月21日', place: '所内', interviewers: ['甲', '乙'], said: '见到饮酒。' };
  const letter = documentKinds['talk-record'].write(about({}, act, { interview }));
  expect(letter?.signatures).toEqual(['被谈话人', '谈话人', '谈话人', '记录人']);
  expect(said(letter)).toContain('见到饮酒。');
});
