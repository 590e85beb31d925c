import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Duration } from '../../domain/duration.ts';
import { Problem } from '../../domain/problems.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import { attempt, type Deed, deed, neverTaken, refusals, type Scene } from '../../test/random-case/deeds.ts';
import { checkInvariants, checkRecord } from '../../test/random-case/invariants.ts';
import { type Played, playedProcesses, startPlayed } from '../../test/random-case/processes.ts';
import { randomFrom } from '../../test/system/form-from-schema.ts';

/*
 * Whatever people try with a case, legal or not, one after the other or at once, while time passes and the engine loses it now and then: an open case always has something open, the
 * workflow and the record agree, the record verifies, and what was refused has left no trace.
 */
let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 120_000);
afterAll(() => bureau?.close());

interface Deeds {
  readonly deeds: readonly Deed[];
  readonly seed: number;
}
type Move = Deeds | { readonly skip: Duration } | 'lose the workflow';

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ deeds: fc.tuple(deed), seed: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ deeds: fc.array(deed, { minLength: 2, maxLength: 4 }), seed: fc.nat() }) },
  { weight: 2, arbitrary: fc.constantFrom({ hours: 1 }, { hours: 20 }, { days: 2 }, { days: 4 }).map((skip) => ({ skip })) },
  { weight: 1, arbitrary: fc.constant('lose the workflow' as const) },
);

/** Tries the deeds at once. @returns how many of them were taken */
async function tryAll({ deeds, seed }: Deeds, { c, other, played }: Pick<Scene, 'c' | 'other' | 'played'>): Promise<number> {
  const scene: Scene = {
    bureau,
    c,
    other,
    played: withCases(played, other),
    tasks: await c.tasks(),
    now: await bureau.now(),
    random: randomFrom(seed),
  };
  const results = await Promise.allSettled(deeds.map((kind) => attempt(kind, scene)));
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    if (!(result.reason instanceof Problem)) throw result.reason;
    expect(refusals).toContain(result.reason.slug);
  }
  const taken = deeds.filter((_, index) => results[index]?.status === 'fulfilled');
  expect(taken.filter((kind) => neverTaken.includes(kind))).toEqual([]);
  return taken.length;
}

const withCases = (played: Played, other: TestCase): Played => ({ ...played, references: { ...played.references, case: [other.number] } });

/** What people did, not clocks. */
const actsOn = async (c: TestCase) => (await c.recorded()).filter(({ actor }) => actor !== null);

interface How {
  readonly longHistory: number;
  readonly reopens: boolean;
}

/** A closed case is opened again where its process allows that, and a new one begins otherwise. */
async function next(c: TestCase, played: Played, { reopens, ...options }: How): Promise<TestCase> {
  if (!reopens || !played.definition.commands.reopen) return startPlayed(bureau, played, options);
  await bureau.reopen(c.number, options);
  expect(await checkInvariants(bureau, c)).toBe(true);
  return c;
}

async function play(played: Played, moves: readonly Move[], how: How): Promise<number> {
  const { longHistory } = how;
  const other = await startPlayed(bureau, played);
  let c = await startPlayed(bureau, played, { longHistory });
  let tried = 0;
  for (const each of moves) {
    const before = await actsOn(c);
    if (each === 'lose the workflow') await bureau.loseWorkflow(c.number, { longHistory });
    else if ('skip' in each) await bureau.skip(each.skip);
    else {
      const taken = await tryAll(each, { c, other, played });
      tried += each.deeds.length;
      if (taken === 0) expect(await actsOn(c)).toEqual(before);
    }
    if (!(await checkInvariants(bureau, c))) c = await next(c, played, how);
  }
  await checkRecord(bureau, c);
  for (const left of [c, other])
    if ((await left.row()).state === 'open') await left.submit(played.by, { action: 'withdraw', reason: '试毕' });
  return tried;
}

test.each(Object.entries(playedProcesses))(
  'nothing that is tried with a case of process %s brings it to a standstill or apart from its record',
  async (_, played) => {
    let tried = 0;
    const options = fc.record({ reopens: fc.boolean(), longHistory: fc.constantFrom(40, 4000) });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 26, maxLength: 34 }), options, async (moves, how) => {
        tried += await play(played, moves, how);
      }),
      { numRuns: Number(process.env.RUNS ?? 2), endOnFailure: true },
    );
    expect(tried).toBeGreaterThan(40);
  },
  600_000,
);
