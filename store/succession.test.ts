import fc from 'fast-check';
import { Instant, PersonId } from '../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { testRing } from '../test/key-ring.ts';
import { insertPeople } from '../test/people.ts';
import { processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { accept } from './accept.ts';
import { openBureau } from './open-bureau.ts';
import { nameSuccessor, successorOf } from './succession.ts';

let database: TestDatabase;
let caseId: string;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  const bureau = await openBureau(database.db, testRing, { demo: true });
  const acceptance = acceptanceOf(processOf('rectification'), {
    data: { order: '整改' },
    subject: null,
    unit: 'station-1',
    by: 'supervisor-1',
  });
  await accept(bureau, [{ acceptance, key: '1', bodyHash: '', at, engineUp: true }]);
  const [row] = await database.db.$queryRaw<{ id: string }[]>`select id::text from "case"`;
  caseId = row?.id ?? '';
});
afterEach(() => database.db.$executeRaw`delete from succession`);
afterAll(() => database.drop());

const at = Instant.parse('2026-03-02T09:00:00Z');
const people = ['li', 'zhao', 'wang', 'chief'].map((id) => PersonId.parse(id));
const handOver = fc.tuple(fc.constantFrom(...people), fc.constantFrom(...people)).filter(([from, to]) => from !== to);

test('whatever is handed over to whomever, what was meant for anyone ends with one person, and just now with the last successor', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(handOver, { minLength: 1, maxLength: 8 }), async (handOvers) => {
      await database.db.$executeRaw`delete from succession`;
      for (const [from, to] of handOvers) {
        await database.db.$transaction((tx) => nameSuccessor(tx, caseId, { from, to, at }));
        const [ofFrom, ofTo] = await database.db.$transaction(async (tx) => [
          await successorOf(tx, caseId, from, at),
          await successorOf(tx, caseId, to, at),
        ]);
        expect([ofFrom?.id, ofTo?.id]).toEqual([to, to]);
      }
      const ends = await database.db.$transaction((tx) => Promise.all(people.map((person) => successorOf(tx, caseId, person, at))));
      for (const { id } of ends) expect((await database.db.$transaction((tx) => successorOf(tx, caseId, id, at))).id).toBe(id);
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('someone who has left without a successor is told from one whose successor is there', async () => {
  await database.db.$executeRaw`update person set left_at = '2026-03-01T00:00:00Z' where id = 'zhao'`;
  const [zhao, wang] = [PersonId.parse('zhao'), PersonId.parse('wang')];
  const ask = () => database.db.$transaction((tx) => successorOf(tx, caseId, zhao, at));
  expect(await ask()).toEqual({ id: 'zhao', unit: 'station-1', hasLeft: true });
  await database.db.$transaction((tx) => nameSuccessor(tx, caseId, { from: zhao, to: wang, at }));
  expect(await ask()).toEqual({ id: 'wang', unit: 'station-2', hasLeft: false });
});
