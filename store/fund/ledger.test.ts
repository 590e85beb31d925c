import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PersonId, PlainDate } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { openDatabase } from '../../platform/database.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { paidIn } from '../../test/fund.ts';
import { testRing } from '../../test/key-ring.ts';
import { insertPeople } from '../../test/people.ts';
import '../../test/seed.ts';
import type { Bureau } from '../bureau.ts';
import { inTransaction } from '../in-transaction.ts';
import { openBureau } from '../open-bureau.ts';
import { balanceOf, book, reverse } from './book.ts';
import { closeMonth, reconcile } from './reconcile.ts';
import { askContribution, askReversal, decideRequest } from './requests.ts';

let database: TestDatabase;
let deps: Bureau;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  deps = await openBureau(database.db, testRing, { demo: true });
}, 60_000);
afterAll(() => database?.drop());

const on = '2026-11-25' as PlainDate;
const cashier = 'cashier-1' as PersonId;
const member = 'fund-1' as PersonId;
let cases = 0;

/** A case to pay for; only its row counts here. */
async function newCase(fund: string) {
  cases += 1;
  const number = `HZ-2026-${String(cases).padStart(6, '0')}` as never;
  const [{ id }] = await database.db.$queryRaw<[{ id: string }]>`
    insert into "case" (number, process, state, stage, title, data, confidentiality, unit_id, opened_by, opened_at, policy_version, head_seq, head_hash, begun)
    select ${number}, 'mutual-aid', 'open', 'pay', '', '', 'confidential', 'station-1', 'li', now(), ${deps.policies.current.version}, 1, '', true returning id::text`;
  return { id, number, fund };
}

async function newFund(): Promise<string> {
  const id = `f-${randomUUID().slice(0, 8)}`;
  await database.db.$executeRaw`insert into fund (id, name) values (${id}, '试')`;
  await database.db
    .$executeRaw`insert into fund_account (fund_id, account) values (${id}, 'bank'), (${id}, 'contributions'), (${id}, 'aid')`;
  return id;
}

type Case = Awaited<ReturnType<typeof newCase>>;
const pay = (of: Case, fen: bigint, nth = 1) =>
  inTransaction(database.db, (tx) =>
    book(tx, { fund: of.fund, kind: 'payment', fen, at: new Date(), on, case: of, nth, enteredBy: cashier, confirmedBy: null }),
  );
const contribute = (fund: string, fen: bigint) =>
  inTransaction(database.db, (tx) =>
    book(tx, { fund, kind: 'contribution', fen, at: new Date(), on, enteredBy: cashier, confirmedBy: member }),
  );
const undo = (fund: string, no: bigint) =>
  inTransaction(database.db, (tx) => reverse(tx, { fund, no, at: new Date(), on, enteredBy: cashier, confirmedBy: member }));
const entriesOf = (fund: string) =>
  database.db.$queryRaw<{ no: number; kind: string; fen: bigint; reverses: number | null }[]>`
    select no::int, kind, fen, reverses::int from fund_entry where fund_id = ${fund} order by no`;

test('whatever is paid, undone and contributed at the same time, each payment is made once, the books balance, and the fund is never below zero', async () => {
  const act = fc.oneof(
    fc.record({ do: fc.constant('pay' as const), which: fc.nat(3), fen: fc.bigInt(1n, 500n) }),
    fc.record({ do: fc.constant('contribute' as const), fen: fc.bigInt(1n, 300n) }),
    fc.record({ do: fc.constant('undo' as const), no: fc.bigInt(1n, 12n) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.bigInt(0n, 800n), fc.array(act, { minLength: 4, maxLength: 14 }), async (start, acts) => {
      const fund = await newFund();
      if (start > 0n) await contribute(fund, start);
      const payable = await Promise.all([0, 1, 2, 3].map(() => newCase(fund)));
      const lowest = watching(fund);
      const results = await Promise.allSettled(
        acts.map((each) => {
          if (each.do === 'contribute') return contribute(fund, each.fen);
          if (each.do === 'undo') return undo(fund, each.no);
          return pay(payable[each.which] as Case, each.fen);
        }),
      );
      expect(await lowest()).toBeGreaterThanOrEqual(0n);
      for (const result of results) if (result.status === 'rejected') expect(isClear(result.reason)).toBe(true);

      const entries = await entriesOf(fund);
      expect(entries.map(({ no }) => no)).toEqual(entries.map((_, index) => index + 1));
      const paidCases = await database.db.$queryRaw<unknown[]>`
        select case_id from fund_entry where fund_id = ${fund} and kind = 'payment' group by case_id having count(*) > 1`;
      expect(paidCases).toEqual([]);
      const undone = entries.flatMap(({ reverses }) => reverses ?? []);
      expect(new Set(undone).size).toBe(undone.length);
      const { balance, differences } = await reconcile(database.db, fund);
      expect(balance).toBe(reckoned(entries));
      expect(differences.filter(({ kind }) => kind !== 'case')).toEqual([]);
    }),
    { numRuns: 12 },
  );
}, 120_000);

/** The balance as an onlooker sees it meanwhile. @returns the lowest */
function watching(fund: string): () => Promise<bigint> {
  const onlooker = openDatabase(database.url);
  let lowest = 0n;
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      const balance = await balanceOf(onlooker, fund);
      if (balance < lowest) lowest = balance;
    }
    await onlooker.$disconnect();
  })();
  return async () => {
    isOver = true;
    await looking;
    return lowest;
  };
}

/** A refusal that says why: the fund is short, it was undone before, there is none; the second payment of a case is refused by the database. */
const isClear = (error: unknown): boolean =>
  (error instanceof Problem && ['fund-short', 'already-decided', 'not-found'].includes(error.slug)) ||
  /fund_payment|23505/.test(String((error as Error).message));

/** By the entries alone, not by the code under test. */
function reckoned(entries: Awaited<ReturnType<typeof entriesOf>>): bigint {
  const signed = new Map<number, bigint>();
  for (const { no, kind, fen, reverses } of entries)
    signed.set(no, kind === 'contribution' ? fen : kind === 'payment' ? -fen : -(signed.get(reverses ?? 0) ?? 0n));
  return [...signed.values()].reduce((sum, each) => sum + each, 0n);
}

describe('the database itself', () => {
  test('refuses to change or remove an entry, a posting or a closed month', async () => {
    const fund = await newFund();
    await contribute(fund, 100n);
    for (const statement of [
      `update fund_entry set fen = 1 where fund_id = '${fund}'`,
      `delete from fund_entry where fund_id = '${fund}'`,
      `update fund_posting set fen = 1 where fund_id = '${fund}'`,
      `delete from fund_posting where fund_id = '${fund}'`,
      'truncate fund_month',
    ])
      await expect(database.db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
  });

  test('refuses an entry that does not balance, and a balance below zero', async () => {
    const fund = await newFund();
    await contribute(fund, 100n);
    await expect(
      database.db.$executeRaw`insert into fund_posting (fund_id, no, account, fen) values (${fund}, 1, 'aid', 5)`,
    ).rejects.toThrow(/does not balance/);
    await expect(
      database.db.$executeRaw`update fund_account set balance = -1 where fund_id = ${fund} and account = 'bank'`,
    ).rejects.toThrow(/fund_never_below_zero/);
  });
});

describe('two people', () => {
  test('confirm money that came in; whoever entered it is refused, and confirming it again changes nothing', async () => {
    const before = await balanceOf(database.db, 'mutual-aid');
    const asked = { fund: 'mutual-aid', fen: 500n, by: cashier, at: new Date(), key: randomUUID(), memo: { from: '工会' } };
    const id = await askContribution(deps, asked);
    expect(await askContribution(deps, asked)).toBe(id);
    await expect(askContribution(deps, { ...asked, fen: 501n })).rejects.toMatchObject({ slug: 'idempotency-conflict' });
    const decision = { id, at: new Date(), on, refusal: null };
    await expect(decideRequest(deps, { ...decision, by: cashier })).rejects.toMatchObject({ slug: 'needs-second-person' });
    expect(await balanceOf(database.db, 'mutual-aid')).toBe(before);
    await Promise.all([decideRequest(deps, { ...decision, by: member }), decideRequest(deps, { ...decision, by: member })]);
    expect(await balanceOf(database.db, 'mutual-aid')).toBe(before + 500n);
    await expect(decideRequest(deps, { ...decision, by: 'fund-2' as PersonId })).rejects.toMatchObject({ slug: 'already-decided' });
  });

  test('reverse an entry, and never what was spent already', async () => {
    const fund = await newFund();
    const no = await contribute(fund, 100n);
    await pay(await newCase(fund), 60n);
    const id = await askReversal(deps, { fund, no, by: cashier, at: new Date(), key: randomUUID(), memo: {} });
    const decision = { id, by: member, at: new Date(), on };
    await expect(decideRequest(deps, { ...decision, refusal: null })).rejects.toMatchObject({ slug: 'fund-short' });
    await decideRequest(deps, { ...decision, refusal: '已支出。' });
    expect(await balanceOf(database.db, fund)).toBe(40n);
  });
});

describe('the end of a month', () => {
  const closing = (fund: string, further: object = {}) =>
    closeMonth(database.db, {
      fund,
      month: '2026-11',
      statement: 100n,
      by: member,
      at: new Date(),
      on: '2026-12-01' as PlainDate,
      ...further,
    });

  test('is closed once it is over and the statement agrees; nothing is booked into it then, and a reversal stands in the month in hand', async () => {
    const fund = await newFund();
    const no = await contribute(fund, 100n);
    await expect(closing(fund, { on })).rejects.toMatchObject({ slug: 'not-now' });
    await expect(closing(fund, { statement: 99n })).rejects.toMatchObject({ slug: 'books-differ' });
    await closing(fund);
    await closing(fund);
    await expect(closing(fund, { month: '2026-10', statement: 0n })).rejects.toMatchObject({ slug: 'month-closed' });
    await expect(contribute(fund, 1n)).rejects.toMatchObject({ slug: 'month-closed' });
    await inTransaction(database.db, (tx) =>
      reverse(tx, { fund, no, at: new Date(), on: '2026-12-01' as PlainDate, enteredBy: cashier, confirmedBy: member }),
    );
    const { months, differences } = await reconcile(database.db, fund);
    expect(months.map(({ month, opening, closing: end, closed }) => [month, opening, end, closed])).toEqual([
      ['2026-11', 0n, 100n, true],
      ['2026-12', 100n, 0n, false],
    ]);
    expect(differences).toEqual([]);
  });
});

describe('the reconciliation', () => {
  const asOwner = (fund: string, ...statements: string[]) =>
    inTransaction(database.db, async (tx) => {
      await tx.$executeRawUnsafe('set local session_replication_role = replica');
      for (const statement of statements) await tx.$executeRawUnsafe(statement.replaceAll('$fund', fund));
    });

  test.each([
    [
      'a kept balance that was changed',
      'balance',
      ["update fund_account set balance = balance + 5 where fund_id = '$fund' and account = 'bank'"],
    ],
    ['an amount that was changed', 'chain', ["update fund_entry set fen = fen + 1 where fund_id = '$fund' and no = 1"]],
    [
      'a posting that was changed',
      'unbalanced',
      ["update fund_posting set fen = fen + 1 where fund_id = '$fund' and no = 1 and account = 'bank'"],
    ],
    [
      'an entry that is missing',
      'chain',
      ["delete from fund_posting where fund_id = '$fund' and no = 2", "delete from fund_entry where fund_id = '$fund' and no = 2"],
    ],
  ])('finds %s', async (_, kind, statements) => {
    const fund = await newFund();
    for (const fen of [100n, 200n, 300n]) await contribute(fund, fen);
    expect((await reconcile(database.db, fund)).differences).toEqual([]);
    await asOwner(fund, ...statements);
    expect((await reconcile(database.db, fund)).differences).toContainEqual(expect.objectContaining({ kind }));
  });

  test('finds a payment that its case knows nothing of, and a case that closed as paid without one', async () => {
    await paidIn(deps, 1000n);
    const paid = await newCase('mutual-aid');
    await pay(paid, 10n);
    const unpaid = await newCase('mutual-aid');
    await database.db.$executeRaw`update "case" set state = 'closed', outcome = 'paid', closed_at = now() where id = ${unpaid.id}::bigint`;
    const { differences } = await reconcile(database.db, 'mutual-aid');
    expect(differences).toContainEqual(expect.objectContaining({ kind: 'case', case: paid.number }));
    expect(differences).toContainEqual(expect.objectContaining({ kind: 'unpaid', case: unpaid.number }));
  });
});
