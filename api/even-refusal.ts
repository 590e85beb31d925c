import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../domain/problems.ts';

const BEAT_MS = 100;

/**
 * Passes a refusal on; a 404 only on the beat, counted from the request's start. To find that a case is not the caller's to know of takes longer than to find none:
 * whoever measured it would learn that there is one (domain.md §4.6).
 * @param from `performance.now()` at the request's start
 */
export async function refuseEvenly(refusal: unknown, from: number): Promise<never> {
  if (refusal instanceof Problem && refusal.slug === 'not-found') await sleep(BEAT_MS - ((performance.now() - from) % BEAT_MS));
  throw refusal;
}
