import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';
import { until } from '../../test/until.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const form = async (person: TestPerson, further: object = {}) => ({
  person,
  bar: 'promotion',
  sanction: 'warning',
  decidedOn: await bureau.today(),
  actOn: '2024-05-01',
  ground: 'leave-7',
  explanation: '酒后上岗，已作出警告处分。',
  ...further,
});

const propose = async (person: TestPerson, further: object = {}) =>
  bureau.start('eligibility-bar', 'political-1', await form(person, further), { subject: null });

async function inForce(person: TestPerson, further: object = {}): Promise<TestCase> {
  const c = await propose(person, further);
  await c.complete('approve', 'chief', { decision: 'approve' });
  await c.complete('serve', 'political-1', { how: 'in-person', at: await bureau.now() });
  return c;
}

const rowOf = async (c: TestCase) => {
  const [row] = await bureau.bureau.db.$queryRaw<{ kind: string; person: string; from: Date; until: Date }[]>`
    select r.kind, r.person_id as person, r.starts_at as "from", r.ends_at as until
      from restriction r join "case" c on c.id = r.case_id where c.number = ${c.number}`;
  return row;
};

describe('two people', () => {
  test('a bar is in force only when someone other than who proposed it has approved it', async () => {
    const c = await propose('li');
    expect(await rowOf(c)).toBeUndefined();
    expect(await c.open('approve')).toMatchObject({
      role: 'bureau-leader',
      excluded: expect.arrayContaining(['li', 'handler-2', 'political-1']),
    });
    await c.complete('approve', 'chief', { decision: 'approve' });
    expect(await rowOf(c)).toMatchObject({ kind: 'promotion', person: 'li' });
    expect(await c.notices('li')).toContain('barred');
    const at = await bureau.now();
    await c.complete('serve', 'political-1', { how: 'refused', at, reason: '拒收。', witnesses: ['leader-1', 'deputy-1'] });
    expect(await c.events()).toContain('served');
  });

  test('a bar that is refused limits nobody', async () => {
    const c = await propose('zhao');
    await c.complete('approve', 'chief', { decision: 'refuse', reasons: '处分已撤销。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
    expect(await rowOf(c)).toBeUndefined();
  });
});

describe('by its dates', () => {
  test('a bar begins with the day of the decision and ends with that day of its last month, bureau time', async () => {
    const c = await inForce('zhao', { decidedOn: '2026-08-31' });
    expect(await rowOf(c)).toMatchObject({ from: new Date('2026-08-31T00:00:00+08:00'), until: new Date('2027-03-01T00:00:00+08:00') });
  });

  test('honours are barred to the end of the year', async () => {
    const c = await inForce('zhao', { bar: 'honours', decidedOn: '2026-08-31' });
    expect(await rowOf(c)).toMatchObject({ kind: 'honours', until: new Date('2027-01-01T00:00:00+08:00') });
  });

  test('one that ends beyond the published calendar is in force all the same', async () => {
    const c = await inForce('zhao', { sanction: 'removal', decidedOn: '2027-11-30' });
    expect(await rowOf(c)).toMatchObject({ until: new Date('2029-12-01T00:00:00+08:00') });
    expect(await c.open('propose-lifting')).toMatchObject({ state: 'open' });
  });

  test('it ends by itself, and the person is told', async () => {
    const c = await inForce('wang');
    await bureau.skip({ days: 186 });
    await until(async () => (await c.row()).state === 'closed', 'the bar did not end');
    expect(await c.row()).toMatchObject({ outcome: 'ended' });
    expect(await c.notices('wang')).toContain('bar-ended');
  });

  test('a bar of which the end has passed already ends at once', async () => {
    const c = await inForce('wang', { decidedOn: '2020-01-10' });
    await until(async () => (await c.row()).state === 'closed', 'the bar did not end');
  });
});

describe('an early end', () => {
  test('takes two people as well, and holds from that instant', async () => {
    const c = await inForce('wang');
    await c.complete('propose-lifting', 'political-1', { reasons: '表现突出。' });
    expect((await c.open('approve-lifting')).excluded).toContain('political-1');
    await c.complete('approve-lifting', 'chief', { decision: 'approve' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'lifted' });
    expect((await rowOf(c))?.until.getTime()).toBeLessThanOrEqual(Date.parse(await bureau.now()));
  });

  test('that is refused leaves the bar in force and the way open to another proposal', async () => {
    const c = await inForce('wang');
    const before = await rowOf(c);
    await c.complete('propose-lifting', 'political-1', { reasons: '表现突出。' });
    await c.complete('approve-lifting', 'chief', { decision: 'refuse', reasons: '期限过短。' });
    expect(await rowOf(c)).toEqual(before);
    expect(await c.open('propose-lifting')).toMatchObject({ role: 'political-department' });
  });
});

describe('the rule', () => {
  test('is one that was in force on the day of the act, or the record refuses the case', async () => {
    await expect(propose('zhao', { actOn: '2019-12-31' })).rejects.toMatchObject({ slug: 'rule-not-in-force' });
    await expect(propose('zhao', { ground: 'no-such-rule' })).rejects.toMatchObject({ slug: 'rule-not-in-force' });
  });
});

describe('no retaliation', () => {
  test('against someone under a no-retaliation mark it takes a written statement and a second approval', async () => {
    await bureau.start('appeal', 'handler-1', { channel: 'self-service', title: '值班', content: '排班不公。' });
    const c = await propose('handler-1');
    await expect(c.complete('approve', 'chief', { decision: 'approve' })).rejects.toMatchObject({
      slug: 'invalid-form',
      facts: { errors: [{ path: 'data.unrelated' }] },
    });
    await c.complete('approve', 'chief', { decision: 'approve', unrelated: '处分决定早于诉求，与其无关。' });
    expect(await rowOf(c)).toBeUndefined();
    expect((await c.open('approve-again')).excluded).toEqual(expect.arrayContaining(['chief', 'political-1', 'handler-1']));
    await c.complete('approve-again', 'supervising-1', { decision: 'approve' });
    expect(await rowOf(c)).toMatchObject({ person: 'handler-1' });
  });

  test('to refuse it takes no statement', async () => {
    await bureau.start('appeal', 'handler-2', { channel: 'self-service', title: '值班', content: '排班不公。' });
    const c = await propose('handler-2');
    await c.complete('approve', 'chief', { decision: 'refuse', reasons: '依据不足。' });
    expect(await c.row()).toMatchObject({ outcome: 'refused' });
  });
});
