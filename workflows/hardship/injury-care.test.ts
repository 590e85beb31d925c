import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const fall = { person: 'zhao', place: '东湖桥北侧', what: '追捕时摔下台阶，左腿剧痛。', severity: 'serious' };
const hospital = { hospital: '市一医院急诊', contact: '护士站 8800', admitted: true };
const dutyInjury = { nature: 'duty-injury', track: 'work-injury', facts: '出警途中。', ground: 'leave-7' };
const illness = { nature: 'illness', reasons: '与履职无关。', ground: 'leave-7' };
const filed = { filedOn: '2026-12-01', certificate: '工申〔2026〕3号', undisputed: true };
const recognised = { finding: 'recognised', certificate: '工认〔2026〕9号' };
const notRecognised = { finding: 'refused', certificate: '工认〔2026〕9号', reasons: '证据不足。', ground: 'leave-7' };
const approve = { decision: 'approve' };
const fit = { finding: 'fit', certificate: '健字1号' };
const goesOn = { finding: 'goes-on', record: '恢复中。' };
const discharged = { finding: 'discharged', record: '出院。' };

const openKeys = async (c: TestCase) => (await c.tasks()).flatMap(({ key, state }) => (state === 'open' ? [key] : [])).sort();
const isOpen = async (c: TestCase, key: string) => (await openKeys(c)).includes(key);
const reported = (by: TestPerson = 'wang', intake: object = fall) => bureau.start('injury-care', by, intake, { unit: 'station-1' });
const minutesLeft = async (c: TestCase, key: string) =>
  Math.round((((await c.open(key)).dueAt?.getTime() ?? 0) - Date.parse(await bureau.now())) / 60_000);

const answers = [
  ['acknowledge', 'hospital-1', hospital],
  ['guarantee', 'welfare-1', { note: '已出具担保函。' }],
  ['name-companion', 'political-1', { companion: 'legal-1' }],
  ['inform-family', 'legal-1', { informed: '已当面告知配偶。' }],
  ['visit', 'supervising-1', { note: '已看望。' }],
  ['stand-in', 'leader-1', { standIn: 'handler-1', note: '夜班由其顶替。' }],
] as const;

/** All five have answered; one who has not would be called every quarter of an hour of all the days that a test skips. */
async function answer(c: TestCase): Promise<TestCase> {
  for (const [key, by, data] of answers) if (await isOpen(c, key)) await c.complete(key, by, data);
  return c;
}

const answered = async (by?: TestPerson, intake?: object): Promise<TestCase> => answer(await reported(by, intake));

async function recognition(c: TestCase): Promise<void> {
  await c.complete('nature', 'welfare-1', dutyInjury);
  await c.complete('aid', 'welfare-1', { finding: 'none' });
  await c.complete('file-work-injury', 'welfare-1', filed);
  await c.complete('work-injury-decision', 'welfare-1', recognised);
}

/** Everything but the care visits. */
async function backOnDuty(c: TestCase, { skip }: TestBureau = bureau): Promise<void> {
  await skip({ hours: 25 });
  await c.complete('follow-up', 'health-1', discharged);
  await c.complete('fitness', 'health-1', fit);
  await skip({ days: 12 });
  await c.complete('return-to-duty', 'leader-1', { on: '2026-12-20', note: '先安排白班。' });
}

describe('at once', () => {
  test('five people have something to do within minutes and hours of the report, at any hour, and the subject is told', async () => {
    const c = await reported();
    expect(await openKeys(c)).toEqual(['acknowledge', 'guarantee', 'name-companion', 'report-change', 'stand-in', 'visit']);
    expect([await minutesLeft(c, 'acknowledge'), await minutesLeft(c, 'guarantee')]).toEqual([15, 120]);
    expect([await minutesLeft(c, 'visit'), await minutesLeft(c, 'stand-in')]).toEqual([24 * 60, 240]);
    for (const person of ['hospital-1', 'hospital-2', 'welfare-1', 'political-1', 'supervising-1', 'leader-1'] as const)
      expect(await c.notices(person)).toEqual(['task-opened']);
    await c.complete('name-companion', 'political-1', { companion: 'legal-1' });
    expect(await minutesLeft(c, 'inform-family')).toBe(60);
    expect(await c.open('inform-family')).toMatchObject({ assignee: 'legal-1' });
    expect(await c.row()).toMatchObject({ stage: 'green-channel', handler: 'legal-1', unit: 'station-1' });
    await answer(c);
  });

  test('without an answer it climbs a level every quarter of an hour, and the last one is called again and again, and nobody twice at once', async () => {
    const c = await reported('wang', { ...fall, person: 'deputy-1' });
    const rungs = async () =>
      (await c.open('acknowledge')).ladder.flatMap(({ kind, to, firedAt }) => (firedAt === null ? [] : [`${kind} ${to}`]));
    await bureau.skip({ minutes: 16 });
    expect(await rungs()).toEqual(['remind assignee', 'due assignee', 'escalate duty-desk']);
    await bureau.skip({ minutes: 45 });
    expect(await rungs()).toEqual([
      'remind assignee',
      'due assignee',
      'escalate duty-desk',
      'escalate unit-leader',
      'escalate supervising-leader',
      'escalate bureau-leader',
    ]);
    const called = async () => (await c.notices('chief')).filter((kind) => kind === 'escalate').length;
    const before = await called();
    await bureau.skip({ minutes: 46 });
    expect((await called()) - before).toBeGreaterThanOrEqual(3);
    // The row keeps the last and the next of them only.
    expect((await c.open('acknowledge')).ladder.filter(({ to }) => to === 'bureau-leader')).toHaveLength(2);
    await c.complete('acknowledge', 'hospital-2', hospital);
    expect(await c.notices('wang')).toContain('injury-answered');
    await answer(c);
  });

  test('an absent liaison’s substitute is called too, and a second report joins the case', async () => {
    await bureau.bureau.db.$executeRaw`
      insert into substitution (person_id, to_id, starts_at, ends_at) values ('hospital-1', 'wang', '2020-01-01', '2040-01-01')`;
    const c = await reported('handler-1', { ...fall, person: 'handler-2' });
    expect(await c.notices('wang')).toEqual(['task-opened']);
    await bureau.bureau.db.$executeRaw`delete from substitution`;
    const again = await reported('li', { ...fall, person: 'handler-2', what: '我也在现场。' });
    expect(again.number).toBe(c.number);
    expect(await c.participants('caller')).toEqual(['handler-1', 'li']);
    expect(await c.notices('hospital-1')).toContain('reported-again');
    await answer(c);
    await bureau.skip({ hours: 25 });
    const another = await answered('li', { ...fall, person: 'handler-2' });
    expect(another.number).not.toBe(c.number);
  });
});

test('three reports at the same moment are one case, whoever comes first, and all three learn that someone answered', async () => {
  const reports = await Promise.all((['li', 'handler-1', 'deputy-1'] as const).map((by) => reported(by, { ...fall, person: 'wang' })));
  expect(new Set(reports.map(({ number }) => number)).size).toBe(1);
  const [c] = reports;
  if (c === undefined) throw new Error('nothing was reported');
  expect(await c.participants('caller')).toEqual(['deputy-1', 'handler-1', 'li']);
  expect((await c.events()).filter((type) => type === 'reported-again')).toHaveLength(2);
  await c.complete('acknowledge', 'hospital-1', hospital);
  for (const caller of ['li', 'handler-1', 'deputy-1'] as const) expect(await c.notices(caller)).toContain('injury-answered');
  await answer(c);
});

describe('what it is', () => {
  test('that it is no duty injury takes a second person after the officer was heard, and tells the remedies', async () => {
    const c = await answered('li', { ...fall, person: 'reviewer-1' });
    await c.complete('nature', 'welfare-1', illness);
    await c.complete('answer-nature', 'reviewer-1', { statement: '是在值班时受的伤。' });
    expect((await c.open('confirm-nature')).excluded).toEqual(expect.arrayContaining(['welfare-1', 'reviewer-1']));
    await c.complete('confirm-nature', 'political-1', { decision: 'refuse', reasons: '请查值班表。' });
    expect((await c.open('nature')).excluded).toContain('welfare-1');
    await c.complete('nature', 'welfare-2', illness);
    await bureau.skip({ days: 10 });
    await c.complete('confirm-nature', 'political-2', approve);
    expect(await c.events()).toContain('told-of-remedy');
    expect(await c.notices('reviewer-1')).toContain('injury-nature');
    expect(await openKeys(c)).not.toContain('file-work-injury');
  });

  test('a work injury is filed within 30 days of the report and decided within 15 where undisputed; the clock can stand still meanwhile', async () => {
    const c = await answered('li', { ...fall, person: 'reviewer-2' });
    await c.complete('nature', 'welfare-1', dutyInjury);
    expect(Math.round((await minutesLeft(c, 'file-work-injury')) / 1440)).toBe(30);
    await c.complete('file-work-injury', 'welfare-1', filed);
    expect(Math.round((await minutesLeft(c, 'work-injury-decision')) / 1440)).toBe(15);
    const { id: task } = await c.open('work-injury-decision');
    await c.submit('welfare-1', { action: 'pause', task, reason: '等候法院结论。' });
    await bureau.skip({ days: 20 });
    await c.submit('welfare-1', { action: 'resume', task });
    expect(Math.round((await minutesLeft(c, 'work-injury-decision')) / 1440)).toBe(15);
    await c.complete('work-injury-decision', 'welfare-1', recognised);
    expect(await c.notices('reviewer-2')).toContain('injury-recognised');
  });

  test('a refusal by the authority is served on the officer, who may have it reviewed', async () => {
    const c = await answered('li', { ...fall, person: 'reviewer-3' });
    await c.complete('nature', 'welfare-1', { ...dutyInjury, track: 'disability' });
    await c.complete('file-disability', 'welfare-1', { ...filed, undisputed: false });
    await c.complete('disability-decision', 'welfare-2', notRecognised);
    await c.complete('serve', 'welfare-2', { how: 'system' });
    await c.complete('confirm-receipt', 'reviewer-3', {});
    await c.complete('ask-review', 'reviewer-3', { reasons: '有新证据。' });
    expect(Math.round((await minutesLeft(c, 'disability-decision')) / 1440)).toBe(60);
    await c.complete('disability-decision', 'welfare-2', recognised);
    expect(await openKeys(c)).not.toContain('ask-review');
  });
});

describe('until it is over', () => {
  test('follow-ups on days 1, 3, 7, 15, 30 and every thirty days; whoever contests the fitness is looked at by another, and another post takes their consent', async () => {
    const c = await answered('li', { ...fall, person: 'inspector-1' });
    await recognition(c);
    const opened = Date.parse(await bureau.now());
    const days: number[] = [];
    for (const wait of [1, 2, 4, 8, 15, 30]) {
      await bureau.skip({ days: wait, minutes: 1 });
      days.push(Math.round((Date.parse(await bureau.now()) - opened) / 86_400_000));
      await c.complete('follow-up', 'health-1', wait === 30 ? discharged : { ...goesOn, advice: 'adjust-duties' });
    }
    expect(days).toEqual([1, 3, 7, 15, 30, 60]);
    await c.complete('fitness', 'health-1', { finding: 'recovering', record: '尚需康复。' });
    await bureau.skip({ days: 31 });
    await c.complete('fitness', 'health-1', fit);
    await c.complete('contest', 'inspector-1', { reasons: '仍不能久站。' });
    expect((await c.open('fitness-again')).excluded).toContain('health-1');
    await c.complete('fitness-again', 'health-2', { finding: 'unfit', limits: '不宜夜班、久站。', certificate: '健字2号' });
    expect(await c.links()).toEqual([expect.objectContaining({ relation: 'substitution', process: 'post-substitution' })]);
    const [visit] = (await c.live()).waits;
    expect(Math.round((Date.parse(visit?.endsAt ?? '') - Date.parse(await bureau.now())) / 86_400_000)).toBe(30);
  }, 60_000);

  test('a recovered officer returns to duty, and the unit learns no more than that', async () => {
    const c = await answered('li', { ...fall, person: 'inspector-2' });
    await recognition(c);
    await backOnDuty(c);
    expect(await c.events()).toContain('unit-advised');
    expect(await openKeys(c)).toEqual(['report-change']);
  });

  test('after a death the treatment ends, what was promised is still done, and the companion stays with the family', async () => {
    const c = await reported('li', { ...fall, person: 'supervisor-1' });
    await c.complete('name-companion', 'political-1', { companion: 'legal-1' });
    await c.complete('report-change', 'health-1', { change: 'died', on: '2026-11-26' });
    expect(await openKeys(c)).toEqual(['accompany-family', 'acknowledge', 'guarantee', 'inform-family', 'stand-in', 'visit']);
    expect(await c.open('accompany-family')).toMatchObject({ assignee: 'legal-1' });
    await c.complete('inform-family', 'legal-1', { informed: '已当面告知父母。' });
    await c.complete('acknowledge', 'hospital-1', hospital);
    await c.complete('guarantee', 'welfare-1', { note: '费用结清。' });
    await c.complete('visit', 'supervising-2', { note: '已慰问家属。' });
    await c.complete('stand-in', 'chief', { note: '已另行安排。' });
    await c.complete('accompany-family', 'legal-1', { wishes: '安葬在家乡。' });
    await c.complete('nature', 'welfare-1', dutyInjury);
    await c.complete('aid', 'welfare-1', { finding: 'none' });
    await c.complete('file-work-injury', 'welfare-1', filed);
    expect(await c.row()).toMatchObject({ state: 'open', stage: 'recognition' });
    await c.complete('work-injury-decision', 'welfare-1', recognised);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'died' });
    expect((await c.tasks()).some(({ key }) => key === 'follow-up')).toBe(false);
  });

  test('of who leaves the service the treatment is followed no more, and the recognition still is', async () => {
    const c = await answered('li', { ...fall, person: 'supervisor-2' });
    await c.complete('nature', 'welfare-1', dutyInjury);
    await bureau.skip({ hours: 25 });
    await c.complete('report-change', 'health-1', { change: 'left', on: '2026-11-26' });
    expect(await openKeys(c)).toEqual(['aid', 'file-work-injury']);
    await c.complete('aid', 'welfare-1', { finding: 'none' });
    await c.complete('file-work-injury', 'welfare-1', filed);
    await c.complete('work-injury-decision', 'welfare-1', recognised);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'left' });
  });

  test('a mistaken report ends only when a second person agrees', async () => {
    const c = await reported('li', { ...fall, person: 'inspector-3' });
    await c.complete('report-change', 'health-1', { change: 'mistaken', reasons: '同名误报。' });
    await c.complete('confirm-mistaken', 'duty-1', { decision: 'refuse', reasons: '未联系上本人。' });
    await c.complete('report-change', 'health-1', { change: 'mistaken', reasons: '本人确认无恙。' });
    expect((await c.open('confirm-mistaken')).excluded).toContain('health-1');
    await c.complete('confirm-mistaken', 'duty-1', approve);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'mistaken' });
  });
});

test('years of follow-ups and visits stay small: the case goes on in new runs, the desk is asked each year whether something has changed, and then it is closed', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-injury-'));
  const overlay = path.join(folder, 'policy.yaml');
  writeFileSync(overlay, quick);
  const years = await testBureau({ overlay });
  try {
    const options = { unit: 'station-1', longHistory: 150 };
    const c = await years.start('injury-care', 'li', { ...fall, person: 'wang' }, options);
    await recognition(await answer(c));
    for (let nth = 0; nth < 20; nth++) {
      await years.skip({ hours: 25 });
      await c.complete('follow-up', 'health-1', goesOn);
    }
    expect(await c.historyLength()).toBeLessThan(250);
    await backOnDuty(c, years);
    for (const visit of ['一', '三', '六', '十二']) {
      await years.skip({ hours: 25 });
      await c.complete('care-visit', 'welfare-1', { note: `第${visit}个月回访。` });
    }
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'recovered' });
    expect(await c.notices('wang')).toContain('closed');
    expect((await c.tasks()).filter(({ key }) => key === 'report-change').length).toBeGreaterThan(1);
  } finally {
    await years.close();
    rmSync(folder, { recursive: true });
  }
}, 90_000);

/** A year passes in five weeks. */
const quick = `
processes:
  injury-care:
    tasks: {report-change: {limit: {days: 14}}}
    settings:
      followUpDay1: {days: 1}
      followUpDay3: {days: 2}
      followUpDay7: {days: 3}
      followUpDay15: {days: 4}
      followUpDay30: {days: 5}
      followUpEvery: {days: 1}
      visitAfterMonth1: {days: 1}
      visitAfterMonth3: {days: 2}
      visitAfterMonth6: {days: 3}
      visitAfterMonth12: {days: 4}
`;
