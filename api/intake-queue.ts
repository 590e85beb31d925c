import { type Accepted, accept, type Intake } from '../store/accept.ts';
import type { Bureau } from '../store/bureau.ts';
import { matterOf } from '../store/join-case.ts';

const MOST_TOGETHER = 50;

/** Accepts intakes: those that come while one transaction is being written share the next one, so that nobody waits for another's commit to get a number. */
export type IntakeQueue = (intake: Intake) => Promise<Accepted>;

interface Waiting {
  readonly intake: Intake;
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
}

export function intakeQueue(bureau: Bureau): IntakeQueue {
  const waiting: Waiting[] = [];
  let isWriting = false;

  const write = async (): Promise<void> => {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) await writeTogether(bureau, takeBatch(waiting));
    isWriting = false;
  };
  return (intake) =>
    new Promise((resolve, reject) => {
      waiting.push({ intake, resolve, reject });
      void write();
    });
}

/** As many as may go together, in order; the same person's same key, or the same emergency, waits for the next transaction, where it finds the case of the first. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  const taken = new Set<string>();
  const batch: Waiting[] = [];
  for (const each of [...waiting].slice(0, MOST_TOGETHER)) {
    const { acceptance, key } = each.intake;
    const once = [`${acceptance.by}:${key}`, matterOf(acceptance)].filter((id) => id !== null);
    if (once.some((id) => taken.has(id))) continue;
    for (const id of once) taken.add(id);
    batch.push(each);
    waiting.splice(waiting.indexOf(each), 1);
  }
  return batch;
}

async function writeTogether(bureau: Bureau, batch: readonly Waiting[]): Promise<void> {
  try {
    const accepted = await accept(
      bureau,
      batch.map(({ intake }) => intake),
    );
    for (const [index, { resolve, reject }] of batch.entries()) {
      const one = accepted[index];
      if (one) resolve(one);
      else reject(new Error('an intake was neither accepted nor refused'));
    }
  } catch (error) {
    // One that can't be accepted must not take the others with it.
    if (batch.length > 1) for (const each of batch) await writeTogether(bureau, [each]);
    else for (const { reject } of batch) reject(error);
  }
}
