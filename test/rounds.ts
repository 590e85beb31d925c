import type { CaseNumber } from '../domain/ids.ts';
import { taskQueue } from '../platform/temporal.ts';
import type { TestBureau, TestCase } from './bureau.ts';
import { until } from './until.ts';

let ticks = 0;
/** What the schedule of a round starts: opens what is due, and follows the lists of what is open. */
export async function tick(bureau: TestBureau, process: string): Promise<void> {
  ticks += 1;
  const handle = await bureau.client.workflow.start('round', { workflowId: `round-${process}-${ticks}`, taskQueue, args: [process] });
  await until(async () => (await handle.describe()).status.name === 'COMPLETED', 'the round was not opened');
}

/** The rounds of a process, the latest first, once each has its list. */
export async function roundsOf(bureau: TestBureau, process: string): Promise<TestCase[]> {
  await tick(bureau, process);
  const rows = await bureau.bureau.db.$queryRaw<
    { number: CaseNumber }[]
  >`select number from "case" where process = ${process} order by id desc`;
  const rounds = rows.map(({ number }) => bureau.caseOf(number));
  for (const round of rounds) await until(async () => (await round.row()).stage !== 'registered', `${round.number} did not begin`);
  return rounds;
}

/** The latest of them. */
export async function latestRound(bureau: TestBureau, process: string): Promise<TestCase> {
  const [latest] = await roundsOf(bureau, process);
  if (latest === undefined) throw new Error(`no round of ${process} was opened`);
  return latest;
}
