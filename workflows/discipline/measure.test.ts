import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const day = 86_400_000;
const proposal = (person: TestPerson, further: object = {}) => ({
  measure: 'confinement',
  person,
  days: 3,
  actOn: '2026-11-01',
  ground: 'leave-7',
  reasons: '酒后滋事，有继续违纪可能。',
  ...further,
});
const suspension = { measure: 'suspension', days: 20 };
const upheld = { finding: 'upheld', reasons: '依据充分。' };
const quashed = { finding: 'quashed', reasons: '事实不清。' };
const family = { told: '妻子', how: '电话' };

const propose = (person: TestPerson, further: object = {}) =>
  bureau.start('measure', 'inspector-1', proposal(person, further), { subject: null });

async function inForce(person: TestPerson, further: object = {}): Promise<TestCase> {
  const c = await propose(person, further);
  await c.complete('approve', 'inspection-head', { decision: 'approve' });
  await c.complete('serve', 'inspector-1', { how: 'in-person', at: await bureau.now() });
  return c;
}

async function termOf(c: TestCase) {
  const [row] = await bureau.bureau.db.$queryRaw<{ kind: string; from: Date; until: Date }[]>`
    select r.kind, r.starts_at as "from", r.ends_at as until from restriction r join "case" c on c.id = r.case_id where c.number = ${c.number}`;
  if (!row) return null;
  return { kind: row.kind, from: row.from.getTime(), until: row.until.getTime(), days: (row.until.getTime() - row.from.getTime()) / day };
}

const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);
const whenOpen = (c: TestCase, key: string) => until(async () => (await openKeys(c)).includes(key), `${c.number} did not open ${key}`);
const now = async () => Date.parse(await bureau.now());

async function madeGood(c: TestCase): Promise<void> {
  expect((await openKeys(c)).sort()).toEqual(['clear-name', 'make-good-pay', 'restore-duty']);
  await c.complete('restore-duty', 'leader-1', { note: '已恢复岗位。' });
  await c.complete('make-good-pay', 'political-1', { note: '已补发。' });
  await c.complete('clear-name', 'political-1', { circle: '全所民警大会', how: '宣读决定。' });
}

describe('two people and a maximum', () => {
  test('nothing is limited before the head of inspection has approved what an inspector proposed', async () => {
    const c = await propose('li');
    expect(await termOf(c)).toBeNull();
    expect(await c.open('approve')).toMatchObject({
      role: 'inspection-head',
      excluded: expect.arrayContaining(['li', 'handler-2', 'inspector-1']),
    });
    await c.complete('approve', 'inspection-head', { decision: 'approve' });
    expect(await termOf(c)).toMatchObject({ kind: 'confinement', days: 3 });
    expect(await c.notices('li')).toContain('measure-in-force');
    await c.complete('serve', 'inspector-1', { how: 'in-person', at: await bureau.now() });
    expect(await c.events()).toContain('served');
  });

  test('a proposal that is refused limits nobody', async () => {
    const c = await propose('zhao');
    await c.complete('approve', 'inspection-head', { decision: 'refuse', reasons: '没有必要。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
    expect((await c.events()).at(-1)).toBe('file-sealed');
    expect(await termOf(c)).toBeNull();
  });

  test.each([
    { measure: 'confinement', days: 8 },
    { measure: 'confinement', days: 0 },
    { measure: 'suspension', days: 61 },
    { measure: 'suspension', days: 9 },
  ])('$measure of $days days is no measure of the law', async (further) => {
    await expect(propose('zhao', further)).rejects.toThrow();
  });

  test('the ground was in force on the day of the act', async () => {
    await expect(propose('zhao', { actOn: '2019-01-01' })).rejects.toMatchObject({ slug: 'rule-not-in-force' });
  });

  test('an extension beyond the maximum is refused by the record, whoever approves it', async () => {
    const c = await inForce('zhao', { days: 6 });
    await c.complete('review', 'inspector-1', { finding: 'extend', days: 2, reasons: '证人未到。' });
    const before = await termOf(c);
    await expect(c.complete('approve-longer', 'inspection-head', { decision: 'approve' })).rejects.toMatchObject({
      slug: 'beyond-maximum',
    });
    expect(await termOf(c)).toEqual(before);
    await c.complete('approve-longer', 'inspection-head', { decision: 'refuse', reasons: '超出七日。' });
    expect(await openKeys(c)).toContain('review');
  });
});

describe('while it lasts', () => {
  test('the family is told within 24 hours, and the review is due half-way', async () => {
    const c = await inForce('zhao', suspension);
    const { from, until: end } = (await termOf(c)) ?? { from: 0, until: 0 };
    expect((await c.open('inform-family')).dueAt?.getTime()).toBe(from + day);
    expect((await c.open('review')).dueAt?.getTime()).toBe((from + end) / 2);
    expect(await c.open('appeal')).toMatchObject({ assignee: 'zhao', dueAt: new Date(end) });
  });

  test('an extension moves the end, is told, and is reviewed half-way as well', async () => {
    const c = await inForce('zhao', suspension);
    const before = await termOf(c);
    await c.complete('review', 'inspector-1', { finding: 'continue', reasons: '仍有必要。' });
    await c.complete('oversee', 'inspector-2', { finding: 'extend', days: 10, reasons: '取证未毕。' });
    expect(await termOf(c)).toEqual(before);
    expect((await c.open('approve-longer')).excluded).toEqual(expect.arrayContaining(['inspector-1', 'inspector-2']));
    await c.complete('approve-longer', 'inspection-head', { decision: 'approve' });
    const term = await termOf(c);
    expect(term).toMatchObject({ days: 30 });
    expect((await c.open('review')).dueAt?.getTime()).toBe(((before?.until ?? 0) + (term?.until ?? 0)) / 2);
    expect(await c.notices('zhao')).toContain('measure-extended');
    await bureau.skip({ days: 21 });
    expect(await openKeys(c)).toContain('review');
    await bureau.skip({ days: 9, minutes: 1 });
    await whenOpen(c, 'inform-family');
    await c.complete('inform-family', 'leader-1', family);
    await whenOpen(c, 'conclude');
  });
});

describe('its end', () => {
  test('comes by itself, to the second, whoever forgot what', async () => {
    const c = await inForce('zhao');
    const term = await termOf(c);
    await bureau.skip({ days: 3, seconds: 1 });
    await until(async () => (await c.events()).includes('measure-ended'), 'it did not end');
    expect(await termOf(c)).toEqual(term);
    expect(await openKeys(c)).toEqual(['inform-family']);
    await c.complete('inform-family', 'leader-1', family);
    await c.complete('conclude', 'inspector-1', { finding: 'fault', reasons: '另案处理。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'ended' });
  });

  test('comes early where an inspector lifts it', async () => {
    const c = await inForce('zhao', suspension);
    await c.complete('inform-family', 'leader-1', family);
    await c.complete('review', 'inspector-1', { finding: 'lift', reasons: '已无必要。' });
    expect((await termOf(c))?.until).toBeLessThanOrEqual(await now());
    await c.complete('conclude', 'inspector-1', { finding: 'fault', reasons: '另案处理。' });
    expect(await c.row()).toMatchObject({ outcome: 'lifted' });
  });

  test('without fault restores duty, makes the pay good and clears the name', async () => {
    const c = await inForce('zhao');
    await c.complete('inform-family', 'leader-1', family);
    await c.complete('review', 'inspector-1', { finding: 'lift', reasons: '查无实据。' });
    await c.complete('conclude', 'inspector-1', { finding: 'no-fault', reasons: '查无实据。' });
    await madeGood(c);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'restored' });
  });
});

describe('the appeal', () => {
  test.each([
    ['confinement', 3, 1],
    ['suspension', 20, 5],
  ])('against %s of %s days is decided one level up by someone who had no part in it, within %s', async (measure, days, within) => {
    const c = await inForce('zhao', { measure, days });
    const asked = await now();
    await c.complete('appeal', 'zhao', { grounds: '当时不在现场。' });
    const task = await c.open('decide-appeal');
    expect(task).toMatchObject({ role: 'bureau-leader', excluded: expect.arrayContaining(['zhao', 'inspection-head']) });
    expect((task.dueAt?.getTime() ?? 0) - asked).toBeLessThan(within * day + 5000);
  });

  test('that succeeds lifts the measure at once and clears the name', async () => {
    const c = await inForce('zhao');
    await c.complete('appeal', 'zhao', { grounds: '当时不在现场。' });
    await c.complete('decide-appeal', 'chief', quashed);
    expect((await termOf(c))?.until).toBeLessThanOrEqual(await now());
    expect(await c.notices('zhao')).toContain('measure-quashed');
    await madeGood(c);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'quashed' });
  });

  test('that fails leaves the measure as it was and the way open', async () => {
    const c = await inForce('zhao');
    const term = await termOf(c);
    await c.complete('appeal', 'zhao', { grounds: '当时不在现场。' });
    await c.complete('decide-appeal', 'chief', upheld);
    expect(await termOf(c)).toEqual(term);
    expect(await c.open('appeal')).toMatchObject({ assignee: 'zhao' });
  });

  test.each([
    ['quashed', quashed, ['clear-name', 'make-good-pay', 'restore-duty']],
    ['upheld', upheld, ['inform-family']],
  ])('that is still pending when the measure ends is decided all the same: %s', async (_finding, decision, then) => {
    const c = await inForce('zhao', { days: 1 });
    await bureau.skip({ hours: 23 });
    await c.complete('appeal', 'zhao', { grounds: '当时不在现场。' });
    await bureau.skip({ hours: 2 });
    await until(async () => (await c.events()).includes('measure-ended'), 'it did not end');
    await c.complete('decide-appeal', 'chief', decision);
    expect((await openKeys(c)).sort()).toEqual(then);
  });
});

describe('no retaliation', () => {
  test('against someone whom a mark protects the measure and its extension need a statement and a second approval', async () => {
    await bureau.start('appeal', 'handler-1', { channel: 'self-service', title: '值班', content: '排班不公。' });
    const c = await propose('handler-1', suspension);
    await expect(c.complete('approve', 'inspection-head', { decision: 'approve' })).rejects.toMatchObject({ slug: 'invalid-form' });
    await c.complete('approve', 'inspection-head', { decision: 'approve', unrelated: '由群众举报引起。' });
    expect(await termOf(c)).toBeNull();
    await c.complete('approve-again', 'chief', { decision: 'approve' });
    const term = await termOf(c);
    expect(term).toMatchObject({ days: 20 });

    await c.complete('review', 'inspector-1', { finding: 'extend', days: 5, reasons: '取证未毕。' });
    await expect(c.complete('approve-longer', 'inspection-head', { decision: 'approve' })).rejects.toMatchObject({ slug: 'invalid-form' });
    await c.complete('approve-longer', 'inspection-head', { decision: 'approve', unrelated: '取证需要。' });
    expect(await termOf(c)).toEqual(term);
    await c.complete('approve-longer-again', 'chief', { decision: 'refuse', reasons: '没有必要。' });
    expect(await termOf(c)).toEqual(term);
  });

  test('a second approval that is refused limits nobody', async () => {
    await bureau.start('appeal', 'handler-2', { channel: 'self-service', title: '值班', content: '排班不公。' });
    const c = await propose('handler-2');
    await c.complete('approve', 'inspection-head', { decision: 'approve', unrelated: '由群众举报引起。' });
    await c.complete('approve-again', 'chief', { decision: 'refuse', reasons: '说明不足。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
    expect(await termOf(c)).toBeNull();
  });
});
