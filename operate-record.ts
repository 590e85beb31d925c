import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { onRunningServices } from './platform/running-bureau.ts';
import { SetupError } from './platform/setup-error.ts';
import { exportedRecord } from './store/export-record.ts';
import { takeCheckpoint } from './store/record-checkpoint.ts';

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
};

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
