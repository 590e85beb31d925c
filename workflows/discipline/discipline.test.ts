import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';
import { allegationAgainst, fileInquiry, fileRecord, proven, recording } from '../../test/investigation.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const alleged = { actOn: '2026-10-12', ground: 'leave-7', facts: '值班时间饮酒。', source: 'found' };
const filing = { decision: 'file', lead: 'inspector-1', members: ['inspector-2'] };
const report = {
  report: '录像与证人一致。',
  findings: [{ point: '值班饮酒', result: 'proven', reasons: '录像清楚。' }],
  told: '拟认定值班饮酒，拟给予记过处分。',
  proposal: '2',
};
const panel = ['legal-1', 'peer-1', 'peer-2'] as const;
const approve = { decision: 'approve' };
const sanction = {
  handling: '2',
  sanction: 'demerit',
  effectiveOn: '2026-12-10',
  ground: 'leave-7',
  facts: '值班时间饮酒。',
  reasons: '情节一般。',
};

const propose = (person: TestPerson, further: object = {}) =>
  bureau.start('discipline', 'discipline-1', { person, ...alleged, ...further }, { subject: person, unit: 'station-1' });

async function filed(person: TestPerson, further: object = {}): Promise<TestCase> {
  const c = await propose(person);
  await c.complete('file', 'chief', { ...filing, ...further });
  return c;
}

async function reported(person: TestPerson): Promise<TestCase> {
  const c = await filed(person);
  await fileInquiry(bureau, c, 'inspector-1', person);
  await c.complete('investigate', 'inspector-1', report);
  await c.complete('countersign', 'inspector-2', approve);
  return c;
}

const handedOver = async () => ({ how: 'in-person', at: await bureau.now() });
const statement = { answer: 'stated', statement: '当晚没有饮酒。' };

async function heard(person: TestPerson): Promise<TestCase> {
  const c = await reported(person);
  await c.complete('serve', 'inspector-1', await handedOver());
  await c.complete('hear', person, statement);
  await c.complete('consider', 'inspector-1', { finding: 'stands', answer: '录像清楚，不予采纳。' });
  return c;
}

async function reviewed(person: TestPerson): Promise<TestCase> {
  const c = await heard(person);
  await c.complete('compose-review', 'political-1', { members: panel });
  for (const member of panel.slice(0, 2)) await seat(c, member, approve);
  return c;
}

async function seat(c: TestCase, member: TestPerson, data: object): Promise<void> {
  const task = (await c.tasks()).find(({ key, state, assignee }) => key === 'review' && state === 'open' && assignee === member);
  if (!task) throw new Error(`${member} has no seat`);
  await c.submit(member, { action: 'complete', task: task.id, data });
}

async function decided(person: TestPerson, decision: object = sanction): Promise<TestCase> {
  const c = await reviewed(person);
  await c.complete('decide', 'political-2', decision);
  await c.complete('approve-decision', 'chief', approve);
  return c;
}

async function inEffect(person: TestPerson, decision: object = sanction): Promise<TestCase> {
  const c = await decided(person, decision);
  await c.complete('serve', 'political-2', await handedOver());
  return c;
}

async function barsOf(c: TestCase) {
  const rows = await bureau.bureau.db.$queryRaw<{ kind: string; until: Date }[]>`
    select r.kind, r.ends_at as until from restriction r join "case" c on c.id = r.case_id where c.number = ${c.number} order by r.kind`;
  return Object.fromEntries(
    rows.map(({ kind, until: end }) => [kind, new Date(end.getTime() + 8 * 3_600_000 - 1).toISOString().slice(0, 10)]),
  );
}

const openKeys = async (c: TestCase) =>
  (await c.tasks())
    .filter(({ state }) => state === 'open')
    .map(({ key }) => key)
    .sort();
const whenOpen = (c: TestCase, key: string) => until(async () => (await openKeys(c)).includes(key), `${c.number} did not open ${key}`);
const whenClosed = (c: TestCase) => until(async () => (await c.row()).state === 'closed', `${c.number} did not close`);

async function madeGood(c: TestCase): Promise<void> {
  await whenOpen(c, 'restore-duty');
  await c.complete('restore-duty', 'leader-1', { note: '已恢复岗位。' });
  await c.complete('make-good-pay', 'political-1', { note: '已补发。' });
  await c.complete('clear-name', 'political-1', { circle: '全所民警大会', how: '宣读决定。' });
}

describe('filing', () => {
  test('is decided by someone else than who proposed it; what is not filed leaves a sealed file', async () => {
    const c = await propose('zhao');
    expect(await c.open('file')).toMatchObject({ role: 'bureau-leader', excluded: expect.arrayContaining(['zhao', 'discipline-1']) });
    await c.complete('file', 'chief', { decision: 'refuse', reasons: '线索不实。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'not-filed' });
    expect((await c.events()).at(-1)).toBe('file-sealed');
  });

  test('takes its measure first, as a case of its own', async () => {
    const measure = { measure: 'suspension', days: 20, measureGround: 'leave-7', necessity: '防止干扰调查。' };
    const c = await filed('zhao', { measure });
    expect(await c.links()).toContainEqual(expect.objectContaining({ relation: 'measure', process: 'measure' }));
    expect(await openKeys(c)).toEqual(['investigate']);
  });

  test('of a clue opens a case for each person reported, in which nothing tells of the clue', async () => {
    const clue = await bureau.start('clue', 'li', { content: '有人值班饮酒。', reported: ['wang', 'zhao'] });
    await clue.complete('identify', 'discipline-1', {});
    await clue.complete('assess', 'discipline-1', {
      decision: 'file',
      persons: ['wang', 'zhao'],
      reasons: '初核属实。',
      actOn: '2026-10-12',
      ground: 'leave-7',
      reply: '已立案。',
    });
    const opened = (await clue.links()).filter(({ process }) => process === 'discipline');
    expect(opened).toHaveLength(2);
    const units = await Promise.all(opened.map(async ({ number }) => (await bureau.caseOf(number).row()).unit));
    expect(units.sort()).toEqual(['station-1', 'station-2']);
    expect((await bureau.caseOf(opened[0]?.number ?? clue.number).open('file')).excluded).toContain('discipline-1');
  });
});

describe('the investigation', () => {
  test('is the team’s alone, two sign its report, and every allegation has its finding first', async () => {
    const c = await filed('zhao');
    expect(await c.participants('investigator')).toEqual(['inspector-1', 'inspector-2']);
    await fileRecord(bureau, c, 'inspector-2', allegationAgainst('zhao'));
    await expect(c.complete('investigate', 'inspector-1', report)).rejects.toMatchObject({ slug: 'findings-missing' });
    await expect(fileRecord(bureau, c, 'inspector-3', recording)).rejects.toMatchObject({ slug: 'forbidden' });
    await expect(fileRecord(bureau, c, 'inspector-2', proven(1))).rejects.toMatchObject({ slug: 'invalid-form' });
    await fileRecord(bureau, c, 'inspector-2', recording);
    await fileRecord(bureau, c, 'inspector-2', proven(1, 2));
    await c.complete('investigate', 'inspector-1', report);
    expect(await c.open('countersign')).toMatchObject({ assignee: 'inspector-2', excluded: expect.arrayContaining(['inspector-1']) });
    await c.complete('countersign', 'inspector-2', { decision: 'return', reasons: '缺证人笔录。' });
    expect(await openKeys(c)).toEqual(['investigate']);
  });

  test('has two members at least, none of them named twice', async () => {
    const c = await propose('zhao');
    for (const members of [['inspector-1'], ['inspector-2', 'inspector-2']])
      await expect(c.complete('file', 'chief', { ...filing, members })).rejects.toMatchObject({ slug: 'invalid-form' });
  });

  test('is no place for a party: an investigator can’t be a witness, nor a witness an investigator', async () => {
    const c = await filed('zhao');
    const interview = { at: '2026-10-21T09:00:00+08:00', place: '所内', interviewers: ['inspector-1', 'inspector-2'], said: '见到饮酒。' };
    await expect(
      fileRecord(bureau, c, 'inspector-1', { record: 'interview', data: { ...interview, person: 'inspector-2', as: 'witness' } }),
    ).rejects.toMatchObject({ slug: 'invalid-form' });
    await expect(
      fileRecord(bureau, c, 'inspector-1', { record: 'party', data: { person: 'inspector-2', part: 'witness' } }),
    ).rejects.toMatchObject({ slug: 'recused' });
    await fileRecord(bureau, c, 'inspector-1', { record: 'interview', data: { ...interview, person: 'wang', as: 'witness' } });
    expect(await c.participants('witness')).toEqual(['wang']);
  });

  test('loses whoever turns out to be a relative of a party: the open task goes to others', async () => {
    const c = await filed('zhao', { lead: 'handler-2', members: ['inspector-2'] });
    expect((await c.open('investigate')).assignee).toBe('handler-2');
    await fileRecord(bureau, c, 'inspector-2', { record: 'party', data: { person: 'li', part: 'witness' } });
    expect(await c.open('investigate')).toMatchObject({
      assignee: null,
      role: 'discipline-inspector',
      excluded: expect.arrayContaining(['handler-2', 'li']),
    });
  });
});

describe('heard before decided', () => {
  test('the officer is shown the facts and states a view; more investigation leads to another hearing', async () => {
    const c = await reported('zhao');
    expect(await c.participants('heard')).toEqual(['zhao']);
    await c.complete('serve', 'inspector-1', await handedOver());
    const asked = await c.open('hear');
    expect(asked).toMatchObject({ assignee: 'zhao' });
    await c.complete('hear', 'zhao', statement);
    await c.complete('consider', 'inspector-1', { finding: 'again', answer: '调取第二段录像。' });
    expect(await openKeys(c)).toEqual(['investigate']);
  });

  test('whoever lets the time pass after the service, or waives it, counts as heard', async () => {
    const silent = await reported('zhao');
    await silent.complete('serve', 'inspector-1', await handedOver());
    const waiving = await reported('wang');
    await waiving.complete('serve', 'inspector-1', {
      how: 'refused',
      at: await bureau.now(),
      reason: '拒绝签收。',
      witnesses: ['leader-2', 'handler-1'],
    });
    await waiving.complete('hear', 'wang', { answer: 'waived' });
    expect(await openKeys(waiving)).toEqual(['consider']);
    await bureau.skip({ days: 10, minutes: 1 });
    await whenOpen(silent, 'consider');
    expect(await silent.events()).toContain('heard');
  });

  test('a decision about someone who was not heard is refused by the record itself', async () => {
    const { record } = await import('../../store/record.ts');
    const { acceptanceOfSpawn } = await import('../definitions.ts');
    const c = await reviewed('zhao');
    const task = await c.open('decide');
    const step = {
      case: c.number,
      cause: 'test:unheard',
      at: await bureau.now(),
      by: null,
      for: null,
      bodyHash: null,
      changes: [{ kind: 'complete-task', task: task.id, data: sanction, afterHearing: ['wang'] }],
    } as never;
    await expect(record(bureau.bureau, step, acceptanceOfSpawn)).rejects.toMatchObject({ slug: 'not-heard' });
    expect(await openKeys(c)).toEqual(['decide']);
  });
});

describe('review and decision', () => {
  test('nobody who investigated reviews or decides, and nobody who reviewed decides', async () => {
    const c = await heard('zhao');
    await c.complete('compose-review', 'political-1', { members: panel });
    const seats = (await c.tasks()).filter(({ key, state }) => key === 'review' && state === 'open');
    for (const each of seats) expect(each.excluded).toEqual(expect.arrayContaining(['inspector-1', 'inspector-2', 'chief', 'zhao']));
    for (const member of panel.slice(0, 2)) await seat(c, member, approve);
    expect((await c.open('decide')).excluded).toEqual(expect.arrayContaining(['inspector-1', 'inspector-2', ...panel]));
    await c.complete('decide', 'political-2', sanction);
    expect((await c.open('approve-decision')).excluded).toEqual(expect.arrayContaining(['political-2', 'inspector-1', ...panel]));
  });

  test('what the panel does not carry is investigated and heard again', async () => {
    const c = await heard('zhao');
    await c.complete('compose-review', 'political-1', { members: panel });
    for (const member of panel.slice(0, 2)) await seat(c, member, { decision: 'refuse', reasons: '证据不足。' });
    expect(await openKeys(c)).toEqual(['investigate']);
  });

  test('a second submission changes nothing, and neither does one after the decision', async () => {
    const c = await reviewed('zhao');
    const { id } = await c.open('decide');
    await c.submit('political-2', { action: 'complete', task: id, data: sanction }, 'once');
    await c.submit('political-2', { action: 'complete', task: id, data: sanction }, 'once');
    await expect(c.submit('political-1', { action: 'complete', task: id, data: sanction })).rejects.toMatchObject({
      slug: 'task-not-open',
    });
    expect((await c.tasks()).filter(({ key }) => key === 'decide')).toHaveLength(1);
  });

  test('whoever leads the bureau when it comes to the approval decides, not who did when it was drafted', async () => {
    const { db } = bureau.bureau;
    const c = await reviewed('zhao');
    await c.complete('decide', 'political-2', sanction);
    await db.$executeRaw`insert into role_grant (person_id, role, unit_id) values ('supervising-2', 'bureau-leader', 'city')`;
    await db.$executeRaw`update role_grant set ends_at = now() - interval '1 day' where person_id = 'chief' and role = 'bureau-leader'`;
    try {
      expect(await c.open('approve-decision')).toMatchObject({ role: 'bureau-leader', unit: 'city', assignee: null });
      await c.complete('approve-decision', 'supervising-2', approve);
      expect(await openKeys(c)).toEqual(['serve']);
    } finally {
      await db.$executeRaw`delete from role_grant where person_id = 'supervising-2' and role = 'bureau-leader'`;
      await db.$executeRaw`update role_grant set ends_at = 'infinity' where person_id = 'chief' and role = 'bureau-leader'`;
    }
  });

  test('no fault lifts the measure at once, makes everything good and seals the file', async () => {
    const c = await filed('zhao', { measure: { measure: 'suspension', days: 20, measureGround: 'leave-7', necessity: '防止干扰。' } });
    const number = (await c.links()).find(({ relation }) => relation === 'measure')?.number ?? c.number;
    const measure = bureau.caseOf(number);
    await measure.complete('approve', 'inspection-head', approve);
    await fileInquiry(bureau, c, 'inspector-1', 'zhao');
    await c.complete('investigate', 'inspector-1', report);
    await c.complete('countersign', 'inspector-2', approve);
    await c.complete('serve', 'inspector-1', await handedOver());
    await c.complete('hear', 'zhao', statement);
    await c.complete('consider', 'inspector-1', { finding: 'stands', answer: '采纳。' });
    await c.complete('compose-review', 'political-1', { members: panel });
    for (const member of panel.slice(0, 2)) await seat(c, member, approve);
    await c.complete('decide', 'political-2', { handling: 'no-fault', reasons: '录像中不是本人。' });
    await c.complete('approve-decision', 'chief', approve);
    await until(async () => (await measure.events()).includes('restriction-lifted'), 'the measure was not lifted');
    await c.complete('serve', 'political-2', await handedOver());
    await madeGood(c);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'no-fault' });
    expect((await c.events()).at(-1)).toBe('file-sealed');
    expect(await barsOf(c)).toEqual({});
  });

  test('form 1 opens a talk, and form 4 waits for the prosecution before it is decided anew', async () => {
    const c = await decided('zhao', { handling: '4', authority: '区人民检察院', ground: 'leave-7', reasons: '涉嫌犯罪。' });
    await c.complete('refer', 'discipline-2', { document: '移字〔2026〕3号', at: '2026-12-01' });
    await c.complete('enter-result', 'discipline-2', { result: 'not-prosecuted', document: '不诉〔2027〕1号' });
    await c.complete('decide', 'political-2', { handling: '1', matter: '值班纪律。', ground: 'leave-7', reasons: '情节轻微。' });
    await c.complete('approve-decision', 'chief', approve);
    await c.complete('serve', 'political-2', await handedOver());
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'talked' });
    expect(await c.links()).toContainEqual(expect.objectContaining({ process: 'warning-talk' }));
  });
});

describe('effect and remedies', () => {
  test('a remedy is decided by people who had no part in the decision, never to the worse, and its result is served', async () => {
    const c = await inEffect('zhao');
    await c.complete('ask-reconsideration', 'zhao', { way: 'reconsideration', grounds: '处理过重。' });
    const task = await c.open('reconsider');
    expect(task.excluded).toEqual(expect.arrayContaining(['chief', 'political-2', 'inspector-1', ...panel]));
    await c.complete('reconsider', 'reviewer-2', { finding: 'lighter', sanction: 'removal', reasons: '…' });
    expect((await c.open('reconsider')).dueAt).toEqual(task.dueAt);
    await c.complete('reconsider', 'reviewer-2', { finding: 'lighter', sanction: 'warning', reasons: '情节轻微。' });
    expect(await barsOf(c)).toEqual({ honours: '2026-12-31', promotion: '2027-06-10' });
    await c.complete('serve', 'reviewer-2', await handedOver());
    await c.complete('complain', 'zhao', { grounds: '不应处分。' });
    expect((await c.open('decide-complaint')).excluded).toEqual(expect.arrayContaining(['reviewer-2', 'chief']));
    await c.complete('decide-complaint', 'reviewer-3', { finding: 'quashed', reasons: '事实不清。' });
    await madeGood(c);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'quashed' });
    const today = await bureau.today();
    for (const end of Object.values(await barsOf(c))) expect(end <= today).toBe(true);
  });

  test('the time of the remedy runs from the service, also of one that was refused', async () => {
    const c = await decided('zhao');
    const at = await bureau.now();
    await c.complete('serve', 'political-2', { how: 'refused', at, reason: '拒收。', witnesses: ['leader-1', 'handler-1'] });
    expect((await c.open('ask-reconsideration')).dueAt?.getTime()).toBe(Date.parse(at) + 30 * 86_400_000);
  });
});

describe('no retaliation', () => {
  test('against someone whom a mark protects filing and decision take a statement and a second person', async () => {
    await bureau.start('appeal', 'handler-1', { channel: 'self-service', title: '值班', content: '排班不公。' });
    const c = await propose('handler-1');
    await expect(c.complete('file', 'chief', filing)).rejects.toMatchObject({ slug: 'invalid-form' });
    await c.complete('file', 'chief', { ...filing, unrelated: '由录像引起。' });
    await c.complete('file-again', 'supervising-1', { decision: 'refuse', reasons: '时机不当。' });
    expect(await c.row()).toMatchObject({ outcome: 'not-filed' });
  });
});

describe('in the course of time', () => {
  test('a sanction bars by its dates from the day on which it takes effect, and ends by itself', async () => {
    const c = await inEffect('wang', { ...sanction, sanction: 'warning' });
    expect(await barsOf(c)).toEqual({ honours: '2026-12-31', promotion: '2027-06-10' });
    expect(await c.notices('wang')).toContain('sanction-in-effect');
    await c.complete('carry-out', 'political-1', { note: '已扣减。' });
    await bureau.skip({ days: 31 });
    await until(async () => !(await openKeys(c)).includes('ask-reconsideration'), 'the time of the remedy did not end');
    await bureau.skip({ days: 190 });
    await whenClosed(c);
    expect(await c.row()).toMatchObject({ outcome: 'ended' });
    // From its opening to its end: what stands in docs/benchmarks.md.
    expect(await c.historyLength()).toBeLessThan(250);
  });
});
