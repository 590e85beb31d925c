import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';
import { fileInquiry, fileRecord } from '../../test/investigation.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const incident = {
  title: '枪支管理事故',
  actOn: '2026-10-12',
  ground: 'leave-7',
  facts: '值班期间枪柜未锁。',
  conduct: ['zhao', 'wang'],
  leadership: ['leader-1'],
};
const teams = {
  decision: 'approve',
  conduct: { lead: 'inspector-1', members: ['inspector-2'] },
  leadership: { lead: 'discipline-2', members: ['inspector-3'] },
};
const findings = [{ point: '枪柜未锁', result: 'proven', reasons: '日志清楚。' }];
const told = '拟认定履职不力。';
const onConduct = { of: 'conduct', report: '枪柜未锁属实。', findings, told };
const onLeadership = {
  of: 'leadership',
  concealment: 'not-found',
  sittingOnIt: 'found',
  shielding: 'not-found',
  falsification: 'not-found',
  report: '事后未上报。',
  findings,
  told,
};
const panel = ['legal-1', 'peer-1', 'peer-2'] as const;
const approve = { decision: 'approve' };
const sanction = { handling: '2', effectiveOn: '2026-12-20', ground: 'leave-7', facts: '属实。', reasons: '情节一般。' };

const openKeys = async (c: TestCase) =>
  (await c.tasks())
    .filter(({ state }) => state === 'open')
    .map(({ key }) => key)
    .sort();
const whenClosed = (c: TestCase) => until(async () => (await c.row()).state === 'closed', `${c.number} did not close`);
const handedOver = async () => ({ how: 'in-person', at: await bureau.now() });

/** The open task of that key that this person has, or that is about this person. */
async function taskOf(c: TestCase, key: string, person: TestPerson) {
  const found = (await c.tasks()).filter((task) => task.key === key && task.state === 'open' && task.assignee === person);
  if (found.length === 0) throw new Error(`${person} has no ${key} in ${c.number}: ${await openKeys(c)}`);
  return found;
}
async function complete(c: TestCase, key: string, by: TestPerson, data: unknown): Promise<void> {
  const [task] = await taskOf(c, key, by);
  if (task) await c.submit(by, { action: 'complete', task: task.id, data });
}

const propose = (further: object = {}) =>
  bureau.start('dual-investigation', 'discipline-1', { ...incident, ...further }, { subject: null });
async function opened(): Promise<TestCase> {
  const c = await propose();
  await c.complete('approve', 'chief', teams);
  return c;
}

async function conductReported(c: TestCase): Promise<void> {
  await complete(c, 'plan', 'inspector-1', { plan: '调取录像、询问当班人员。' });
  await fileInquiry(bureau, c, 'inspector-1', 'zhao', 'investigate-conduct', await recordsIn(c));
  await complete(c, 'investigate', 'inspector-1', onConduct);
  await complete(c, 'countersign', 'inspector-2', approve);
}
async function conductIn(c: TestCase): Promise<void> {
  await conductReported(c);
  for (let served = 0; served < 2; served += 1) await complete(c, 'serve', 'inspector-1', await handedOver());
  await complete(c, 'hear', 'zhao', { answer: 'stated', statement: '钥匙不在我处。' });
  await complete(c, 'hear', 'wang', { answer: 'waived' });
  await complete(c, 'consider', 'inspector-1', { finding: 'stands', answer: '不予采纳。' });
}
async function leadershipIn(c: TestCase): Promise<void> {
  await complete(c, 'plan', 'discipline-2', { plan: '核查上报情况。' });
  await fileInquiry(bureau, c, 'discipline-2', 'leader-1', 'investigate-leadership', await recordsIn(c));
  await complete(c, 'investigate', 'discipline-2', onLeadership);
  await complete(c, 'countersign', 'inspector-3', approve);
  await complete(c, 'serve', 'discipline-2', await handedOver());
  await complete(c, 'hear', 'leader-1', { answer: 'stated', statement: '已口头报告。' });
  await complete(c, 'consider', 'discipline-2', { finding: 'stands', answer: '没有记录。' });
}
const recordsIn = async (c: TestCase) => (await c.events()).filter((type) => type === 'record-filed').length;

async function reviewed(c: TestCase): Promise<void> {
  await c.complete('compose-review', 'political-1', { members: panel });
  for (const member of panel.slice(0, 2)) await complete(c, 'review', member, approve);
}
async function bothIn(): Promise<TestCase> {
  const c = await opened();
  await conductIn(c);
  await leadershipIn(c);
  await reviewed(c);
  return c;
}

const noFault = { handling: 'no-fault', reasons: '不在当班。' };
const talk = { handling: '1', matter: '及时上报。', ground: 'leave-7', reasons: '初次。' };
const demerit = { ...sanction, sanction: 'demerit' };

/** The open task of that key in the line of this person. */
async function decideOn(c: TestCase, key: string, by: TestPerson, person: TestPerson, data: object): Promise<void> {
  const rows = await bureau.bureau.db.$queryRaw<{ id: string; round: number }[]>`
    select t.id, t.round from task t join "case" c on c.id = t.case_id where c.number = ${c.number} and t.key = ${key} and t.state = 'open' order by t.ordinal`;
  const order = [...incident.conduct, ...incident.leadership];
  const open = rows.length === order.length ? rows[order.indexOf(person)] : rows.at(-1);
  if (!open) throw new Error(`no ${key} is open`);
  await c.submit(by, { action: 'complete', task: open.id as never, data });
}

/** One decision for each person, drafted and approved. */
async function decided(c: TestCase, decisions: Readonly<Partial<Record<TestPerson, object>>>): Promise<void> {
  const all = Object.entries(decisions) as [TestPerson, object][];
  for (const [person, decision] of all.toReversed()) await decideOn(c, 'decide', 'political-2', person, decision);
  for (const _ of all) await decideOn(c, 'approve-decision', 'chief', 'zhao', approve);
  for (const _ of all) await complete(c, 'serve', 'political-2', await handedOver());
}

describe('two teams that share nobody', () => {
  test('a person in both, or a party in either, is refused with the approval', async () => {
    const c = await propose();
    await expect(
      c.complete('approve', 'chief', { ...teams, leadership: { lead: 'inspector-2', members: ['inspector-3'] } }),
    ).rejects.toMatchObject({
      slug: 'invalid-form',
    });
    await expect(c.complete('approve', 'chief', { ...teams, conduct: { lead: 'zhao', members: ['inspector-2'] } })).rejects.toMatchObject({
      slug: 'recused',
    });
    expect(await openKeys(c)).toEqual(['approve']);
    await c.complete('approve', 'chief', teams);
    expect(await openKeys(c)).toEqual(['end-early', 'end-early', 'plan', 'plan']);
  });

  test('nobody who looks into one takes a task of the other, and a witness in one never investigates in the other', async () => {
    const c = await opened();
    const [plan] = await taskOf(c, 'plan', 'discipline-2');
    expect(plan?.excluded).toEqual(expect.arrayContaining(['inspector-1', 'inspector-2', 'zhao', 'leader-1']));
    await complete(c, 'plan', 'inspector-1', { plan: '方案。' });
    const entry = { record: 'party', data: { person: 'inspector-3', part: 'witness' }, inquiry: 'investigate-conduct' } as const;
    await expect(fileRecord(bureau, c, 'inspector-1', entry)).rejects.toMatchObject({ slug: 'recused' });
    const evidence = {
      record: 'evidence',
      data: { title: '录像', type: 'recording', source: '监控', obtainedAt: '2026-10-20T09:00:00+08:00', shows: '未锁。' },
    } as const;
    await expect(fileRecord(bureau, c, 'inspector-1', { ...evidence, inquiry: 'investigate-leadership' })).rejects.toMatchObject({
      slug: 'forbidden',
    });
  });

  test('an extension goes up to thirty days in all', async () => {
    const c = await opened();
    await complete(c, 'plan', 'inspector-1', { plan: '方案。' });
    const [task] = await taskOf(c, 'investigate', 'inspector-1');
    const extend = (days: number) =>
      c.submit('inspector-1', { action: 'extend', task: task?.id as never, extendBy: { days }, reason: '证人在外地。', decide: true });
    await extend(20);
    await expect(extend(11)).rejects.toMatchObject({ slug: 'beyond-maximum' });
    await extend(10);
  });
});

describe('the two investigations', () => {
  test('are joined only when both are in', async () => {
    const c = await opened();
    await conductIn(c);
    expect(await openKeys(c)).toEqual(['end-early', 'plan']);
    await leadershipIn(c);
    expect(await openKeys(c)).toEqual(['compose-review']);
  });

  test('hear each person on the facts, and take no report that is on the other', async () => {
    const c = await opened();
    await complete(c, 'plan', 'inspector-1', { plan: '方案。' });
    await complete(c, 'investigate', 'inspector-1', onLeadership);
    expect(await openKeys(c)).toContain('investigate');
    await complete(c, 'investigate', 'inspector-1', onConduct);
    await complete(c, 'countersign', 'inspector-2', approve);
    for (let served = 0; served < 2; served += 1) await complete(c, 'serve', 'inspector-1', await handedOver());
    expect((await c.participants('heard')).sort()).toEqual(['wang', 'zhao']);
  });

  test('end early each for itself: a referral of one leaves the other as it was', async () => {
    const c = await opened();
    await conductReported(c);
    await complete(c, 'end-early', 'inspector-1', { result: 'prosecution', authority: '区人民检察院', reasons: '涉嫌犯罪。' });
    await c.complete('approve-end', 'chief', approve);
    expect(await openKeys(c)).toEqual(['end-early', 'plan']);
    await leadershipIn(c);
    await reviewed(c);
    await decided(c, { 'leader-1': talk });
    await c.complete('directives', 'political-1', { directives: [] });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'decided' });
  });

  test('that both find no responsibility leave a sealed file', async () => {
    const c = await opened();
    for (const lead of ['inspector-1', 'discipline-2'] as const) {
      await complete(c, 'end-early', lead, { result: 'no-responsibility', reasons: '设备故障。' });
      await c.complete('approve-end', 'chief', approve);
    }
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'no-responsibility' });
    expect((await c.events()).at(-1)).toBe('file-sealed');
  });

  test('an early end that is refused lets the investigation go on', async () => {
    const c = await opened();
    await complete(c, 'end-early', 'inspector-1', { result: 'no-responsibility', reasons: '设备故障。' });
    await c.complete('approve-end', 'chief', { decision: 'refuse', reasons: '未查清。' });
    expect(await openKeys(c)).toEqual(['end-early', 'end-early', 'plan', 'plan']);
  });
});

describe('the decision', () => {
  test('is one for each person, by two people of neither team nor panel, and served on each', async () => {
    const c = await bothIn();
    const drafts = (await c.tasks()).filter(({ key, state }) => key === 'decide' && state === 'open');
    expect(drafts).toHaveLength(3);
    for (const draft of drafts) expect(draft.excluded).toEqual(expect.arrayContaining(['inspector-1', 'discipline-2', ...panel]));
    await decided(c, { zhao: demerit, wang: noFault, 'leader-1': talk });
    await c.complete('carry-out', 'political-1', { note: '已执行。' });
    await c.complete('restore-duty', 'leader-2', { note: '已办。' });
    await c.complete('make-good-pay', 'political-1', { note: '已办。' });
    await c.complete('clear-name', 'political-1', { circle: '全所民警', how: '宣读。' });
    expect(await openKeys(c)).toEqual(['ask-reconsideration']);
    await bureau.skip({ days: 31 });
    await until(async () => (await openKeys(c)).includes('directives'), 'the units were not directed');
    await c.complete('directives', 'political-1', { directives: [{ unit: 'station-1', order: '完善枪柜双锁。' }] });
    await whenClosed(c);
    const bars = await bureau.bureau.db.$queryRaw<{ person: string; kind: string }[]>`
      select r.person_id as person, r.kind from restriction r join "case" c on c.id = r.case_id where c.number = ${c.number} order by r.kind`;
    expect(bars).toEqual([
      { person: 'zhao', kind: 'honours' },
      { person: 'zhao', kind: 'promotion' },
    ]);
    expect((await c.links()).map(({ process }) => process).sort()).toEqual(['rectification', 'warning-talk']);
    // From its opening to its end, with three persons: what stands in docs/benchmarks.md.
    expect(await c.historyLength()).toBeLessThan(400);
  });

  test('returned goes back to its draft, the others go on', async () => {
    const c = await bothIn();
    await decideOn(c, 'decide', 'political-2', 'wang', noFault);
    await decideOn(c, 'approve-decision', 'chief', 'wang', { decision: 'return', reasons: '依据不足。' });
    expect((await openKeys(c)).filter((key) => key === 'decide')).toHaveLength(3);
  });

  test('that a remedy quashes frees that person alone', async () => {
    const c = await bothIn();
    await decided(c, { zhao: demerit, wang: { ...sanction, sanction: 'warning' }, 'leader-1': talk });
    await complete(c, 'ask-reconsideration', 'wang', { way: 'complaint', grounds: '不在当班。' });
    await c.complete('decide-complaint', 'reviewer-2', { finding: 'quashed', reasons: '事实不清。' });
    const inForce = await bureau.bureau.db.$queryRaw<{ person: string }[]>`
      select distinct r.person_id as person from restriction r join "case" c on c.id = r.case_id
       where c.number = ${c.number} and r.ends_at > ${new Date(await bureau.now())}`;
    expect(inForce).toEqual([{ person: 'zhao' }]);
    expect(await openKeys(c)).toEqual(expect.arrayContaining(['restore-duty', 'clear-name', 'ask-reconsideration']));
  });

  test('what the joint review does not carry is answered by each team, or looked into again', async () => {
    const c = await opened();
    await conductIn(c);
    await leadershipIn(c);
    await c.complete('compose-review', 'political-1', { members: panel });
    for (const member of panel.slice(0, 2)) await complete(c, 'review', member, { decision: 'refuse', reasons: '未查清钥匙去向。' });
    await complete(c, 'consider', 'inspector-1', { finding: 'again', answer: '补查钥匙登记。' });
    await complete(c, 'consider', 'discipline-2', { finding: 'stands', answer: '无新情况。' });
    expect(await openKeys(c)).toEqual(['investigate']);
  });
});

test('a heavy sanction that names those who led opens the look into their responsibility', async () => {
  const { processOf } = await import('../definitions.ts');
  const { schemaOf } = await import('../kit/define.ts');
  const form = schemaOf(processOf('discipline').tasks.decide?.form as never);
  const heavy = { ...sanction, handling: '3', sanction: 'demotion', leaders: ['leader-1'] };
  expect(form.safeParse(heavy).success).toBe(true);
  expect(form.safeParse({ ...sanction, sanction: 'warning', leaders: ['leader-1'] }).success).toBe(false);
});
