import type { PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { investigatorRoles, partyRoles } from '../domain/recusal.ts';
import type { ParticipantRole } from '../domain/step.ts';
import { addParticipant, type CaseFile } from './case-file.ts';
import { standAside } from './pass-on.ts';
import { type StepDraft, tell } from './step-draft.ts';

/** Gives someone a part in the case. Whoever becomes a party takes no part in its work any more, nor do their relatives: what they had of it goes back. */
export async function addPart(
  draft: StepDraft,
  { person, role }: { readonly person: PersonId; readonly role: ParticipantRole },
): Promise<void> {
  const { file, context } = draft;
  if (file.participants.some((known) => known.person === person && known.role === role)) return;
  demandFreeFor(draft, person, role);
  addParticipant(file, person, role);
  tell(draft, 'participant-added', { person, role });
  if (!partyRoles.includes(role)) return;
  const kin = await context.tx.$queryRaw<CaseFile['relatives']>`
    select person_id as person, relative_id as relative from kinship where person_id = ${person}`;
  file.relatives.push(...kin);
  for (const each of [person, ...kin.map(({ relative }) => relative)]) await standAside(draft, each);
}

/** Why somebody can't have a part: no party investigates, and no investigator is party to what they look into. @throws Problem `recused`, `needs-second-person` */
function demandFreeFor({ file }: StepDraft, person: PersonId, role: string): void {
  const parts = file.participants.filter((each) => each.person === person).map((each) => each.role);
  const isRelative = file.relatives.some(({ relative }) => relative === person);
  const investigates = investigatorRoles.filter((each) => parts.includes(each));
  if (investigatorRoles.some((each) => each === role)) {
    if (isRelative || parts.some((part) => partyRoles.includes(part) || part === 'recused')) throw new Problem('recused');
    if (role !== 'investigator' && investigates.some((other) => other !== role)) throw new Problem('needs-second-person');
  } else if (partyRoles.some((each) => each === role) && investigates.length > 0) throw new Problem('recused');
}
