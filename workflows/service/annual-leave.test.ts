import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';
import { tick } from '../../test/rounds.ts';
import { until } from '../../test/until.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
  await toDay(`${Number((await bureau.today()).slice(0, 4)) + 1}-01-04`);
}, 60_000);
afterAll(() => bureau?.close());

/** To noon of the day. */
async function toDay(day: string): Promise<void> {
  const ms = Date.parse(`${day}T12:00:00+08:00`) - Date.parse(await bureau.now());
  if (ms > 0) await bureau.skip({ hours: Math.ceil(ms / 3_600_000) });
}
const year = async () => Number((await bureau.today()).slice(0, 4));
/** In April, where no holiday is near: Monday of its second or a later week, and so many days after it. */
async function april(week: number, days = 0, of?: number): Promise<string> {
  const first = new Date(Date.UTC(of ?? (await year()), 3, 8));
  const monday = first.getTime() + (((8 - first.getUTCDay()) % 7) + (week - 1) * 7 + days) * 86_400_000;
  return new Date(monday).toISOString().slice(0, 10);
}
/** Who has worked for so many years by now. */
const since = async (years: number) => `${(await year()) - years}-03-01`;
const confirmed = async (years = 4, more: object = {}) => ({
  workingSince: await since(years),
  takenBefore: 0,
  schoolHolidays: 0,
  personalDays: 0,
  sickMonths: 0,
  ...more,
});
const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);
const periodsOf = (c: TestCase) =>
  bureau.bureau.db.$queryRaw<{ from: string; days: number; state: string }[]>`
    select p.from_on::text as "from", p.days, p.state from leave_period p join "case" c on c.id = p.case_id where c.number = ${c.number} order by 1`;

/** What is known of the service is found out before the first task opens. */
async function started(person: TestPerson, form: object = {}): Promise<TestCase> {
  const c = await bureau.start('annual-leave', person, form);
  await until(async () => (await openKeys(c)).length > 0, `${c.number} did not begin`);
  return c;
}

async function begun(person: TestPerson, form = confirmed()): Promise<TestCase> {
  const c = await started(person);
  await c.complete('confirm', 'political-1', await form);
  return c;
}
const ask = async (c: TestCase, by: TestPerson, from: string, to = from) => c.complete('request', by, { action: 'ask', from, until: to });
const approve = { decision: 'approve' };

describe('how many days are due', () => {
  test('who works since when is confirmed by the political department where the file does not say; then it is known', async () => {
    const c = await started('zhao', { workingSince: await since(11) });
    expect(await c.open('confirm')).toMatchObject({ role: 'political-department' });
    await c.complete('confirm', 'political-1', await confirmed(11, { takenBefore: 2 }));
    expect(await c.row()).toMatchObject({ stage: 'on-leave' });
    expect(await openKeys(c)).toEqual(['request']);
    await c.submit('political-1', { action: 'cancel', reason: '调离。' });
    const again = await started('zhao');
    expect(await openKeys(again)).toEqual(['request']);
    await again.submit('political-1', { action: 'cancel', reason: '重复。' });
  });

  test('no leave is due in the first year of service or after long sick leave, and the person is told why', async () => {
    const c = await begun('handler-2', confirmed(11, { sickMonths: 3 }));
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'not-entitled' });
    expect(await c.events()).toContain('told-of-remedy');
    expect(await c.notices('handler-2')).toContain('leave-not-due');
  });

  test('nobody has two cases for one year, and may begin that of the next', async () => {
    const c = await started('desk-1');
    await expect(bureau.start('annual-leave', 'desk-1', { year: 'current' })).rejects.toMatchObject({
      slug: 'already-has-case',
    });
    const next = await started('desk-1', { year: 'next' });
    for (const each of [c, next]) await each.submit('political-1', { action: 'cancel', reason: '试毕。' });
  });
});

describe('planned, asked for and decided', () => {
  let c: TestCase;
  test('a plan binds nobody, and can be kept as a whole', async () => {
    c = await begun('li');
    const periods = [
      { from: await april(1), until: await april(1, 1) },
      { from: await april(2), until: await april(2, 2) },
    ];
    await c.complete('request', 'li', { action: 'plan', periods });
    expect(await periodsOf(c)).toEqual([
      { from: await april(1), days: 2, state: 'planned' },
      { from: await april(2), days: 3, state: 'planned' },
    ]);
    const twice = { action: 'plan', periods: [periods[0], { from: await april(1, 1), until: await april(1, 2) }] };
    await expect(c.complete('request', 'li', twice)).rejects.toMatchObject({ slug: 'leave-overlaps' });
    expect(await periodsOf(c)).toHaveLength(2);
  });

  test('what is asked for is decided by the leader within three working days, never by the officer', async () => {
    await ask(c, 'li', await april(1), await april(1, 1));
    const decide = await c.open('decide');
    expect(decide).toMatchObject({ role: 'unit-leader', unit: 'station-1', excluded: expect.arrayContaining(['li']) });
    expect(await periodsOf(c)).toContainEqual({ from: await april(1), days: 2, state: 'asked' });
    await c.complete('decide', 'leader-1', approve);
    expect(await periodsOf(c)).toEqual([
      { from: await april(1), days: 2, state: 'approved' },
      { from: await april(2), days: 3, state: 'planned' },
    ]);
    expect(await c.notices('li')).toContain('leave-approved');
  });

  test('neither days that meet other leave nor more than are left nor days off alone can be asked for', async () => {
    const before = await periodsOf(c);
    await expect(ask(c, 'li', await april(1, 1))).rejects.toMatchObject({ slug: 'leave-overlaps' });
    await expect(ask(c, 'li', await april(2), await april(3))).rejects.toMatchObject({ slug: 'leave-exceeded' });
    await expect(ask(c, 'li', await april(1, 5), await april(1, 6))).rejects.toMatchObject({ slug: 'leave-outside' });
    await expect(ask(c, 'li', `${(await year()) - 1}-12-01`)).rejects.toMatchObject({ slug: 'leave-outside' });
    expect(await periodsOf(c)).toEqual(before);
    expect(await openKeys(c)).toEqual(['request']);
  });

  test('a refusal gives its reasons and other days, which are then taken without another decision', async () => {
    await ask(c, 'li', await april(3));
    const offer = { from: await april(3, 2), until: await april(3, 2) };
    for (const form of [{ decision: 'refuse' }, { decision: 'refuse', reasons: '安保。' }, { decision: 'refuse', ...offer }])
      await expect(c.complete('decide', 'leader-1', form)).rejects.toMatchObject({ slug: 'invalid-form' });
    const taken = { decision: 'refuse', reasons: '安保。', from: await april(1), until: await april(1) };
    await expect(c.complete('decide', 'leader-1', taken)).rejects.toMatchObject({ slug: 'leave-overlaps' });
    await c.complete('decide', 'leader-1', { decision: 'refuse', reasons: '当周有安保任务。', ...offer });
    expect(await c.notices('li')).toContain('leave-refused');
    await ask(c, 'li', offer.from);
    expect(await openKeys(c)).toEqual(['request']);
    expect(await periodsOf(c)).toContainEqual({ from: offer.from, days: 1, state: 'approved' });
    expect(await c.notices('leader-1')).toContain('leave-offer-taken');
  });

  test('the officer withdraws what is undecided, and what was approved until it begins', async () => {
    await ask(c, 'li', await april(2));
    await c.complete('request', 'li', { action: 'withdraw', from: await april(2) });
    expect(await openKeys(c)).toEqual(['request']);
    await c.complete('request', 'li', { action: 'withdraw', from: await april(3, 2) });
    expect(await c.notices('leader-1')).toContain('leave-withdrawn');
    await toDay(await april(1));
    await expect(c.complete('request', 'li', { action: 'withdraw', from: await april(1) })).rejects.toMatchObject({ slug: 'leave-begun' });
    expect(await periodsOf(c)).toEqual([{ from: await april(1), days: 2, state: 'approved' }]);
  });

  test('several requests wait for their decisions side by side; with no day left only withdrawing is open, and then all is taken', async () => {
    await ask(c, 'li', await april(2), await april(2, 1));
    await ask(c, 'li', await april(3));
    expect(await openKeys(c)).toEqual(['decide', 'decide', 'change']);
    const [first] = (await c.tasks()).filter(({ key, state }) => key === 'decide' && state === 'open');
    await c.submit('leader-1', { action: 'complete', task: first?.id as never, data: approve });
    await c.complete('decide', 'deputy-1', approve);
    expect(await openKeys(c)).toEqual(['change']);
    await toDay(await april(3));
    await until(async () => (await c.row()).state === 'closed', 'it did not end');
    expect(await c.row()).toMatchObject({ outcome: 'taken' });
  });
});

describe('what is left', () => {
  let c: TestCase;
  test('the bureau opens a case for everyone whose service it knows, once a year', async () => {
    await bureau.bureau.db.person.updateMany({
      where: { id: { in: ['wang', 'leader-2'] } },
      data: { workingSince: new Date(await since(25)) },
    });
    await Promise.all([tick(bureau, 'annual-leave'), tick(bureau, 'annual-leave')]);
    await tick(bureau, 'annual-leave');
    const rows = await bureau.bureau.db.$queryRaw<{ number: never; subject: string; unit: string }[]>`
      select number, subject_id as subject, unit_id as unit from "case" where process = 'annual-leave' and opened_by is null order by 2`;
    expect(rows.map(({ subject, unit }) => [subject, unit])).toEqual([
      ['leader-2', 'station-2'],
      ['wang', 'station-2'],
    ]);
    c = bureau.caseOf(rows[1]?.number as never);
    await until(async () => (await openKeys(c)).includes('request'), 'it did not begin');
    expect((await c.open('request')).assignee).toBe('wang');
  });

  test('reminds the officer and the leader in the third and in the fourth quarter', async () => {
    await toDay(`${await year()}-06-30`);
    expect(await c.notices('leader-2')).not.toContain('remind');
    await toDay(`${await year()}-07-01`);
    const reminded = async (person: TestPerson) => (await c.notices(person)).filter((kind) => kind === 'remind').length;
    expect([await reminded('wang'), await reminded('leader-2')]).toEqual([1, 1]);
    await toDay(`${await year()}-10-01`);
    expect([await reminded('wang'), await reminded('leader-2')]).toEqual([2, 2]);
  });

  test('is carried over into one more year, for the sake of the work and with consent', async () => {
    await toDay(`${(await year()) + 1}-01-04`);
    await until(async () => (await openKeys(c)).includes('carry-over'), 'the year did not end');
    await c.complete('carry-over', 'leader-2', { finding: 'carried-over', reasons: '全年安保任务。' });
    await c.complete('agree', 'wang', { agrees: true });
    await ask(c, 'wang', await april(1), await april(3, 4));
    await c.complete('decide', 'leader-2', approve);
    await tick(bureau, 'annual-leave');
    const [own] = await bureau.bureau.db.$queryRaw<{ number: never }[]>`
      select number from "case" where process = 'annual-leave' and subject_id = 'wang' and state <> 'closed' and number <> ${c.number}`;
    const ofYear = bureau.caseOf(own?.number as never);
    await until(async () => (await openKeys(ofYear)).includes('request'), 'the new year did not begin');
    await expect(ask(ofYear, 'wang', await april(2))).rejects.toMatchObject({ slug: 'leave-overlaps' });
  });

  test('is not carried over without consent, or twice, and the person is told what is paid for it', async () => {
    const other = await begun('handler-1');
    await toDay(`${(await year()) + 1}-01-04`);
    await other.complete('carry-over', 'leader-1', { finding: 'carried-over', reasons: '安保。' });
    await other.complete('agree', 'handler-1', { agrees: false });
    expect(await other.row()).toMatchObject({ state: 'closed', outcome: 'unused' });
    expect(await other.events()).toContain('told-of-remedy');
  });
});
