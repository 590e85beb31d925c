import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';
import { fileInquiry } from '../../test/investigation.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const proposal = { leader: 'leader-1', heading: 'sitting-on-it', facts: '线索压置三个月。' };
const cited = { actOn: '2026-10-12', ground: 'leave-7' };
const filing = { decision: 'file', leader: 'leader-1', ...cited, lead: 'inspector-1', members: ['inspector-2'] };
const sanction = { handling: '2', sanction: 'warning', effectiveOn: '2026-12-10', ...cited, facts: '属实。', reasons: '初次。' };
const approve = { decision: 'approve' };
const handedOver = async () => ({ how: 'in-person', at: await bureau.now() });
const openKeys = async (c: TestCase) =>
  (await c.tasks())
    .filter(({ state }) => state === 'open')
    .map(({ key }) => key)
    .sort();

async function heard(): Promise<TestCase> {
  const c = await bureau.start('accountability', 'discipline-1', proposal, { subject: 'leader-1' });
  await c.complete('file', 'chief', filing);
  await fileInquiry(bureau, c, 'inspector-1', 'leader-1');
  await c.complete('investigate', 'inspector-1', {
    report: '压置属实。',
    findings: [{ point: '值班饮酒', result: 'proven', reasons: '录像清楚。' }],
    told: '拟给予警告。',
    proposal: '2',
  });
  await c.complete('countersign', 'inspector-2', approve);
  await c.complete('serve', 'inspector-1', await handedOver());
  await c.complete('hear', 'leader-1', { answer: 'stated', statement: '人手不足。' });
  await c.complete('consider', 'inspector-1', { finding: 'stands', answer: '不予采纳。' });
  return c;
}

async function decided(decision: object): Promise<TestCase> {
  const c = await heard();
  await c.complete('decide', 'political-2', decision);
  await c.complete('approve-decision', 'chief', approve);
  await c.complete('serve', 'political-2', await handedOver());
  return c;
}

describe('a leader is held to account', () => {
  test('by a decision of someone else than who proposed it', async () => {
    const c = await bureau.start('accountability', 'discipline-1', proposal, { subject: 'leader-1' });
    expect((await c.open('file')).excluded).toEqual(expect.arrayContaining(['discipline-1', 'leader-1']));
    await c.complete('file', 'chief', { decision: 'refuse', reasons: '已及时处理。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
    expect((await c.events()).at(-1)).toBe('file-sealed');
  });

  test('by two people who did not investigate, after a hearing', async () => {
    const c = await heard();
    expect((await c.open('decide')).excluded).toEqual(expect.arrayContaining(['inspector-1', 'inspector-2', 'leader-1']));
    await c.complete('decide', 'political-2', sanction);
    expect((await c.open('approve-decision')).excluded).toContain('political-2');
    await c.complete('approve-decision', 'chief', { decision: 'return', reasons: '减轻。' });
    expect(await openKeys(c)).toEqual(['decide']);
  });

  test('with a reprimand, or with nothing but the clearing of the name', async () => {
    const reprimanded = await decided({ handling: 'admonish', matter: '限期办结。', ...cited, reasons: '情节轻微。' });
    expect(await openKeys(reprimanded)).toEqual(['ask-reconsideration']);
    await reprimanded.complete('ask-reconsideration', 'leader-1', { way: 'reconsideration', grounds: '不属实。' });
    await reprimanded.complete('reconsider', 'reviewer-2', { finding: 'upheld', reasons: '属实。' });
    await reprimanded.complete('serve', 'reviewer-2', await handedOver());
    await reprimanded.complete('complain', 'leader-1', { grounds: '仍不服。' });
    expect((await reprimanded.open('decide-complaint')).excluded).toContain('reviewer-2');
    await reprimanded.complete('decide-complaint', 'reviewer-3', { finding: 'upheld', reasons: '属实。' });
    expect(await reprimanded.row()).toMatchObject({ state: 'closed', outcome: 'reprimanded' });
    const cleared = await decided({ handling: 'no-fault', reasons: '不是其职责。' });
    expect(await openKeys(cleared)).toEqual(['clear-name', 'make-good-pay', 'restore-duty']);
  });

  test('with a sanction that bars by its dates, and is gone at once where it is quashed', async () => {
    const c = await decided(sanction);
    await c.complete('ask-reconsideration', 'leader-1', { way: 'reconsideration', grounds: '过重。' });
    await c.complete('reconsider', 'reviewer-2', { finding: 'quashed', reasons: '依据不足。' });
    const [{ barred } = { barred: true }] = await bureau.bureau.db.$queryRaw<{ barred: boolean }[]>`
      select exists (select 1 from restriction r join "case" c on c.id = r.case_id where c.number = ${c.number} and r.ends_at > ${new Date(await bureau.now())}) as barred`;
    expect(barred).toBe(false);
    expect((await c.open('restore-duty')).excluded).toContain('leader-1');
  });

  test('stands when nobody asks for more', async () => {
    const c = await decided(sanction);
    await c.complete('carry-out', 'political-1', { note: '已执行。' });
    await bureau.skip({ days: 31 });
    await until(async () => (await c.row()).state === 'closed', 'it did not close');
    expect(await c.row()).toMatchObject({ outcome: 'sanctioned' });
  });

  test('against someone whom a mark protects, by a second person as well', async () => {
    await bureau.start('appeal', 'leader-2', { channel: 'self-service', title: '值班', content: '排班不公。' });
    const c = await bureau.start('accountability', 'discipline-1', { ...proposal, leader: 'leader-2' }, { subject: 'leader-2' });
    await expect(c.complete('file', 'chief', { ...filing, leader: 'leader-2' })).rejects.toMatchObject({ slug: 'invalid-form' });
    await c.complete('file', 'chief', { ...filing, leader: 'leader-2', unrelated: '由督察引起。' });
    await c.complete('investigate', 'inspector-1', {
      report: '属实。',
      findings: [{ point: '压置', result: 'proven', reasons: '属实。' }],
      told: '拟诫勉。',
      proposal: '2',
    });
    await c.complete('countersign', 'inspector-2', approve);
    await c.complete('serve', 'inspector-1', await handedOver());
    await c.complete('hear', 'leader-2', { answer: 'waived' });
    await c.complete('consider', 'inspector-1', { finding: 'stands', answer: '无申辩。' });
    await c.complete('decide', 'political-2', { ...sanction, sanction: 'admonition' });
    await c.complete('approve-decision', 'chief', { decision: 'approve', unrelated: '由督察引起。' });
    await c.complete('approve-again', 'supervising-1', approve);
    await c.complete('serve', 'political-2', await handedOver());
    const [bar] = await bureau.bureau.db.$queryRaw<{ until: Date }[]>`
      select r.ends_at as until from restriction r join "case" c on c.id = r.case_id where c.number = ${c.number} and r.kind = 'promotion'`;
    expect(bar?.until).toEqual(new Date('2027-06-11T00:00:00+08:00'));
  });
});
