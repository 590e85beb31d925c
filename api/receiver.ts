import type { Decision } from '../domain/access-facts.ts';
import type { Actor } from '../domain/actor.ts';
import type { PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { actorOfPerson } from '../store/actor.ts';
import type { Asking, Granted } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { checkReferences } from './form.ts';

/** Someone in service, to whom something is to go. @param path where the request names them. @throws Problem `invalid-form` at `path` */
export async function receiverOf(deps: ApiDeps, asking: Asking, to: PersonId, path = 'to'): Promise<Actor> {
  await checkReferences(deps, [{ kind: 'person', id: to, path }], asking);
  const person = await actorOfPerson(deps.db, to, asking.at);
  if (person === null) throw new Error(`${to} is in service and nobody`);
  return person;
}

/** What the giver may do with this receiver. @throws Problem whose words are about the receiver where the giver alone would have been allowed it */
export function demandWith(receiver: Decision, giver: Decision): Granted {
  if (receiver.granted) return receiver;
  throw new Problem(receiver.problem, giver.granted ? { detail: unfit } : {});
}

export const unfit = {
  zh: '此人不能接办：与本案有利害关系，或已参与前一环节，或不在可办理范围内。请另选他人。',
  en: 'This person cannot take it: they have a conflict of interest, took part in the step before, or are none of those who may do it. Choose someone else.',
};
