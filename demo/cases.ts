import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bureauClient } from './bureau-client.ts';
import { answerStories } from './stories/answers.ts';
import { beyondMeasureStories } from './stories/beyond-measure.ts';
import { careStories } from './stories/care.ts';
import { directiveStories } from './stories/directives.ts';
import { disciplineStories, exemptionStories } from './stories/discipline.ts';
import { inspectionStories } from './stories/inspection.ts';
import { intakeStories } from './stories/intake.ts';
import { investigationStories } from './stories/investigations.ts';
import { measureStories } from './stories/measure.ts';
import { supervisionStories } from './stories/supervision.ts';
import { isTakenOn, type Story, telling } from './told-case.ts';

export const stories: Readonly<Record<string, Story>> = {
  ...intakeStories,
  ...measureStories,
  ...beyondMeasureStories,
  ...answerStories,
  ...directiveStories,
  ...supervisionStories,
  ...disciplineStories,
  ...exemptionStories,
  ...investigationStories,
  ...inspectionStories,
  ...careStories,
};

/** In the data folder once all have been told. */
export const DEMO_CASES_NOTE = 'demo-cases';
/** At a time; more would only take the two cores from whoever already uses the bureau. */
const LANES = 3;
/** A line of progress for every so many stories. */
const SAY_EVERY = 10;

export interface DemoCases {
  readonly url: string;
  readonly password: string;
  /** Remembers that all have been told, so that the next start leaves them alone. */
  readonly dataFolder: string;
  readonly say: (zh: string, en: string) => void;
  /** Ends the telling; the next start goes on from there. */
  readonly signal: AbortSignal;
}

/**
 * Opens the demonstration's cases as its people would, over the HTTP API: some at every stage, some with every outcome. Never rejects: what does not work is said, and tried
 * again at the next start.
 */
export async function openDemoCases({ url, password, dataFolder, say, signal }: DemoCases): Promise<void> {
  const note = path.join(dataFolder, DEMO_CASES_NOTE);
  if (existsSync(note)) return;
  const bureau = bureauClient(url, { password, signal });
  const names = Object.keys(stories);
  const waiting = Object.entries(stories);
  const failures: string[] = [];
  say(`正在后台登记 ${names.length} 组演示办件…`, `Opening ${names.length} groups of demonstration cases in the background …`);
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      const [name, story] = next;
      await story(telling(bureau, name)).catch((error: unknown) => void (isTakenOn(error) || failures.push(`${name}: ${error}`)));
      const told = names.length - waiting.length;
      if (told % SAY_EVERY === 0 && waiting.length > 0)
        say(`演示办件 ${told}/${names.length}…`, `Demonstration cases ${told} of ${names.length} …`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (signal.aborted) return;
  if (failures.length > 0)
    return say(
      `部分演示办件未登记，下次启动时再试。`,
      `Some demonstration cases failed and are tried again at the next start: ${failures.join('; ')}`,
    );
  writeFileSync(note, `${new Date().toISOString()}\n`);
  say('演示办件已就绪：各环节、各种结果都有。', 'The demonstration cases are ready: some at every stage, some with every outcome.');
}
