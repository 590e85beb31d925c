import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ItemId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import { isCountRight, itemsOf, noteItem } from '../../test/items.ts';
import { everybody } from '../../test/people.ts';
import { latestRound, tick } from '../../test/rounds.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

let c: TestCase;
/** Opens the round of the quarter in hand, which all that follows is about. */
async function open(): Promise<void> {
  c = await latestRound(bureau, 'heart-talk');
}
const follow = () => tick(bureau, 'heart-talk');
const items = () => itemsOf(bureau, c.number);
const itemOf = async (person: string) => {
  const found = (await items()).find((item) => item.person === person);
  if (found === undefined) throw new Error(`${person} is not on the list`);
  return found;
};
const talk = (item: ItemId, content = '工作顺心。') => ({ kind: 'complete-item', item, data: { metOn: '2026-11-25', content } }) as const;
const chief = { approved: { decision: 'approve' }, returned: { decision: 'return', reasons: '再谈一次。' } };

describe('交心谈心', () => {
  test('everyone in service is on the list once, each with a leader of the own unit or the next above, never themselves', async () => {
    await open();
    await Promise.all([follow(), follow()]);
    const list = await items();
    expect(list.map(({ person }) => person).sort()).toEqual([...everybody].sort());
    expect(await itemOf('li')).toMatchObject({ unit: 'station-1', assignee: 'leader-1', state: 'open' });
    expect(await itemOf('leader-1')).toMatchObject({ assignee: 'branch-leader' });
    expect(list.filter(({ person, assignee }) => assignee === null || assignee === person)).toEqual([]);
    expect(await c.notices('leader-1')).toEqual(['items-assigned']);
    expect(await isCountRight(bureau)).toBe(true);
  });

  test('a talk is completed by exactly one submission, without waking the workflow', async () => {
    const { id } = await itemOf('li');
    const before = await c.historyLength();
    const both = await Promise.allSettled([
      noteItem(bureau, c.number, 'leader-1', talk(id)),
      noteItem(bureau, c.number, 'leader-1', talk(id)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: new Problem('task-not-open') });
    expect(await itemOf('li')).toMatchObject({ state: 'done' });
    expect((await c.events()).filter((type) => type === 'item-completed')).toHaveLength(1);
    expect(await c.historyLength()).toBe(before);
    expect(await isCountRight(bureau)).toBe(true);
  });

  test('who joins, leaves, moves or comes back changes the list, each by an event; what was done stays', async () => {
    const { db } = bureau.bureau;
    await db.person.create({ data: { id: 'newcomer', username: 'newcomer', name: '新人', unitId: 'station-2' } });
    await db.person.update({ where: { id: 'zhao' }, data: { leftAt: new Date(await bureau.now()) } });
    await db.person.update({ where: { id: 'handler-1' }, data: { unitId: 'station-2' } });
    await db.person.update({ where: { id: 'li' }, data: { unitId: 'station-2' } });
    await follow();
    await follow();
    expect(await itemOf('newcomer')).toMatchObject({ unit: 'station-2', assignee: 'leader-2', state: 'open' });
    expect(await itemOf('zhao')).toMatchObject({ state: 'struck', struckAs: 'left' });
    expect(await itemOf('handler-1')).toMatchObject({ unit: 'station-2', assignee: 'leader-2', state: 'open' });
    expect(await itemOf('li')).toMatchObject({ unit: 'station-1', state: 'done' });
    expect((await c.events()).filter((type) => /^item-(added|struck|moved)/.test(type)).sort()).toEqual([
      'item-added',
      'item-moved',
      'item-struck-out',
    ]);

    await db.person.update({ where: { id: 'zhao' }, data: { leftAt: null } });
    await follow();
    expect(await itemOf('zhao')).toMatchObject({ state: 'open', struckAs: null });
    expect((await items()).filter(({ person }) => person === 'zhao')).toHaveLength(1);
    expect(await isCountRight(bureau)).toBe(true);
  });

  test('whose talker has left is talked to by the next above', async () => {
    await bureau.bureau.db.person.update({ where: { id: 'leader-2' }, data: { leftAt: new Date(await bureau.now()) } });
    await follow();
    expect(await itemOf('wang')).toMatchObject({ assignee: 'branch-leader', state: 'open' });
    expect(await itemOf('leader-2')).toMatchObject({ state: 'struck' });
  });

  test('whoever is late is reminded once for all, and it climbs by one event for each rung', async () => {
    await bureau.skip({ days: 82 });
    const events = await c.events();
    expect(new Set(events.filter((type) => type.startsWith('items-')))).toEqual(new Set(['items-remind', 'items-due', 'items-escalate']));
    expect(events.filter((type) => type.startsWith('items-')).length).toBeLessThanOrEqual(8);
    expect((await c.notices('leader-1')).filter((kind) => kind === 'items-due')).toHaveLength(1);
    expect(await itemOf('zhao')).toMatchObject({ level: 1 });
    expect(await itemOf('li')).toMatchObject({ level: 0 });
  });

  test('is not concluded while someone is left without reasons, and with them only by a second person', async () => {
    await expect(c.complete('conclude', 'political-1', { summary: '已谈。' })).rejects.toThrow(new Problem('not-covered').message);
    await c.complete('conclude', 'political-1', { summary: '已谈。', reasons: '外派。' });
    await c.complete('approve', 'chief', chief.returned);
    await c.complete('conclude', 'political-2', { summary: '已谈。', reasons: '外派，回来补谈。' });
    await c.complete('approve', 'chief', chief.approved);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'partly-covered' });
    expect(await itemOf('zhao')).toMatchObject({ state: 'missed' });
    expect(await itemOf('li')).toMatchObject({ state: 'done' });
    expect(await c.notices('leader-1')).toContain('round-ended');
    const late = noteItem(bureau, c.number, 'leader-1', talk((await itemOf('zhao')).id));
    await expect(late).rejects.toThrow(new Problem('case-not-open').message);
    expect(await c.historyLength()).toBeLessThan(60);
  });

  test('the next quarter has a round of its own; once nobody is left it can be concluded without reasons', async () => {
    await bureau.skip({ days: 30 });
    await open();
    const [last, ...rest] = await items();
    for (const { id } of rest) await noteItem(bureau, c.number, 'political-1', talk(id));
    expect(await c.notices('political-2')).not.toContain('round-covered');
    if (last) await noteItem(bureau, c.number, 'political-1', { kind: 'strike-item', item: last.id, reason: '长期借调。' });
    expect(await c.notices('political-2')).toContain('round-covered');
    await c.complete('conclude', 'political-1', { summary: '全部谈到。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'covered' });
    expect(await isCountRight(bureau)).toBe(true);
  });

  test('cancelled half-way keeps what was done, and ends the rest', async () => {
    await bureau.skip({ days: 92 });
    await open();
    await noteItem(bureau, c.number, 'leader-1', talk((await itemOf('li')).id));
    await c.submit('chief', { action: 'cancel', reason: '机构改革。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'cancelled' });
    expect(await itemOf('li')).toMatchObject({ state: 'done' });
    expect(new Set((await items()).map(({ state }) => state))).toEqual(new Set(['done', 'cancelled']));
    await bureau.skip({ days: 30 });
    expect((await c.events()).at(-1)).toBe('closed');
  });
});
