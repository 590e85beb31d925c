import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const need = { kinds: ['illness'], circumstances: '家属长期住院。' };
const hardship = { finding: 'hardship', visitedOn: '2026-12-01', circumstances: '属实。', level: 'high' };
const none = { finding: 'none', visitedOn: '2026-12-01', circumstances: '已好转。', ground: 'leave-7' };
const plan = { helper: 'handler-1', measures: '每月走访，协调就医。', goal: '一年内脱困。' };
const visit = { metOn: '2027-01-01', circumstances: '平稳。' };
const approve = { decision: 'approve' };
const refuse = { decision: 'refuse', reasons: '请再核实。' };
const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);

async function onFile(level = 'high'): Promise<TestCase> {
  const c = await bureau.start('hardship-file', 'li', need);
  await c.complete('verify', 'welfare-1', { ...hardship, level });
  await c.complete('decide-file', 'political-1', approve);
  await c.complete('plan', 'welfare-1', plan);
  return c;
}

describe('建档 the file', () => {
  test('is verified at home within ten working days, decided by a second person, and has a helper with a name', async () => {
    const c = await onFile();
    expect(await c.row()).toMatchObject({ stage: 'on-file', handler: 'handler-1' });
    expect(await c.notices('li')).toContain('hardship-filed');
    expect((await c.tasks()).find(({ key }) => key === 'decide-file')?.excluded).toContain('welfare-1');
  });

  test.each([
    ['who is proposed by someone else is asked first', { answer: 'agreed' }, 'verify'],
    ['who does not want it is left alone', { answer: 'declined' }, null],
  ])('%s', async (_, answer, next) => {
    const c = await bureau.start('hardship-file', 'leader-1', { ...need, person: 'zhao' }, { subject: 'zhao' });
    expect(await openKeys(c)).toEqual(['consent']);
    await c.complete('consent', 'zhao', answer);
    if (next === null) expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'declined' });
    else expect(await openKeys(c)).toEqual([next]);
  });

  test('a refusal is told with its remedy; who objects is visited by someone else, once', async () => {
    const c = await bureau.start('hardship-file', 'li', need);
    await c.complete('verify', 'welfare-1', none);
    await c.complete('decide-file', 'political-1', refuse);
    await c.complete('verify', 'welfare-1', none);
    await c.complete('decide-file', 'political-1', approve);
    expect(await c.events()).toContain('told-of-remedy');
    await c.complete('object', 'li', { grounds: '治疗费用仍高。' });
    expect((await c.open('verify')).excluded).toContain('welfare-1');
    await c.complete('verify', 'welfare-2', none);
    await c.complete('decide-file', 'political-1', approve);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'not-filed' });
  });
});

describe('on file', () => {
  test.each([
    ['high', 30],
    ['medium', 60],
    ['low', 90],
  ])('whose level is %s is visited every %d days, by the helper', async (level, days) => {
    const c = await onFile(level);
    await bureau.skip({ days: days - 1 });
    expect(await openKeys(c)).not.toContain('visit');
    await bureau.skip({ days: 1 });
    expect(await c.open('visit')).toMatchObject({ assignee: 'handler-1' });
    await c.complete('visit', 'handler-1', visit);
    expect(await openKeys(c)).not.toContain('visit');
  });

  test('a visit that is missed climbs, and the next one is counted from it', async () => {
    const c = await onFile();
    await bureau.skip({ days: 45 });
    expect((await c.open('visit')).level).toBeGreaterThan(0);
    await c.complete('visit', 'handler-1', visit);
    await bureau.skip({ days: 29 });
    expect(await openKeys(c)).not.toContain('visit');
  });

  test('aid that a plan or a visit asks for is a case of its own, which the file shows', async () => {
    const c = await bureau.start('hardship-file', 'li', need);
    await c.complete('verify', 'welfare-1', hardship);
    await c.complete('decide-file', 'political-1', approve);
    await c.complete('plan', 'welfare-1', { ...plan, aid: 3000 });
    await bureau.skip({ days: 31 });
    await c.complete('visit', 'handler-1', { ...visit, aid: 500 });
    const opened = (await c.links()).filter(({ relation }) => relation === 'aid');
    expect(opened.map(({ process }) => process)).toEqual(['mutual-aid', 'mutual-aid']);
  });

  test('is reviewed each year: it goes on with another level and helper, or ends by two people after the person was heard', async () => {
    const c = await onFile('low');
    for (let quarter = 0; quarter < 4; quarter++) {
      await bureau.skip({ days: 91 });
      await c.complete('visit', 'handler-1', visit);
    }
    await bureau.skip({ days: 2 });
    await c.complete('review', 'welfare-1', { finding: 'continue', circumstances: '仍有困难。', level: 'high', helper: 'deputy-1' });
    expect(await c.row()).toMatchObject({ handler: 'deputy-1' });
  });

  test('ends by decision of two after the person was heard, at any time by the wish of the person, and with a death', async () => {
    const [first, second, third] = [await onFile('low'), await onFile('low'), await onFile('low')];
    await second.submit('li', { action: 'withdraw', reason: '已好转。' });
    expect(await second.row()).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
    await third.complete('report-change', 'welfare-1', { change: 'died', on: '2026-12-05' });
    expect(await third.row()).toMatchObject({ state: 'closed', outcome: 'died' });
    await bureau.skip({ days: 366 });
    await first.complete('review', 'welfare-1', { finding: 'exit', circumstances: '收入恢复。', reasons: '已脱困。' });
    await first.complete('answer-exit', 'li', { agrees: false, statement: '仍需一次帮扶。' });
    expect((await first.open('decide-exit')).excluded).toContain('welfare-1');
    await first.complete('decide-exit', 'political-1', approve);
    expect(await first.row()).toMatchObject({ state: 'closed', outcome: 'improved' });
  });
});

test('years of visits stay small: the file goes on in new runs', async () => {
  const c = await bureau.start('hardship-file', 'wang', need, { longHistory: 60 });
  await c.complete('verify', 'welfare-1', hardship);
  await c.complete('decide-file', 'political-1', approve);
  await c.complete('plan', 'welfare-1', { ...plan, helper: 'handler-2' });
  for (let nth = 0; nth < 8; nth++) {
    await bureau.skip({ days: 30 });
    await c.complete('visit', 'handler-2', visit);
  }
  expect(await c.historyLength()).toBeLessThan(120);
  expect(await c.row()).toMatchObject({ state: 'open', stage: 'on-file' });
});
