import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readConfig } from './platform/config.ts';
import { onRunningServices, runningServices } from './platform/running-bureau.ts';
import { SetupError } from './platform/setup-error.ts';
import type { Bureau } from './store/bureau.ts';
import { exportedRecord } from './store/export-record.ts';
import { openBureau } from './store/open-bureau.ts';
import { takeCheckpoint } from './store/record-checkpoint.ts';
import { applyRetention, pastRetention } from './store/retention.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What an operator does with the record as a whole. */
export const recordCommands: Readonly<Record<string, () => Promise<void>>> = {
  'export-record': () =>
    onRunningServices(({ db }) =>
      pipeline(Readable.from(exportedRecord({ db }, new Date())), withLineEnds, process.stdout, { end: false }),
    ),
  checkpoint: () =>
    onRunningServices(async ({ db, ring }) => {
      const { taken, faults } = await takeCheckpoint({ db, ring }, new Date());
      if (taken) return print(`${taken.number}:${taken.hash}`);
      for (const { kind, number } of faults) print(`${kind} ${number ?? ''}`.trimEnd());
      throw new SetupError(
        '记录与上一检查点不符，未签署，见上。',
        'The record does not continue the last checkpoint, see above: nothing was signed.',
      );
    }),
  retention: () => onBureau(async (bureau) => print((await applyRetention(bureau, new Date())).join('\n'))),
  'retention --dry-run': () =>
    onBureau(async (bureau) => {
      for await (const { number, closedAt, retainedUntil, keptBy } of pastRetention(bureau))
        print([number, closedAt.toISOString(), retainedUntil.toISOString(), keptBy ?? 'due'].join(' '));
    }),
};

/** With the policy that the environment names. */
const onBureau = (work: (bureau: Bureau) => Promise<void>): Promise<void> =>
  onRunningServices(async ({ db, ring }) => {
    const { policyFile, demo } = runningServices(readConfig());
    return work(await openBureau(db, ring, { overlay: policyFile, demo }));
  });

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
