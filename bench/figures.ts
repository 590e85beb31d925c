import type { PersonId } from '../domain/ids.ts';
import { load } from './load.ts';
import { type SyntheticApi, syntheticApi } from './synthetic/api.ts';

/*
 * `npm run bench:figures [-- cases …]`: every figure for those who read figures, over HTTP, at 10,000, 100,000 and 1,000,000 cases unless stated. Goals (issue 10): each ≤ 200 ms, and at most twice what it
 * takes at the smallest.
 */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000];
const figures = ['overview', 'timeliness', 'appeals', 'supervision', 'bars', 'workload', 'ageing', 'trend'];
const CALLS = 15;

const taken = new Map<string, number[]>();
for (const cases of sizes) {
  // Figures read no events.
  const api = await syntheticApi({ cases, events: 0 });
  try {
    for (const [who, as] of readersOf(api)) for (const figure of figures) await measure(api, { who, as, figure });
  } finally {
    await api.stop();
  }
}
process.stdout.write(`p50 in ms at ${sizes.join(', ')} cases, and how many times the first the last is\n`);
for (const [what, times] of taken) {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  process.stdout.write(
    `${what.padEnd(40)} ${times.map((ms) => ms.toFixed(1).padStart(8)).join('')} ${(last / first).toFixed(1).padStart(6)} ×\n`,
  );
}

function readersOf({ staff }: SyntheticApi): [string, PersonId][] {
  const [city] = staff.units;
  if (!city) throw new Error('there is no bureau');
  const holder = (role: Parameters<typeof staff.holders>[0], unit = city.id): PersonId => {
    const [person] = staff.holders(role, unit).people;
    if (!person) throw new Error(`nobody is ${role}`);
    return person;
  };
  const station = staff.units.at(-1);
  return [
    ['bureau leader', holder('bureau-leader')],
    ['supervision desk', holder('supervision-desk')],
    ['unit leader', holder('unit-leader', station?.id)],
  ];
}

async function measure(api: SyntheticApi, { who, as, figure }: { who: string; as: PersonId; figure: string }): Promise<void> {
  // The bureau leader counts what lies in the bureau's unit, and so everything that is not confidential.
  const call = () => api.get(`/figures/${figure}`, as);
  for (let nth = 0; nth < 3; nth += 1) await call();
  const { p50 } = await load(1, CALLS, call);
  const what = `${figure}, ${who}`;
  taken.set(what, [...(taken.get(what) ?? []), p50]);
}
