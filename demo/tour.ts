import { readConfig } from '../platform/config.ts';
import { runEntry } from '../platform/entry.ts';
import { SetupError } from '../platform/setup-error.ts';
import { showAppeal } from './tour/appeal.ts';
import { withFastBureau } from './tour/fast-bureau.ts';
import { showMissedLimit } from './tour/missed-limit.ts';
import { dayLengthOf, runningBureau } from './tour/running-bureau.ts';
import { tellerTo } from './tour/teller.ts';

/** A day that is no longer than this, in milliseconds, passes while one looks on. */
const SHORT_DAY_MS = 10_000;

/** `npm run tour`: shows a running bureau in about a minute. Ends with 0 only when everything was as told. */
await runEntry(async (askedToEnd) => {
  const ending = new AbortController();
  void askedToEnd.then(() => ending.abort());
  try {
    await tour(ending.signal);
  } catch (error) {
    throw ending.signal.aborted ? new SetupError('参观中途结束。', 'The tour ended before its end.', error) : error;
  }
});

async function tour(signal: AbortSignal): Promise<void> {
  const teller = tellerTo(process.stdout);
  const bureau = await runningBureau(readConfig(), signal);
  await showAppeal(bureau, teller);
  const dayMs = await dayLengthOf(bureau);
  if (dayMs <= SHORT_DAY_MS) {
    await showMissedLimit({ bureau, dayMs }, teller);
  } else {
    teller.aside('正在另起一套加速时钟的演示环境（约十秒）…', 'Starting a private bureau with a faster clock (about ten seconds) …');
    await withFastBureau((fast) => showMissedLimit(fast, teller), signal);
  }
  await teller.chapter('参观完毕，一切如上所述。', 'That was the tour; everything was as told.');
}
