import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestBureau, testBureau } from '../../test/bureau.ts';
import { itemsOf, noteItem } from '../../test/items.ts';
import type { TestPerson } from '../../test/people.ts';
import { latestRound, roundsOf } from '../../test/rounds.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

/** On file as long as the green channel is open. */
const hurt = (person: TestPerson) =>
  bureau.start('injury-care', person, { place: '江岸路', what: '扭伤。', severity: 'light' }, { subject: person });
const DAY = 86_400_000;
/** To noon of five days before the memorial day of the policy that comes next. */
async function toMemorialDay(): Promise<void> {
  const now = Date.parse(await bureau.now());
  const year = Number((await bureau.today()).slice(0, 4));
  const days = [year, year + 1].flatMap((of) => ['01-10', '08-01', '09-30'].map((on) => Date.parse(`${of}-${on}T12:00:00+08:00`)));
  const next = days.map((at) => at - 5 * DAY).find((at) => at > now) ?? now;
  await bureau.skip({ hours: Math.ceil((next - now) / 3_600_000) });
}
const visited = { metOn: '2026-11-25', where: 'home', circumstances: '家人均好。' };

test('whoever is on file is visited each quarter, and without anyone the round closes by itself', async () => {
  expect(await (await latestRound(bureau, 'care-visit')).row()).toMatchObject({ state: 'closed', outcome: 'nobody-to-cover' });
});

test('before a memorial day there is a round of its own, due by that day; who comes off file is struck out', async () => {
  await toMemorialDay();
  await hurt('li');
  const mistaken = await hurt('wang');
  const rounds = await roundsOf(bureau, 'care-visit');
  const causes = await bureau.bureau.db.$queryRaw<{ cause: string }[]>`select cause from case_step where cause like 'round:care-visit:%'`;
  expect(causes.filter(({ cause }) => /^round:care-visit:\d{4}-(police|army|martyrs)-day$/.test(cause))).not.toEqual([]);
  const round = rounds[0];
  if (round === undefined) throw new Error('no round was opened');
  expect((await itemsOf(bureau, round.number)).map(({ person, assignee, state }) => [person, assignee, state])).toEqual([
    ['li', 'leader-1', 'open'],
    ['wang', 'leader-2', 'open'],
  ]);

  await mistaken.complete('report-change', 'health-1', { change: 'mistaken', reasons: '同名。' });
  await mistaken.complete('confirm-mistaken', 'duty-1', { decision: 'approve' });
  await latestRound(bureau, 'care-visit');
  const [li, wang] = await itemsOf(bureau, round.number);
  expect(wang).toMatchObject({ state: 'struck', struckAs: 'off-roster' });
  if (li) await noteItem(bureau, round.number, 'leader-1', { kind: 'complete-item', item: li.id, data: visited });
  await round.complete('conclude', 'welfare-1', { summary: '已登门。' });
  expect(await round.row()).toMatchObject({ outcome: 'covered' });
});
