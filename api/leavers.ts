import { careTeamOf } from '../domain/care-team.ts';
import type { Change, NoticeTarget } from '../domain/step.ts';
import type { Bureau } from '../store/bureau.ts';
import { type LeftCase, leftCases } from '../store/lists/holdings.ts';
import { note } from '../store/steps.ts';
import { processOf } from '../workflows/definitions.ts';

const PAGE = 100;

/** Notes in each case that someone who had a part in it has left, once, and tells whoever is to hand it over. Every API node may do it; the record keeps one. */
export async function noteLeavers(bureau: Bureau, at: Date): Promise<void> {
  for (let left = await leftCases(bureau.db, at, PAGE); left.length > 0; left = await leftCases(bureau.db, at, PAGE)) {
    for (const each of left) await noteLeft(bureau, each, at);
  }
}

const noteLeft = (bureau: Bureau, left: LeftCase, at: Date): Promise<void> =>
  note(bureau, {
    case: left.number,
    cause: left.cause,
    at,
    by: null,
    for: null,
    bodyHash: null,
    changes: [{ kind: 'event', type: 'holder-left', data: { person: left.person } }, goesOn(left)],
  });

/** Somebody hands it over; what a care team has goes back to the team by itself, since nobody else may know of it. */
const goesOn = (left: LeftCase): Change =>
  careTeamOf(left.process) === null
    ? { kind: 'notify', to: whoHandsOver(left), notice: 'holder-left' }
    : { kind: 'recuse', person: left.person, reason: hasLeft };

const hasLeft = '已离职 / has left the service';

/** The unit's leader; where a leader may not know of the case, its overseers, or those who decided in it. */
function whoHandsOver({ process, confidentiality, unit }: LeftCase): NoticeTarget {
  if (confidentiality === 'open' || confidentiality === 'internal') return { role: 'unit-leader', unit };
  const [overseer] = processOf(process).overseenBy;
  return confidentiality === 'sealed' || overseer === undefined ? { part: 'decider' } : { role: overseer };
}
