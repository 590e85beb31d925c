import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseNumber } from '../../domain/ids.ts';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const content = '多次利用公车办私事。';
const cited = { actOn: '2026-05-01', ground: 'leave-7' };
const unfounded = { decision: 'unfounded', reasons: '派车单齐全。', reply: '经核不属实。' };
const ask = { decision: 'ask', question: '车牌号？' };

const report = (further: object = {}, by: TestPerson = 'zhao') => bureau.start('clue', by, { content, ...further });

async function identified(further: object = {}, found: object = {}): Promise<TestCase> {
  const c = await report(further);
  await c.complete('identify', 'discipline-1', found);
  return c;
}

const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);
const comesTo = (c: TestCase, key: string) => until(async () => (await openKeys(c)).includes(key), `${c.number} did not come to ${key}`);
const upward = async (c: TestCase) => (await c.events()).filter((type) => type === 'reported-upward').length;

describe('who takes part', () => {
  test('is none of those reported, their relatives, or the leaders who are named', async () => {
    const c = await report({ reported: ['li', 'discipline-1'], leaders: ['supervising-1'] });
    expect((await c.open('identify')).excluded).toEqual(
      expect.arrayContaining(['li', 'handler-2', 'discipline-1', 'supervising-1', 'zhao']),
    );
    expect(await c.notices('li')).toEqual([]);
    expect(await c.notices('discipline-1')).toEqual([]);
  });

  test('whoever turns out to be concerned takes no part from then on', async () => {
    const c = await identified({}, { reported: ['li'], leaders: ['leader-1', 'supervising-2'] });
    expect(await c.participants('reported')).toEqual(['leader-1', 'li', 'supervising-2']);
    expect((await c.open('assess')).excluded).toEqual(expect.arrayContaining(['li', 'handler-2', 'leader-1', 'supervising-2']));
  });

  test('whoever reports by name is protected from retaliation', async () => {
    const c = await report();
    expect(await c.events()).toContain('marked');
  });
});

describe('what it comes to', () => {
  test('unfounded, with the name of whoever it had damaged cleared in the same circle', async () => {
    const c = await identified({ reported: ['li'] });
    await c.complete('assess', 'discipline-1', { ...unfounded, clear: [{ person: 'li', spreadIn: '东湖派出所' }] });
    expect(await c.links()).toEqual([]);
    await c.complete('confirm-unfounded', 'supervising-1', { decision: 'approve' });
    const [link] = await c.links();
    expect(link).toMatchObject({ relation: 'clears-name', process: 'rights-protection' });
    const cleared = bureau.caseOf(link?.number as CaseNumber);
    await cleared.complete('organise', 'welfare-1', { protector: 'legal-1' });
    expect(await openKeys(cleared)).toEqual(expect.arrayContaining(['act', 'clear-name']));
    expect((await cleared.open('clear-name')).excluded).toEqual(expect.arrayContaining(['li', 'handler-2']));
  });

  test('unfounded, when a second person has confirmed it', async () => {
    const c = await identified();
    await c.complete('assess', 'discipline-1', unfounded);
    expect(await c.row()).toMatchObject({ state: 'open' });
    expect((await c.open('confirm-unfounded')).excluded).toContain('discipline-1');
    await c.complete('confirm-unfounded', 'supervising-1', { decision: 'approve' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'unfounded' });
    expect(await c.notices('zhao')).toContain('closed');
  });

  test('not unfounded where the second person does not think so', async () => {
    const c = await identified();
    await c.complete('assess', 'discipline-1', unfounded);
    await c.complete('confirm-unfounded', 'supervising-1', { decision: 'refuse', reasons: '派车单有涂改。' });
    expect(await openKeys(c)).toEqual(['assess']);
  });

  test('a talk with each of those concerned, in a case that does not name the reporter', async () => {
    const c = await identified({}, { reported: ['li', 'wang'] });
    await c.complete('assess', 'discipline-1', {
      decision: 'talk',
      persons: ['li', 'wang'],
      matter: '公车私用',
      ...cited,
      reply: '已谈话处理。',
    });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'talk' });
    const talks = (await c.links()).filter(({ relation }) => relation === 'talk');
    expect(talks.map(({ process }) => process)).toEqual(['warning-talk', 'warning-talk']);
    for (const { number } of talks) {
      const [row] = await bureau.bureau.db.$queryRaw<{ openedBy: string; subject: string; unit: string }[]>`
        select opened_by as "openedBy", subject_id as subject, unit_id as unit from "case" where number = ${number}`;
      expect(row).toMatchObject({ openedBy: 'discipline-1', unit: row?.subject === 'li' ? 'station-1' : 'station-2' });
      expect(await bureau.caseOf(number).participants('appellant')).toEqual([]);
    }
  });

  test('a preliminary check, and a decision after it', async () => {
    const c = await identified();
    await c.complete('assess', 'discipline-1', { decision: 'preliminary-check', plan: '调取派车单。' });
    await c.complete('check', 'discipline-2', { findings: '三次公车私用。' });
    await c.complete('assess', 'discipline-1', { decision: 'file', persons: ['li'], reasons: '属实。', ...cited, reply: '已立案。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'filed' });
  });

  test('the rule that may be broken was in force on the day of the act', async () => {
    const c = await identified();
    const file = { decision: 'file', persons: ['li'], reasons: '属实。', actOn: '2019-05-01', ground: 'leave-7', reply: '已立案。' };
    await expect(c.complete('assess', 'discipline-1', file)).rejects.toMatchObject({ slug: 'rule-not-in-force' });
    expect(await openKeys(c)).toEqual(['assess']);
  });
});

describe('nobody sits on it', () => {
  test('without a decision in time it reports itself one level up, again and again until the top, and there again', async () => {
    const c = await identified();
    await bureau.skip({ days: 31 });
    await comesTo(c, 'assess-above');
    expect(await c.open('assess-above')).toMatchObject({ role: 'supervising-leader' });
    await bureau.skip({ days: 16 });
    await comesTo(c, 'assess-at-top');
    expect(await upward(c)).toBe(2);
    // A leader who lets it lie answers for that.
    const [opened] = await c.links();
    if (!opened) throw new Error('no case was opened');
    expect(opened.process).toBe('accountability');
    // Nothing there tells who reported: neither its opener nor the unit in which it runs.
    const [row] = await bureau.bureau.db.$queryRaw<{ opened: string | null; unit: string }[]>`
      select opened_by as opened, unit_id as unit from "case" where number = ${opened.number}`;
    expect(row).toEqual({ opened: null, unit: 'city' });
    expect((await bureau.caseOf(opened.number).recorded()).map(({ actor }) => actor)).not.toContain('li');
    expect(await c.notices('chief')).toContain('clue-not-decided');
    await bureau.skip({ days: 31 });
    await until(async () => (await upward(c)) === 4, 'the top was not told again');
    await c.complete('assess-at-top', 'chief', { decision: 'file', persons: ['li'], reasons: '属实。', ...cited, reply: '已立案。' });
    expect(await c.row()).toMatchObject({ outcome: 'filed' });
  });

  test('a level that lost it never gets it back', async () => {
    const c = await identified();
    await bureau.skip({ days: 31 });
    await comesTo(c, 'assess-above');
    await c.complete('assess-above', 'supervising-1', unfounded);
    await c.complete('confirm-unfounded', 'chief', { decision: 'return', reasons: '再核。' });
    expect(await openKeys(c)).toEqual(['assess-above']);
  });

  test('a leader who is named does not get it either', async () => {
    const c = await identified({ leaders: ['supervising-1', 'supervising-2'] });
    await bureau.skip({ days: 31 });
    await comesTo(c, 'assess-above');
    const { role, excluded } = await c.open('assess-above');
    expect(role).not.toBe('supervising-leader');
    expect(excluded).toEqual(expect.arrayContaining(['supervising-1', 'supervising-2']));
  });

  test('a check that is not done in time goes up as well', async () => {
    const c = await identified();
    await c.complete('assess', 'discipline-1', { decision: 'preliminary-check', plan: '调取派车单。' });
    await bureau.skip({ days: 61 });
    await comesTo(c, 'assess-above');
  });

  test('a question gains no time', async () => {
    const c = await identified();
    const { dueAt } = await c.open('assess');
    await c.complete('assess', 'discipline-1', ask);
    expect(await c.open('answer-question')).toMatchObject({ assignee: 'zhao' });
    await bureau.skip({ days: 10 });
    await c.complete('answer-question', 'zhao', { answer: '车牌尾号 21。' });
    expect((await c.open('assess')).dueAt).toEqual(dueAt);
    await bureau.skip({ days: 21 });
    await comesTo(c, 'assess-above');
  });

  test('a question that is not answered comes back without an answer', async () => {
    const c = await identified();
    await c.complete('assess', 'discipline-1', ask);
    await bureau.skip({ days: 16 });
    await comesTo(c, 'assess');
  });
});
