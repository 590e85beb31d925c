import type { TestService } from './services.ts';

/** Asks the run's shared services, and so starts what is asked for. */
export async function testService(name: TestService): Promise<string> {
  // A connection kept for reuse may be closed by the other side just when the next question goes out.
  const answer = await fetch(`${process.env.FIVEFOLD_TEST_SERVICES}/${name}`, { headers: { connection: 'close' } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
