import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { paperOf } from '../../test/attachments.ts';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const assault = { kind: 'assault', what: '处警时被推搡。', at: '2026-11-20T21:00:00+08:00', onDuty: true };
const accusation = { ...assault, kind: 'false-accusation', what: '被诬告收受好处。', spreadIn: '东湖街道居民群' };
const approve = { decision: 'approve' };
const doubt = { decision: 'return', reasons: '请再核。' };
const withheld = { finding: 'withheld', reasons: '不属于应予支持的情形。' };
const established = { finding: 'established', facts: '视频清楚。', ground: 'leave-7' };
const notEstablished = { finding: 'not-established', facts: '未见推搡。', reasons: '视频不支持。', ground: 'leave-7' };
const acted = { steps: ['police', 'protection'], note: '已立案。', pending: false };

const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);

/** With a protector, and the evidence kept. */
async function organised(intake: object = assault): Promise<TestCase> {
  const c = await bureau.start('rights-protection', 'zhao', intake);
  await c.complete('organise', 'welfare-1', { protector: 'legal-1' });
  await c.complete('keep-evidence', 'legal-1', { kept: '执法记录仪原始数据。' });
  return c;
}

async function pursued(intake: object = assault, verified: object = established): Promise<TestCase> {
  const c = await organised(intake);
  await c.complete('check-misuse', 'inspector-1', { finding: 'supported' });
  await c.complete('verify', 'legal-1', verified);
  return c;
}

/** Everything beside the handling, and the result told. */
async function concluded(c: TestCase): Promise<void> {
  await c.complete('remove-risk', 'leader-1', { note: '调整巡逻编组。' });
  await c.complete('warn-units', 'legal-1', { units: ['station-2'], warning: '该地段处警注意安全。' });
  await c.complete('visit', 'welfare-1', { note: '已看望，告知心理服务。' });
  await c.complete('conclude', 'legal-1', { result: '情况反馈。' });
}

const cleared = async () => ({
  circle: '东湖街道居民群及派出所',
  how: '居委会通报。',
  proof: [await paperOf(bureau.bureau, 'political-1')],
});

describe('at once', () => {
  test('a protector is named within two hours, and a unit without a tie looks whether power was misused', async () => {
    const c = await bureau.start('rights-protection', 'zhao', assault);
    expect((await openKeys(c)).sort()).toEqual(['check-misuse', 'organise']);
    const { dueAt, openedAt } = { ...(await c.open('organise')), openedAt: Date.parse(await bureau.now()) };
    expect(Math.round(((dueAt?.getTime() ?? 0) - openedAt) / 60_000)).toBe(120);
    expect(await c.open('check-misuse')).toMatchObject({ role: 'inspector' });
  });

  test('evidence is kept, the risk removed and the officer visited whatever the check will bring', async () => {
    const c = await bureau.start('rights-protection', 'zhao', assault);
    await c.complete('organise', 'welfare-1', { protector: 'legal-1' });
    expect((await openKeys(c)).sort()).toEqual(['check-misuse', 'keep-evidence', 'remove-risk', 'visit', 'warn-units']);
    expect(await c.open('keep-evidence')).toMatchObject({ assignee: 'legal-1' });
    await c.complete('keep-evidence', 'legal-1', { kept: '监控。' });
    expect(await openKeys(c)).not.toContain('verify');
    await c.complete('check-misuse', 'inspector-1', { finding: 'supported' });
    expect(await openKeys(c)).toContain('verify');
  });
});

describe('no shield for misuse of power', () => {
  test('an officer goes unsupported only when a second person agrees, and learns the remedies', async () => {
    const c = await organised();
    await c.complete('check-misuse', 'inspector-1', withheld);
    expect((await c.open('confirm-withheld')).excluded).toEqual(expect.arrayContaining(['inspector-1', 'zhao']));
    await c.complete('confirm-withheld', 'legal-1', doubt);
    expect((await c.open('check-misuse')).excluded).toContain('inspector-1');
    await c.complete('check-misuse', 'inspector-2', withheld);
    await c.complete('confirm-withheld', 'legal-1', approve);
    expect(await openKeys(c)).not.toContain('verify');
    await concluded(c);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'withheld' });
    expect(await c.events()).toContain('told-of-remedy');
  });

  test('the check names no clue: no field of it does, and it opens and links nothing', async () => {
    const c = await organised();
    await expect(c.complete('check-misuse', 'inspector-1', { ...withheld, clue: 'XS-2026-000001' })).rejects.toMatchObject({
      slug: 'invalid-form',
    });
    await c.complete('check-misuse', 'inspector-1', withheld);
    expect(await c.links()).toEqual([]);
  });
});

describe('handling', () => {
  test('what is not established takes a second person as well', async () => {
    const c = await pursued(assault, notEstablished);
    expect((await c.open('confirm-not-established')).excluded).toEqual(expect.arrayContaining(['legal-1', 'zhao']));
    await c.complete('confirm-not-established', 'political-1', doubt);
    await c.complete('verify', 'legal-1', notEstablished);
    await c.complete('confirm-not-established', 'political-1', approve);
    await concluded(c);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'not-established' });
    expect(await c.events()).toContain('told-of-remedy');
  });

  test('an authority is followed up month by month until it has decided', async () => {
    const c = await pursued();
    await c.complete('act', 'legal-1', { ...acted, pending: true });
    await c.complete('liaise', 'legal-1', { with: 'prosecutor', state: 'pending', note: '审查起诉中。' });
    await c.complete('liaise', 'legal-1', { with: 'court', state: 'decided', note: '已判决。' });
    await concluded(c);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'protected' });
    expect(await c.notices('zhao')).toContain('rights-result');
  });

  test('waits for all four stages, and can be withdrawn by the officer', async () => {
    const c = await pursued();
    await c.complete('act', 'legal-1', acted);
    expect((await openKeys(c)).sort()).toEqual(['remove-risk', 'visit', 'warn-units']);
    await c.submit('zhao', { action: 'withdraw', reason: '双方已和解。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
  });
});

describe('clearing the name', () => {
  test('happens in the circle of the damage, with proof, and ends when the officer confirms it', async () => {
    const c = await pursued(accusation);
    const proof = await cleared();
    await expect(c.complete('clear-name', 'political-1', { ...proof, proof: [] })).rejects.toMatchObject({ slug: 'invalid-form' });
    await c.complete('clear-name', 'political-1', proof);
    await c.complete('confirm-cleared', 'zhao', { finding: 'cleared' });
    await c.complete('act', 'legal-1', acted);
    await concluded(c);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'cleared' });
  });

  test('that leaves something out is judged by someone else, and done again by another person', async () => {
    const c = await pursued(assault, { ...established, spreadIn: '朋友圈' });
    await c.complete('clear-name', 'political-1', await cleared());
    await c.complete('confirm-cleared', 'zhao', { finding: 'missing', missing: '社区群未澄清。' });
    expect((await c.open('judge-cleared')).excluded).toEqual(expect.arrayContaining(['political-1', 'zhao']));
    await c.complete('judge-cleared', 'supervising-1', { finding: 'again', reasons: '范围不足。' });
    expect((await c.open('clear-name')).excluded).toContain('political-1');
    await c.complete('clear-name', 'political-2', { ...(await cleared()), proof: [await paperOf(bureau.bureau, 'political-2')] });
    await c.complete('confirm-cleared', 'zhao', { finding: 'missing', missing: '仍有人议论。' });
    await c.complete('judge-cleared', 'supervising-1', { finding: 'enough', reasons: '已覆盖。' });
    expect(await openKeys(c)).not.toContain('clear-name');
  });

  test('ends without an answer of the officer, and stands in the record of the case that it was about', async () => {
    const about = await bureau.start('appeal', 'zhao', { channel: 'self-service', title: '名誉', content: '请求澄清。' });
    const c = await pursued({ ...accusation, about: about.number });
    await c.complete('clear-name', 'political-1', await cleared());
    await bureau.skip({ days: 12 });
    await until(async () => (await about.events()).includes('name-cleared'), 'the other case was not told');
    expect(await c.notices('zhao')).toContain('name-cleared');
    expect(await about.links()).toContainEqual({ relation: 'name-cleared-in', number: c.number, process: 'rights-protection' });
  });
});
