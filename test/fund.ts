import { randomUUID } from 'node:crypto';
import type { PersonId, PlainDate } from '../domain/ids.ts';
import type { Bureau } from '../store/bureau.ts';
import { askContribution, decideRequest } from '../store/fund/requests.ts';

/** Money that came into the fund, by the two people that it takes. Nothing for nothing. */
export async function paidIn(deps: Pick<Bureau, 'db' | 'ring'>, fen: bigint, on = '2026-11-25'): Promise<void> {
  if (fen <= 0n) return;
  const at = new Date();
  const key = randomUUID();
  const id = await askContribution(deps, { fund: 'mutual-aid', fen, by: 'cashier-1' as PersonId, at, key, memo: { from: '工会' } });
  await decideRequest(deps, { id, by: 'fund-1' as PersonId, at, on: on as PlainDate, refusal: null });
}
