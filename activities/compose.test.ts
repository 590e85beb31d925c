import { expect, test } from '@jest/globals';
import type { CaseNumber, PersonId } from '../domain/ids.ts';
import { undisturbed } from '../domain/quiet-hours.ts';
import type { DueDelivery, DueMail } from '../store/post.ts';
import { messageOf } from './compose.ts';

const person = 'zhao' as string as PersonId;
const mail: DueMail = {
  person,
  kind: 'email',
  to: { address: 'zhao@example.org' },
  locale: 'zh',
  preference: undisturbed,
  deliveries: [],
};
const delivery = (of: Partial<DueDelivery>): DueDelivery => ({
  id: '1',
  urgent: false,
  held: false,
  bundle: null,
  attempts: 0,
  kind: 'task-opened',
  at: new Date('2026-11-25T08:00:00+08:00'),
  number: 'JK-2026-000001' as string as CaseNumber,
  process: 'mental-health',
  taskKey: 'triage-now',
  facts: null,
  ...of,
});

test.each(['task-opened', 'due', 'closed', 'care-without-consent'])(
  'what leaves the house of the news %s tells neither case nor process nor task',
  (kind) => {
    const { subject, text, facts } = messageOf(mail, [delivery({ kind })], 'm1');
    expect({ subject, text }).toEqual({ subject: '万件不落', text: '您有一条健康服务消息。' });
    expect(JSON.stringify(facts)).not.toMatch(/JK-|mental|triage|心理/);
  },
);

test('an advice on duties is sent without the person whom it is about', () => {
  const facts = { kind: 'duty-advice', about: 'li', advice: 'adjust-duties' };
  const message = messageOf(mail, [delivery({ kind: 'duty-advice', number: null, process: null, taskKey: null, facts })], 'm2');
  expect(message.text).toContain('建议调整勤务');
  expect(JSON.stringify(message)).not.toMatch(/"li"/);
});

test('the duty desk is told what to do when nobody answers', () => {
  const message = messageOf(mail, [delivery({ kind: 'care-unanswered', taskKey: null })], 'm3');
  expect(message.text).toContain('请立即联系值班心理咨询师');
});
