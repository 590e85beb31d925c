import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestBureau, testBureau } from '../../test/bureau.ts';
import { isCountRight, itemsOf, noteItem } from '../../test/items.ts';
import { everybody } from '../../test/people.ts';
import { latestRound } from '../../test/rounds.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

test('all units but the bureau itself are visited, and everyone met; who is met on a visit is covered with it', async () => {
  const round = await latestRound(bureau, 'grassroots-visit');
  const items = await itemsOf(bureau, round.number);
  expect(items.filter(({ key }) => key === 'visit-unit').map(({ unit, assignee }) => [unit, assignee])).toEqual([
    ['branch', 'supervising-1'],
    ['station-1', 'supervising-1'],
    ['station-2', 'supervising-1'],
  ]);
  expect(items.filter(({ key }) => key === 'meet')).toHaveLength(everybody.length);

  const [visit] = items.filter(({ key, unit }) => key === 'visit-unit' && unit === 'station-1');
  const met = items
    .filter(({ person }) => person === 'li' || person === 'zhao')
    .map(({ id }) => ({ item: id, data: { metOn: '2026-11-25' } }));
  if (met[0] === undefined || visit === undefined) throw new Error('the list lacks them');
  await noteItem(bureau, round.number, 'supervising-1', { kind: 'complete-item', ...met[0] });
  await noteItem(bureau, round.number, 'supervising-1', {
    kind: 'complete-item',
    item: visit.id,
    data: { metOn: '2026-11-25', found: '正常。' },
    met,
  });

  const after = await itemsOf(bureau, round.number);
  expect(after.filter(({ state }) => state === 'done').map(({ person, unit }) => person ?? unit)).toEqual(['station-1', 'li', 'zhao']);
  expect((await round.events()).filter((type) => type === 'item-completed')).toHaveLength(3);
  expect(await isCountRight(bureau)).toBe(true);
});
