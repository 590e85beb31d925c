import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const care = { finding: 'care', kind: 'counselling', counsellor: 'counsellor-1', plan: '每周一次。' };
const danger = { finding: 'danger', counsellor: 'counsellor-1', measures: '专人陪护。', ground: 'leave-7' };
const agreed = { answer: 'agreed', unitMayKnow: false };
const refused = { answer: 'refused' };
const record = '情绪平稳。';
const approve = { decision: 'approve' };

const asked = (data: object = {}, by: TestPerson = 'zhao') => bureau.start('mental-health', by, data);
const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);
const whenOpen = (c: TestCase, key: string) => until(async () => (await openKeys(c)).includes(key), `${c.number} did not open ${key}`);
const whenClosed = (c: TestCase) => until(async () => (await c.row()).state === 'closed', `${c.number} did not close`);
const minutesTo = async (c: TestCase, key: string) => {
  const { dueAt } = await c.open(key);
  return Math.round(((dueAt?.getTime() ?? 0) - Date.parse(await bureau.now())) / 60_000);
};

async function caring(data: object = {}, by?: TestPerson): Promise<TestCase> {
  const c = await asked(data, by);
  await c.complete('triage', 'counsellor-1', { ...care, advice: 'adjust-duties' });
  return c;
}

async function inDanger(further: object = {}): Promise<TestCase> {
  const c = await asked({ danger: true, words: '撑不下去了。' });
  await c.complete('triage-now', 'counsellor-1', { ...danger, ...further });
  return c;
}

/** What the leader of the subject's unit was told of anything. */
const leaderTold = async () =>
  bureau.bureau.db.$queryRaw<{ kind: string; number: string | null; facts: unknown }[]>`
    select n.kind, c.number, n.facts from notice n left join "case" c on c.id = n.case_id where n.person_id = 'leader-1' order by n.id`;

describe('asking for help', () => {
  test('for oneself needs nothing but the wish, nor anybody’s approval', async () => {
    const c = await asked();
    expect(await openKeys(c)).toEqual(['triage']);
    expect(await c.open('triage')).toMatchObject({ role: 'counsellor' });
    expect(await minutesTo(c, 'triage')).toBe(24 * 60);
    await c.complete('triage', 'counsellor-1', { finding: 'none', record });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'advised' });
  });

  test('for someone else is told to that person first, and goes on only if they want it', async () => {
    const wanted = await asked({ person: 'zhao' }, 'wang');
    expect(await wanted.open('answer-referral')).toMatchObject({ assignee: 'zhao' });
    expect(await wanted.notices('zhao')).toContain('task-opened');
    await wanted.complete('answer-referral', 'zhao', { answer: 'yes' });
    expect(await openKeys(wanted)).toEqual(['triage']);

    const unwanted = await asked({ person: 'zhao' }, 'wang');
    await unwanted.complete('answer-referral', 'zhao', { answer: 'no' });
    expect(await unwanted.row()).toMatchObject({ state: 'closed', outcome: 'declined' });

    const unanswered = await asked({ person: 'zhao' }, 'wang');
    await bureau.skip({ days: 3, minutes: 1 });
    await whenClosed(unanswered);
    expect(await unanswered.row()).toMatchObject({ outcome: 'declined' });
  });

  test('can be taken back by the person at any time, but for danger', async () => {
    const c = await caring();
    await c.complete('consent', 'zhao', agreed);
    await c.submit('zhao', { action: 'withdraw', reason: '不需要了。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
    expect(await openKeys(c)).toEqual([]);
  });
});

describe('danger', () => {
  test('is looked at within thirty minutes whatever the hour, and a referrer does not wait for an answer', async () => {
    const c = await asked({ person: 'zhao', danger: true }, 'wang');
    expect(await openKeys(c)).toEqual(['triage-now']);
    expect(await minutesTo(c, 'triage-now')).toBe(30);
    expect(await c.notices('zhao')).toContain('care-referred');
    const [{ urgent } = { urgent: false }] = await bureau.bureau.db.$queryRaw<{ urgent: boolean }[]>`
      select urgent from task where id = ${(await c.open('triage-now')).id}`;
    expect(urgent).toBe(true);
    await c.complete('triage-now', 'counsellor-1', { finding: 'none', record }); // or it would be called for as long as this bureau lasts
  });

  test('that nobody answers goes to others of the team again and again, and the duty desk is to reach them', async () => {
    const c = await asked({ danger: true });
    await bureau.skip({ minutes: 31 });
    await whenOpen(c, 'triage-next');
    expect(await c.open('triage-next')).toMatchObject({ role: 'health-desk' });
    await bureau.skip({ minutes: 31 });
    await whenOpen(c, 'triage-now');
    await bureau.skip({ minutes: 31 });
    await whenOpen(c, 'triage-next');
    expect((await c.notices('duty-1')).filter((kind) => kind === 'care-unanswered')).toHaveLength(3);
    expect(await c.participants('informed')).not.toContain('duty-1');
    await c.complete('triage-next', 'health-1', { finding: 'none', record });
    expect(await c.row()).toMatchObject({ outcome: 'advised' });
  });

  test('brings help at once, and takes a second person for what is done without consent', async () => {
    const c = await inDanger();
    expect((await openKeys(c)).sort()).toEqual(['confirm-danger', 'protect']);
    expect(await c.open('confirm-danger')).toMatchObject({
      role: 'health-desk',
      excluded: expect.arrayContaining(['counsellor-1', 'zhao']),
    });
    expect(await c.notices('zhao')).not.toContain('care-without-consent');
    await c.complete('confirm-danger', 'health-1', approve);
    expect(await c.notices('zhao')).toContain('care-without-consent');
    expect(await c.events()).toContain('told-of-remedy');
  });

  test('that the second person does not see leaves everything to the consent of the first', async () => {
    const c = await inDanger();
    await c.complete('confirm-danger', 'health-1', { decision: 'refuse', reasons: '没有危险。' });
    await c.complete('protect', 'counsellor-1', { note: '已陪同谈话。' });
    await c.complete('consent', 'zhao', refused);
    expect(await c.row()).toMatchObject({ outcome: 'declined' });
    expect(await c.notices('zhao')).not.toContain('care-without-consent');
  });

  test('lets protection last 72 hours, and then only what is agreed to goes on', async () => {
    const c = await inDanger();
    await c.complete('confirm-danger', 'health-1', approve);
    await c.complete('protect', 'counsellor-1', { note: '家属在场。' });
    await bureau.skip({ hours: 72, minutes: 1 });
    await whenOpen(c, 'consent');
    expect(await c.notices('zhao')).toContain('care-only-by-consent');
    expect(await openKeys(c)).toEqual(['consent']);
    await bureau.skip({ days: 5, minutes: 1 });
    await whenClosed(c);
    expect(await c.row()).toMatchObject({ outcome: 'protected' });
  });

  test('may be over before, by the counsellor or by an objection that someone without a part in it finds right', async () => {
    const over = await inDanger();
    await over.complete('confirm-danger', 'health-1', approve);
    await over.complete('protect', 'counsellor-1', { note: '家属在场。' });
    await over.complete('watch', 'counsellor-1', { note: '情绪稳定。' });
    expect(await openKeys(over)).toEqual(['consent']);

    const objected = await inDanger();
    await objected.complete('confirm-danger', 'health-1', approve);
    await objected.complete('object', 'zhao', { reasons: '我没有危险。' });
    expect(await objected.open('decide-objection')).toMatchObject({
      excluded: expect.arrayContaining(['counsellor-1', 'health-1', 'zhao']),
    });
    await objected.complete('decide-objection', 'health-2', { finding: 'upheld', reasons: '仍有危险。' });
    await objected.complete('object', 'zhao', { reasons: '家人已到。' });
    await objected.complete('decide-objection', 'health-2', { finding: 'ended', reasons: '危险解除。' });
    await objected.complete('protect', 'counsellor-1', { note: '已送回家。' });
    await objected.complete('consent', 'zhao', agreed);
    expect(await openKeys(objected)).toEqual(['care']);
  });

  test('takes a third person where a no-retaliation mark protects the one concerned', async () => {
    await bureau.start('appeal', 'li', { channel: 'self-service', title: '值班', content: '排班不公。' });
    const c = await asked({ danger: true }, 'li');
    await c.complete('triage-now', 'counsellor-1', danger);
    await expect(c.complete('confirm-danger', 'health-1', approve)).rejects.toMatchObject({ slug: 'invalid-form' });
    await c.complete('confirm-danger', 'health-1', { ...approve, unrelated: '本人当面表示要自伤。' });
    expect(await openKeys(c)).toContain('confirm-danger-again');
    await c.complete('confirm-danger-again', 'health-2', approve);
    expect(await c.notices('li')).toContain('care-without-consent');
  });
});

describe('care', () => {
  test('begins when it is agreed to, goes on as long as it is needed, and is followed up', async () => {
    const c = await caring();
    expect(await openKeys(c)).toEqual(['consent']);
    await c.complete('consent', 'zhao', agreed);
    expect(await c.open('care')).toMatchObject({ assignee: 'counsellor-1' });
    await c.complete('care', 'counsellor-1', { finding: 'goes-on', record });
    await c.complete('care', 'counsellor-1', { finding: 'done', record });
    await c.complete('follow-up', 'counsellor-1', { finding: 'again', record });
    await c.complete('care', 'counsellor-1', { finding: 'done', record });
    await c.complete('follow-up', 'counsellor-1', { finding: 'well', record });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'completed' });
  });

  test.each([['refused'], ['not answered']])('that is %s does not begin', async (how) => {
    const c = await caring();
    if (how === 'refused') await c.complete('consent', 'zhao', refused);
    else await bureau.skip({ days: 5, minutes: 1 });
    await whenClosed(c);
    expect(await c.row()).toMatchObject({ outcome: 'declined' });
  });

  test('in which danger comes up protects first, and asks again', async () => {
    const c = await caring();
    await c.complete('consent', 'zhao', agreed);
    await c.complete('care', 'counsellor-1', { ...danger, counsellor: 'counsellor-2' });
    expect(await c.row()).toMatchObject({ stage: 'danger', handler: 'counsellor-2' });
    await c.complete('confirm-danger', 'health-1', approve);
    await c.complete('watch', 'counsellor-2', { note: '解除。' });
    await c.complete('protect', 'counsellor-2', { note: '陪护。' });
    await c.complete('consent', 'zhao', agreed);
    await c.complete('care', 'counsellor-2', { finding: 'left', record: '已退休。' });
    expect(await c.row()).toMatchObject({ outcome: 'left' });
  });

  test('whose counsellor leaves goes on with another one of the team', async () => {
    const c = await caring();
    await bureau.bureau.db.person.update({ where: { id: 'counsellor-1' }, data: { leftAt: new Date(await bureau.now()) } });
    await c.complete('consent', 'zhao', agreed);
    expect(await c.open('care')).toMatchObject({ assignee: null, role: 'counsellor' });
    await bureau.bureau.db.person.update({ where: { id: 'counsellor-1' }, data: { leftAt: null } });
  });
});

describe('what others learn', () => {
  test('is nothing but “adjust duties” or “fit”, where the person agrees to it', async () => {
    const before = (await leaderTold()).length;
    const silent = await caring();
    await silent.complete('consent', 'zhao', agreed);
    expect(await leaderTold()).toHaveLength(before);

    const c = await caring();
    await c.complete('consent', 'zhao', { ...agreed, unitMayKnow: true });
    await c.complete('care', 'counsellor-1', { finding: 'done', record });
    await c.complete('follow-up', 'counsellor-1', { finding: 'well', record, advice: 'fit' });
    expect((await leaderTold()).slice(before)).toEqual([
      { kind: 'duty-advice', number: null, facts: { kind: 'duty-advice', about: 'zhao', advice: 'adjust-duties' } },
      { kind: 'duty-advice', number: null, facts: { kind: 'duty-advice', about: 'zhao', advice: 'fit' } },
    ]);
  });

  test('never reaches a leader by a ladder: overdue tasks climb inside the team', async () => {
    const c = await asked();
    await bureau.skip({ days: 3 });
    const { ladder } = await c.open('triage');
    expect(ladder.every(({ firedAt }) => firedAt !== null)).toBe(true);
    expect(await c.participants('informed')).toEqual(['health-1', 'health-2']);
    expect(await c.links()).toEqual([]);
  });

  test('is no bar and no mark, whatever came of it', async () => {
    const [{ traces } = { traces: -1 }] = await bureau.bureau.db.$queryRaw<{ traces: number }[]>`
      select (select count(*) from restriction r join "case" c on c.id = r.case_id where c.process = 'mental-health')::int
           + (select count(*) from mark m join "case" c on c.id = m.case_id where c.process = 'mental-health')::int as traces`;
    expect(traces).toBe(0);
  });
});
