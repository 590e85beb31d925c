import type { PersonId } from '../domain/ids.ts';
import { type Tie, tieTo } from '../domain/independence.ts';
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

export const isTied = async (deps: ApiDeps, person: PersonId, to: Unit): Promise<boolean> => (await tieOf(deps, person, to)) !== null;

const tieOf = async ({ db }: ApiDeps, person: PersonId, to: Unit): Promise<Tie | null> => tieTo(to.unitPath, await tiesOf(db, person, to));

/**
 * For a task that only someone independent of the case's unit may do: asked again whenever one is to do it, since people move and marry.
 * @throws Problem `recused` where one of these persons has a tie to the unit
 */
export async function demandIndependence(deps: ApiDeps, { record, task }: FoundTask, people: readonly (PersonId | null)[]): Promise<void> {
  const { independent } = taskDefinition(processOf(record.process), task.key);
  if (!independent) return;
  for (const person of people) {
    const tie = person === null ? null : await tieOf(deps, person, record);
    if (tie !== null && !(independent === 'of-unit' && tie === 'former-handler')) throw new Problem('recused');
  }
}
