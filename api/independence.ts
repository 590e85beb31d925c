import type { PersonId } from '../domain/ids.ts';
import { tieTo } from '../domain/independence.ts';
import { Problem } from '../domain/problems.ts';
import { tiesOf } from '../store/ties.ts';
import { processOf } from '../workflows/definitions.ts';
import { taskDefinition } from '../workflows/kit/tasks.ts';
import type { FoundTask } from './case-for.ts';
import type { ApiDeps } from './deps.ts';

/** The unit that somebody must have no tie to, and the process of the case in which they must not. */
export interface Unit {
  readonly unitPath: string;
  readonly process: string;
}

export const isTied = async ({ db }: ApiDeps, person: PersonId, to: Unit): Promise<boolean> =>
  tieTo(to.unitPath, await tiesOf(db, person, to)) !== null;

/**
 * For a task that only someone independent of the case's unit may do: asked again whenever one is to do it, since people move and marry.
 * @throws Problem `recused` where one of these persons has a tie to the unit
 */
export async function demandIndependence(deps: ApiDeps, { record, task }: FoundTask, people: readonly (PersonId | null)[]): Promise<void> {
  if (!taskDefinition(processOf(record.process), task.key).independent) return;
  for (const person of people) if (person !== null && (await isTied(deps, person, record))) throw new Problem('recused');
}
