import { setTimeout as sleep } from 'node:timers/promises';
import type { NoticeTarget } from '../domain/step.ts';
import { type LeftCase, leftCases } from '../store/lists/holdings.ts';
import { note } from '../store/steps.ts';
import { processOf } from '../workflows/definitions.ts';
import type { ApiDeps } from './deps.ts';

const LOOK_EVERY_MS = 30_000;
const PAGE = 100;

/** Notes in each case that someone who had a part in it has left, once, and tells whoever is to hand it over. Every API node may do it; the record keeps one. */
export async function noteLeavers(deps: ApiDeps, at: Date): Promise<void> {
  for (let left = await leftCases(deps.db, at, PAGE); left.length > 0; left = await leftCases(deps.db, at, PAGE)) {
    for (const each of left) await noteLeft(deps, each, at);
  }
}

const noteLeft = (deps: ApiDeps, left: LeftCase, at: Date): Promise<void> =>
  note(deps, {
    case: left.number,
    cause: left.cause,
    at,
    by: null,
    for: null,
    bodyHash: null,
    changes: [
      { kind: 'event', type: 'holder-left', data: { person: left.person } },
      { kind: 'notify', to: whoHandsOver(left), notice: 'holder-left' },
    ],
  });

/** The unit's leader; where a leader may not know of the case, its overseers, or those who decided in it. */
function whoHandsOver({ process, confidentiality, unit }: LeftCase): NoticeTarget {
  if (confidentiality === 'open' || confidentiality === 'internal') return { role: 'unit-leader', unit };
  const [overseer] = processOf(process).overseenBy;
  return confidentiality === 'sealed' || overseer === undefined ? { part: 'decider' } : { role: overseer };
}

/** Looks for leavers as long as the server runs. */
export function watchLeavers(deps: ApiDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      // With the database away there is nothing to note; readiness says so, and the next look comes by itself.
      await noteLeavers(deps, new Date()).catch(() => undefined);
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
