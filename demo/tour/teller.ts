import { setTimeout as sleep } from 'node:timers/promises';

/** Tells the tour: Chinese first, English below it. At a terminal in colour and at a reading pace, elsewhere plain and at once. */
export interface Teller {
  chapter(zh: string, en: string): Promise<void>;
  /** Something that somebody does. */
  step(zh: string, en: string): Promise<void>;
  /** What comes of it. */
  outcome(zh: string, en: string): void;
  /** What goes on meanwhile. */
  aside(zh: string, en: string): void;
  /** What came as the rules have it: a refusal, a proof. */
  proof(zh: string, en: string): void;
}

/** Time to read a line, in milliseconds. */
const READING_MS = 1100;

export function tellerTo(out: NodeJS.WriteStream): Teller {
  const isTerminal = out.isTTY === true && process.env.NO_COLOR === undefined;
  const colour = (code: number, text: string): string => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);
  const print = (mark: string, zh: string, en: string): void => {
    out.write(`${mark} ${zh}\n${colour(2, `     ${en}`)}\n`);
  };
  const pause = () => (isTerminal ? sleep(READING_MS) : undefined);
  let steps = 0;
  return {
    chapter: async (zh, en) => {
      out.write(`\n${colour(1, `${zh}  ${en}`)}\n\n`);
      await pause();
    },
    step: async (zh, en) => {
      steps += 1;
      print(String(steps).padStart(2), zh, en);
      await pause();
    },
    aside: (zh, en) => void out.write(`\n${colour(2, `${zh}  ${en}`)}\n`),
    outcome: (zh, en) => print('   →', zh, en),
    proof: (zh, en) => print(`   ${isTerminal ? colour(32, '✓') : '✓'}`, zh, en),
  };
}

/** @throws Error when something is not as the tour tells it */
export function must(isSo: boolean, told: string): asserts isSo {
  if (!isSo) throw new Error(`not as told: ${told}`);
}
