import { randomUUID } from 'node:crypto';
import { BulkId } from '../domain/bulk.ts';
import { PersonId } from '../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { testRing } from '../test/key-ring.ts';
import { insertPeople } from '../test/people.ts';
import { cancelBulk, cancelStale, endFinished, endItem, saveBulk, startBulk, takeItem } from './bulk.ts';
import type { Bureau } from './bureau.ts';
import { readBulk } from './lists/bulks.ts';
import { openBureau } from './open-bureau.ts';

let database: TestDatabase;
let bureau: Bureau;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  bureau = await openBureau(database.db, testRing, { demo: true });
});
afterEach(() => database.db.$executeRaw`delete from bulk_item`);
afterAll(() => database.drop());

const at = new Date('2026-03-02T09:00:00Z');
const preview = async (targets: readonly string[]): Promise<BulkId> => {
  const id = BulkId.parse(randomUUID());
  const items = targets.map((target) => ({ target, effect: {}, input: { text: '交办' }, problem: null }));
  const made = { kind: 'issue', by: PersonId.parse('supervisor-1'), key: id, bodyHash: '', params: { order: '排查' }, at, items };
  await saveBulk(bureau, { id, ...made });
  return id;
};
const running = async (targets: readonly string[]): Promise<BulkId> => {
  const id = await preview(targets);
  await startBulk(bureau.db, id, at);
  return id;
};
const sealedLeft = async (id: BulkId) =>
  (
    await bureau.db.$queryRaw<unknown[]>`
      select 1 from bulk where id = ${id} and params is not null union all select 1 from bulk_item where bulk_id = ${id} and input is not null`
  ).length;

test('of takers at the same moment no two get the same item', async () => {
  await running(Array.from({ length: 12 }, (_, index) => `unit-${index}`));
  const taken = await Promise.all(Array.from({ length: 16 }, () => takeItem(bureau, 60_000)));
  const numbers = taken.flatMap((item) => item?.n ?? []);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});

test('an item comes back when the lease of whoever took it has run out, and counts its attempts', async () => {
  await running(['station-1']);
  expect(await takeItem(bureau, 1)).toMatchObject({ n: 1, attempts: 1, params: { order: '排查' }, input: { text: '交办' } });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await takeItem(bureau, 60_000)).toMatchObject({ n: 1, attempts: 2 });
  expect(await takeItem(bureau, 60_000)).toBeNull();
});

test('nothing of a preview is taken before it is run, and an item ends once', async () => {
  const id = await preview(['station-1']);
  expect(await takeItem(bureau, 60_000)).toBeNull();
  expect([await startBulk(bureau.db, id, at), await startBulk(bureau.db, id, at)]).toEqual([true, false]);
  const item = await takeItem(bureau, 60_000);
  if (item === null) throw new Error('there was nothing to take');
  expect(await endItem(bureau.db, item, { state: 'done', opened: 'DB-2026-000001' })).toBe(1);
  expect(await endItem(bureau.db, item, { state: 'refused', problem: 'forbidden' })).toBe(0);
  await endFinished(bureau.db);
  expect(await readBulk(bureau.db, id)).toMatchObject({ state: 'done', counts: { done: 1, refused: 0 } });
});

test('what was written for a bulk is forgotten when it has ended or was cancelled', async () => {
  const [ended, cancelled] = [await running(['station-1']), await preview(['station-1', 'station-2'])];
  const item = await takeItem(bureau, 60_000);
  if (item === null) throw new Error('there was nothing to take');
  await endItem(bureau.db, item, { state: 'done' });
  await endFinished(bureau.db);
  expect(await sealedLeft(cancelled)).toBe(3);
  await cancelBulk(bureau.db, cancelled, at);
  expect([await sealedLeft(ended), await sealedLeft(cancelled)]).toEqual([0, 0]);
});

test('a preview that nobody runs within a week is cancelled', async () => {
  const id = await preview(['station-1']);
  await cancelStale(bureau.db, new Date('2026-03-09T09:00:00Z'));
  expect(await readBulk(bureau.db, id)).toMatchObject({ state: 'previewed' });
  await cancelStale(bureau.db, new Date('2026-03-09T09:00:01Z'));
  expect(await readBulk(bureau.db, id)).toMatchObject({ state: 'cancelled', counts: { cancelled: 1, pending: 0 } });
  expect(await sealedLeft(id)).toBe(0);
});
