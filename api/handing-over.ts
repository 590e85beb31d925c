import { demand } from '../domain/access.ts';
import type { CaseNumber, PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { readPerson } from '../store/lists/people.ts';
import type { Plan } from './act.ts';
import { type Asking, findCase } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { receiverOf } from './receiver.ts';

export interface HandOver {
  readonly from: PersonId;
  readonly to: PersonId;
  readonly reason: string;
}

/** 交接 of all that someone has in a case. @throws Problem with the reason of the refusal */
export async function handingOver(
  deps: ApiDeps,
  asking: Asking,
  { number, from, to, reason }: HandOver & { number: CaseNumber },
): Promise<Plan> {
  const [{ facts }, person, receiver] = await Promise.all([
    findCase(deps, asking, number),
    readPerson(deps.db, from, asking.at),
    receiverOf(deps, asking, to),
  ]);
  if (person === null || from === to) throw new Problem('not-now');
  const decision = demand(asking.actor, 'case.hand-over', { ...facts, from: person, to: receiver });
  return { number, decision, changes: [{ kind: 'hand-over', from, to, reason }] };
}
