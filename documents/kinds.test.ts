import { describe, expect, test } from '@jest/globals';
import type { About, ServiceShown } from './about.ts';
import { documentKinds } from './kinds.ts';

const about = (answers: Record<string, unknown>, intake: unknown = {}, service: ServiceShown | null = null): About => ({
  number: 'SQ-2026-000123',
  subject: '李某同志',
  unit: '东湖派出所',
  openedOn: '2026年11月25日',
  intake,
  answer: (key) => answers[key],
  nameOf: (kind, id) => `<${kind} ${id}>`,
  person: null,
  interview: null,
  service,
});
const textOf = (letter: unknown): string => JSON.stringify(letter);

const reply = { found: '查明甲', done: '处理乙', rules: ['leave-7'], remedies: '三十日内可申请复查' };

describe('a reply to an appeal', () => {
  const { write } = documentKinds['appeal-reply'];

  test('says what was found, what is done, which rule applies and what remains open', () => {
    const letter = write(about({ 'draft-reply': reply, 'approve-reply': { decision: 'approve' } }));
    for (const part of ['SQ-2026-000123', '2026年11月25日', '查明甲', '处理乙', '<rule leave-7>', '三十日内可申请复查', '特此答复。'])
      expect(textOf(letter)).toContain(part);
    expect(letter?.addressee).toBe('李某同志');
  });

  test.each([
    ['before it is drafted', {}],
    ['before anyone has approved it', { 'draft-reply': reply }],
    ['after it was returned', { 'draft-reply': reply, 'approve-reply': { decision: 'return', reasons: '不清' } }],
    ['after it was refused', { 'draft-reply': reply, 'approve-reply': { decision: 'refuse', reasons: '不当' } }],
  ])('is not issued %s', (_when, answers) => {
    expect(write(about(answers))).toBeNull();
  });
});

describe('an inspection order', () => {
  const { write } = documentKinds['inspection-order'];
  const findings = { points: [{ point: '夜餐', finding: 'partly', facts: '只恢复两日' }] };

  test('says what was found, what is to be corrected, by which rule and until when', () => {
    const letter = write(about({ findings, order: { decision: 'order', demands: '全部恢复', rule: 'leave-7', limit: '5' } }));
    for (const part of ['夜餐：部分落实。只恢复两日', '全部恢复', '<rule leave-7>', '5个工作日', '此令。'])
      expect(textOf(letter)).toContain(part);
  });

  test('is not issued where nothing was ordered', () => {
    expect(write(about({ findings, order: { decision: 'no-order', reasons: '已落实' } }))).toBeNull();
    expect(write(about({ findings }))).toBeNull();
  });
});

test('a notice of rectification says what is to be put right', () => {
  const letter = documentKinds['rectification-notice'].write(about({}, { cause: 'management', order: '健全夜餐制度' }));
  expect(letter).toMatchObject({ addressee: '东湖派出所', closing: '特此通知。' });
  expect(textOf(letter)).toContain('健全夜餐制度');
});

test('a proof of service by refusal names its witnesses, and leaves them room to sign', () => {
  const service: ServiceShown = {
    to: '李某',
    document: '处分决定书（公监处〔2026〕1号）',
    how: 'refused',
    at: '2026年11月25日09:30',
    servedBy: '赵某',
    witnesses: ['王某', '钱某'],
    remarks: '拒收事由：不认可',
  };
  const letter = documentKinds['proof-of-service'].write(about({}, {}, service));
  expect(textOf(letter)).toContain('王某、钱某');
  expect(letter?.signatures).toEqual(['受送达人', '送达人', '见证人', '见证人']);
});
