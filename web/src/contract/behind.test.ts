import { expect, test } from '@jest/globals';
import { pageBehind } from './behind.ts';

test.each([
  [
    '/api/v1/cases?process=appeal&due=today&confidentiality=open%2Cinternal',
    '/cases?process=appeal&due=today&confidentiality=open%2Cinternal',
  ],
  ['/api/v1/tasks?key=result%407&late=true', '/tasks?key=result%407&late=true'],
  ['/api/v1/cases/TX-2026-000001/items?key=talk&unit=u-1&state=open', '/cases/TX-2026-000001?list=talk&unit=u-1&itemState=open#items'],
])('what %s lists is shown on a page', (link, page) => {
  expect(pageBehind(link)).toBe(page);
});

test('a number that no page can show is a fault', () => {
  expect(() => pageBehind('/api/v1/people?q=li')).toThrow('no page shows');
  expect(() => pageBehind('https://elsewhere.example/api/v1/cases?x')).toThrow('no page shows');
});
