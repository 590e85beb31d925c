import type { TestService } from './services.ts';

/** Asks the run's shared services, and so starts what is asked for. */
export async function testService(name: TestService): Promise<string> {
  const answer = await fetch(`${process.env.FIVEFOLD_TEST_SERVICES}/${name}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
