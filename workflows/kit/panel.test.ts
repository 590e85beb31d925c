import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PersonId } from '../../domain/ids.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau({ workflows: fileURLToPath(new URL('../../test/fixtures/panel-workflow.ts', import.meta.url)) });
}, 60_000);
afterAll(() => bureau?.close());

const agree = { decision: 'approve' };
const object = { decision: 'refuse', reasons: '证据不足。' };

async function panel(rule: string): Promise<TestCase> {
  const c = await bureau.start('rectification', 'li', { cause: 'management', order: rule });
  await c.complete('sign', 'leader-1', { note: '收到。' });
  return c;
}

const seats = async (c: TestCase) => (await c.tasks()).filter(({ key, state }) => key === 'verify' && state === 'open');
const seatOf = async (c: TestCase, member: TestPerson) => {
  const seat = (await seats(c)).find(({ assignee }) => assignee === member);
  if (!seat) throw new Error(`${member} has no seat`);
  return seat;
};
const vote = async (c: TestCase, member: TestPerson, data: object, by = member) =>
  c.submit(by, { action: 'complete', task: (await seatOf(c, member)).id, data });

describe('a panel', () => {
  test.each([
    ['all', [agree, agree, agree], 'rectified'],
    ['all', [agree, object], 'refused'],
    ['majority', [object, agree, agree], 'rectified'],
    ['majority', [agree, agree], 'rectified'],
    ['one', [object, agree], 'rectified'],
    ['two thirds', [agree, object, agree], 'rectified'],
    ['two thirds', [object, object], 'refused'],
  ])('that decides by %s after the votes %j: %s', async (rule, votes, outcome) => {
    const c = await panel(rule);
    const members: TestPerson[] = ['supervisor-1', 'supervisor-2', 'inspector-1'];
    for (const [index, data] of votes.entries()) await vote(c, members[index] ?? 'li', data);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome });
    expect((await c.tasks()).filter(({ state }) => state === 'open')).toEqual([]);
  });

  test('asks its members one after the other where the order matters', async () => {
    const c = await panel('in order');
    expect((await seats(c)).map(({ assignee }) => assignee)).toEqual(['supervisor-1']);
    await vote(c, 'supervisor-1', agree);
    expect((await seats(c)).map(({ assignee }) => assignee)).toEqual(['supervisor-2']);
  });

  test('asks its advisers, who never vote and hold nothing up', async () => {
    const c = await panel('all');
    await c.complete('consult', 'zhao', { opinion: '属实。' });
    expect(await seats(c)).toHaveLength(3);
    const other = await panel('one');
    await vote(other, 'inspector-1', agree);
    expect((await other.tasks()).find(({ key }) => key === 'consult')).toMatchObject({ state: 'cancelled' });
  });

  test('gives nobody two seats, not even one that a member is asked to fill for another', async () => {
    const c = await panel('all');
    for (const { assignee, excluded } of await seats(c)) {
      const others = ['supervisor-1', 'supervisor-2', 'inspector-1'].filter((member) => member !== assignee);
      expect(excluded).toEqual(expect.arrayContaining(others));
    }
    await vote(c, 'supervisor-1', agree);
    await expect(vote(c, 'supervisor-2', agree, 'supervisor-1')).rejects.toMatchObject({ slug: 'needs-second-person' });
  });
});

describe('a member', () => {
  test('is added on the record, and is needed from then on', async () => {
    const c = await panel('all');
    const { id } = await seatOf(c, 'supervisor-1');
    await c.submit('leader-1', { action: 'panel-add', task: id, person: 'reviewer-1' as PersonId, reason: '涉及复查' });
    for (const member of ['supervisor-1', 'supervisor-2', 'inspector-1'] as const) await vote(c, member, agree);
    expect(await c.row()).toMatchObject({ state: 'open' });
    expect(await c.events()).toContain('panel-member-added');
    await vote(c, 'reviewer-1', agree);
    expect(await c.row()).toMatchObject({ outcome: 'rectified' });
  });

  test('who sits there already is not added again', async () => {
    const c = await panel('all');
    const { id } = await seatOf(c, 'supervisor-1');
    const again = c.submit('leader-1', { action: 'panel-add', task: id, person: 'supervisor-2' as PersonId, reason: '再加' });
    await expect(again).rejects.toMatchObject({ slug: 'already-seated' });
  });

  test('stands down on the record, and the others decide; two are the least', async () => {
    const c = await panel('all');
    const standDown = async (member: TestPerson) =>
      c.submit(member, { action: 'stand-down', task: (await seatOf(c, member)).id, reason: '与当事人同期入警' });
    await standDown('inspector-1');
    await expect(standDown('supervisor-2')).rejects.toMatchObject({ slug: 'panel-too-small' });
    await vote(c, 'supervisor-1', agree);
    await vote(c, 'supervisor-2', agree);
    expect(await c.row()).toMatchObject({ outcome: 'rectified' });
    expect(await c.events()).toEqual(expect.arrayContaining(['stood-down', 'panel-decided']));
  });

  test('whose standing down makes the decision certain ends the panel', async () => {
    const c = await panel('majority');
    const { id } = await seatOf(c, 'supervisor-1');
    await c.submit('leader-1', { action: 'panel-add', task: id, person: 'reviewer-1' as PersonId, reason: '增补' });
    await vote(c, 'supervisor-1', agree);
    await vote(c, 'supervisor-2', agree);
    expect(await c.row()).toMatchObject({ state: 'open' });
    await c.submit('reviewer-1', { action: 'stand-down', task: (await seatOf(c, 'reviewer-1')).id, reason: '回避' });
    expect(await c.row()).toMatchObject({ outcome: 'rectified' });
  });
});
