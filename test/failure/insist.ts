import { randomUUID } from 'node:crypto';
import type { Answer, Asking, TestClient } from '../api.ts';

const AGAIN_AFTER_MS = 250;
const PATIENCE_MS = 40_000;

/** Sends the same request under the same key until its outcome is known, as api.md asks of a client. */
export async function insist(client: TestClient, request: string, { headers, ...asking }: Asking): Promise<Answer> {
  const once = { ...asking, headers: { 'Idempotency-Key': randomUUID(), ...headers } };
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await client.ask(request, once);
    if (answer.status !== 503) return answer;
    if (Date.now() > until) throw new Error(`the outcome of ${request} stayed unknown: ${answer.body.type}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
}

/** Waits for a state, never for a time; gives up after forty seconds. */
export async function untilTrue(reached: () => Promise<boolean>, otherwise: string): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!(await reached())) {
    if (Date.now() > giveUpAt) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
