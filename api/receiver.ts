import type { Actor } from '../domain/actor.ts';
import type { PersonId } from '../domain/ids.ts';
import { actorOfPerson } from '../store/actor.ts';
import type { Asking } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { checkReferences } from './form.ts';

/** Someone in service, to whom something is to go. @param path where the request names them. @throws Problem `invalid-form` at `path` */
export async function receiverOf(deps: ApiDeps, asking: Asking, to: PersonId, path = 'to'): Promise<Actor> {
  await checkReferences(deps, [{ kind: 'person', id: to, path }], asking);
  const person = await actorOfPerson(deps.db, to, asking.at);
  if (person === null) throw new Error(`${to} is in service and nobody`);
  return person;
}
