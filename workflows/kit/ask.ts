import type { LeaveStanding } from '../../domain/annual-leave.ts';
import type { Coverage } from '../../domain/round-item.ts';
import type { Recorded } from '../../domain/step.ts';
import type { Run } from './run.ts';

/** What the record answers to a change of the step in hand. */
export const askCoverage = (run: Run): Promise<Coverage> => asked(run, ({ coverage }) => coverage, 'how far the round has come');
export const askLeave = (run: Run): Promise<LeaveStanding> => asked(run, ({ leave }) => leave, 'how the leave stands');

const asked = <T>(run: Run, answerIn: (recorded: Recorded) => T | undefined, what: string): Promise<T> =>
  new Promise((resolve, reject) =>
    run.asking.push((recorded) => {
      const answer = answerIn(recorded);
      if (answer === undefined) reject(new Error(`the record did not say ${what}`));
      else resolve(answer);
    }),
  );
