import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { answerAsked } from '../../api/answer-asked.ts';
import type { PersonId } from '../../domain/ids.ts';
import { createLogger } from '../../platform/log.ts';
import { balanceOf, reverse } from '../../store/fund/book.ts';
import { reconcile } from '../../store/fund/reconcile.ts';
import { coveredNow } from '../../store/fund/waiting.ts';
import { inTransaction } from '../../store/in-transaction.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import { paidIn } from '../../test/fund.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const need = { cause: 'illness', circumstances: '住院治疗，负担较重。', asked: 20_000 };
const members = ['fund-1', 'fund-2', 'fund-3'];
const eligible = { finding: 'eligible', circumstances: '属实。', amount: 12_345.67, committee: members };
const ineligible = { finding: 'ineligible', circumstances: '已获商业保险全额赔付。', ground: 'leave-7', committee: members };
const approve = { decision: 'approve' };
const refuse = { decision: 'refuse', reasons: '材料不全。' };
const transfer = { finding: 'paid', paidOn: '2026-12-01', reference: '付字12号' };
const FEN = 1_234_567n;

const db = () => bureau.bureau.db;
const balance = () => balanceOf(db(), 'mutual-aid');
const payments = (c: TestCase) =>
  db().$queryRaw<{ kind: string; fen: bigint; nth: number | null }[]>`
    select e.kind, e.fen, e.nth from fund_entry e join "case" c on c.id = e.case_id where c.number = ${c.number} order by e.no`;

/** Each member's seat, in order. */
async function judged(c: TestCase, ...votes: object[]): Promise<void> {
  for (const [index, vote] of votes.entries()) {
    const seat = (await c.tasks()).find(({ key, state, assignee }) => key === 'judge' && state === 'open' && assignee === members[index]);
    if (seat) await c.submit(members[index] as TestPerson, { action: 'complete', task: seat.id, data: vote });
  }
}

async function granted(amount = eligible.amount): Promise<TestCase> {
  const c = await bureau.start('mutual-aid', 'li', need);
  await c.complete('check', 'welfare-1', { ...eligible, amount });
  await judged(c, approve, approve);
  return c;
}

describe('困难互助金', () => {
  beforeEach(() => paidIn(bureau.bureau, 2_000_000n));

  test('is checked, decided by a majority of the committee, paid by a cashier who did not decide, and received', async () => {
    const before = await balance();
    const c = await granted();
    expect(await c.notices('li')).toContain('aid-granted');
    expect((await c.open('pay')).excluded).toEqual(expect.arrayContaining(['fund-1', 'fund-2']));
    await c.complete('pay', 'cashier-1', transfer);
    expect(await balance()).toBe(before - FEN);
    expect(await payments(c)).toEqual([{ kind: 'payment', fen: FEN, nth: 1 }]);
    await c.complete('receipt', 'li', { finding: 'received' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'paid' });
    expect(await c.events()).toContain('fund-paid');
  });

  test('urgent ones are decided within a working day', async () => {
    const [usual, urgent] = [await granted(), await bureau.start('mutual-aid', 'zhao', { ...need, urgent: true })];
    await urgent.complete('check', 'welfare-1', eligible);
    const seatOf = async (c: TestCase) => (await c.tasks()).find(({ key }) => key === 'judge')?.dueAt?.getTime() ?? 0;
    expect(await seatOf(urgent)).toBeLessThan(await seatOf(usual));
  });

  test('two cashiers at once pay once', async () => {
    const c = await granted();
    const { id } = await c.open('pay');
    const both = await Promise.allSettled(
      (['cashier-1', 'cashier-2'] as const).map((by) => c.submit(by, { action: 'complete', task: id, data: transfer })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await payments(c)).toHaveLength(1);
  });

  test('a workflow that is lost after the payment goes on from the record, and nothing is paid again', async () => {
    const c = await granted();
    await c.complete('pay', 'cashier-1', transfer);
    await bureau.loseWorkflow(c.number);
    await c.complete('receipt', 'li', { finding: 'received' });
    expect(await payments(c)).toHaveLength(1);
  });

  test('what the bank returned is booked back, and paid once more', async () => {
    const before = await balance();
    const c = await granted();
    await c.complete('pay', 'cashier-1', transfer);
    await c.complete('receipt', 'li', { finding: 'missing' });
    expect((await c.open('trace')).excluded).toContain('cashier-1');
    await c.complete('trace', 'cashier-2', { finding: 'returned', proof: '退字3号' });
    expect(await balance()).toBe(before);
    await c.complete('pay', 'cashier-1', transfer);
    await bureau.skip({ days: 16 });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'paid' });
    expect((await payments(c)).map(({ kind, nth }) => [kind, nth])).toEqual([
      ['payment', 1],
      ['reversal', null],
      ['payment', 2],
    ]);
    expect(await balance()).toBe(before - FEN);
  });

  test('for someone who has died meanwhile it is paid to an heir, or ended by two people', async () => {
    const c = await granted();
    await c.complete('pay', 'cashier-1', { finding: 'unpayable', reasons: '申请人去世。' });
    await c.complete('resolve', 'welfare-1', { finding: 'void', reasons: '无继承人。' });
    await c.complete('confirm-void', 'fund-1', refuse);
    await c.complete('pay', 'cashier-1', { finding: 'unpayable', reasons: '申请人去世。' });
    await c.complete('resolve', 'welfare-2', { finding: 'void', reasons: '家属放弃。' });
    await c.complete('confirm-void', 'fund-2', approve);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'not-paid' });
    expect(await payments(c)).toEqual([]);
  });
});

describe('while the fund is short', () => {
  test('nothing is paid, the case waits and says so, others that fit are paid, and it goes on when money has come in', async () => {
    const most = Math.floor((Number(await balance()) / 100) * 0.6);
    const [first, second, small] = [await granted(most), await granted(most), await granted(1)];
    await first.complete('pay', 'cashier-1', transfer);
    await expect(second.complete('pay', 'cashier-1', transfer)).rejects.toMatchObject({ slug: 'fund-short' });
    expect((await second.open('pay')).state).toBe('open');
    await second.complete('pay', 'cashier-1', { finding: 'short' });
    expect(await second.row()).toMatchObject({ stage: 'unfunded' });
    expect(await second.notices('li')).toContain('aid-waits');
    await small.complete('pay', 'cashier-1', transfer);
    expect(await payments(second)).toEqual([]);
    await paidIn(bureau.bureau, BigInt(most) * 100n);
    const covered = await coveredNow(bureau.bureau, 'mutual-aid');
    expect(covered).toEqual([(await second.open('await-funds')).id]);
    await answerAsked({ temporal: bureau.client, engine: { isUp: true }, log: createLogger('test') }, covered, { note: '入账。' });
    await second.until('pay');
    expect(await coveredNow(bureau.bureau, 'mutual-aid')).toEqual([]);
    await second.complete('pay', 'cashier-1', transfer);
    expect(await payments(second)).toEqual([{ kind: 'payment', fen: BigInt(most) * 100n, nth: 1 }]);
  });
});

describe('a proposal', () => {
  test('names nobody twice for the committee: two decide', async () => {
    const c = await bureau.start('mutual-aid', 'li', need);
    const twice = { ...eligible, committee: [members[0], members[0]] };
    await expect(c.complete('check', 'welfare-1', twice)).rejects.toMatchObject({ slug: 'invalid-form' });
  });

  test('that the committee does not carry is made anew', async () => {
    const c = await bureau.start('mutual-aid', 'li', need);
    await c.complete('check', 'welfare-1', eligible);
    await judged(c, refuse, refuse);
    expect(await c.row()).toMatchObject({ stage: 'check' });
  });

  test('to refuse is told with its remedy; an objection is decided by someone who had no part in it', async () => {
    const c = await bureau.start('mutual-aid', 'li', need);
    await c.complete('check', 'welfare-1', ineligible);
    await judged(c, approve, approve);
    expect(await c.events()).toContain('told-of-remedy');
    expect(await c.notices('li')).toContain('aid-refused');
    await c.complete('object', 'li', { grounds: '保险只赔付了一部分。' });
    expect((await c.open('reconsider')).excluded).toContain('welfare-1');
    await c.complete('reconsider', 'chief', approve);
    await c.complete('grant', 'welfare-1', { amount: 100 });
    expect(await c.row()).toMatchObject({ stage: 'pay' });
  });

  test('to refuse that nobody objects to ends it', async () => {
    const c = await bureau.start('mutual-aid', 'li', need);
    await c.complete('check', 'welfare-1', ineligible);
    await judged(c, approve, approve);
    await bureau.skip({ days: 16 });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
  });
});

test('after all of this the books agree with the cases', async () => {
  const { differences, balance: kept } = await reconcile(db(), 'mutual-aid');
  expect(differences).toEqual([]);
  expect(kept).toBe(await balance());
});

test('a payment is reversed once, however many ask for it', async () => {
  await paidIn(bureau.bureau, 2_000_000n);
  const c = await granted();
  await c.complete('pay', 'cashier-1', transfer);
  const [{ no }] = await db().$queryRaw<[{ no: bigint }]>`
    select e.no from fund_entry e join "case" c on c.id = e.case_id where c.number = ${c.number}`;
  const at = new Date();
  const undo = () =>
    inTransaction(db(), (tx) =>
      reverse(tx, {
        fund: 'mutual-aid',
        no,
        at,
        on: at.toISOString().slice(0, 10) as never,
        enteredBy: 'cashier-1' as PersonId,
        confirmedBy: null,
      }),
    );
  const all = await Promise.allSettled([undo(), undo(), undo()]);
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
