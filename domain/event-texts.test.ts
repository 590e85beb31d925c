import { type EventFacts, eventText, eventTexts } from './event-texts.ts';
import { noticeText, noticeTexts } from './notice-texts.ts';

const both = (text: string) => ({ zh: text, en: text });
const facts: EventFacts = {
  who: both('甲'),
  process: both('诉求'),
  task: both('受理'),
  stage: both('办理'),
  outcome: both('办结'),
  person: both('乙'),
  unit: both('丙'),
  other: 'SQ-2026-000001',
};

test.each(Object.keys(eventTexts))('the event %s is told in a whole sentence of each language', (type) => {
  const { zh, en } = eventText(type, facts);
  expect(zh).toMatch(/。$/);
  expect(en).toMatch(/^\S.*\.$/);
  expect(`${zh}${en}`).not.toMatch(/undefined|\[object|null/);
});

test('a type that only one process knows is told too', () => {
  expect(eventText('shift-swapped', facts)).toEqual({ zh: '已记录事项“shift-swapped”。', en: '“shift-swapped” was recorded.' });
  expect(eventText('toString', facts).en).toContain('was recorded');
});

test.each([...Object.keys(noticeTexts), 'talk-offered'])('the notice %s names the case and no title', (kind) => {
  const { zh, en } = noticeText(kind, { number: 'SQ-2026-000001', process: both('诉求'), task: both('受理') });
  expect(zh).toMatch(/SQ-2026-000001.*。$/);
  expect(en).toMatch(/SQ-2026-000001.*\.$/);
});
