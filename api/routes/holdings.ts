import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { CaseNumber, Instant, PersonId, TaskId, Text, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { type Holding, holdingsOf, leaversWithHoldings } from '../../store/lists/holdings.ts';
import { readPerson } from '../../store/lists/people.ts';
import { processOf } from '../../workflows/definitions.ts';
import { taskDefinition } from '../../workflows/kit/tasks.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { stageTitle } from '../views/case-titles.ts';
import { isoOf } from '../views/instant.ts';

const Held = z.object({
  case: CaseNumber,
  process: z.string(),
  processTitle: Text,
  stageTitle: Text,
  dueAt: Instant.nullable(),
  handler: z.boolean(),
  tasks: z.array(z.object({ id: TaskId, title: Text, dueAt: Instant.nullable() })),
});

/** As far as the caller may know of the cases. */
const Holdings = z.object({
  person: PersonId,
  leftAt: Instant.nullable(),
  cases: z.array(Held),
  roles: z.array(z.object({ role: z.string(), unit: UnitId, acting: z.boolean() })),
});

const LeaverView = z.object({
  id: PersonId,
  username: z.string(),
  name: z.string(),
  unit: UnitId,
  unitName: z.string(),
  leftAt: Instant,
  cases: z.int(),
});

export const holdingRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/people/leavers',
    {
      title: { zh: '离职人员名下未交接的办件', en: 'What leavers still hold' },
      permission: 'person.leavers',
      view: z.object({ items: z.array(LeaverView) }),
    },
    async ({ actor, at }) => {
      const leavers = await leaversWithHoldings(deps.db, { actor, viewing: viewingAt(at) });
      return { items: leavers.map((leaver) => ({ ...leaver, leftAt: leaver.leftAt.toISOString() })) };
    },
  ),
  route.get(
    '/people/:id/holdings',
    {
      title: { zh: '一名人员名下的任务与办件', en: 'What someone holds' },
      permission: 'person.holdings',
      params: z.object({ id: PersonId }),
      view: Holdings,
      problems: ['forbidden'],
    },
    async ({ actor, params: { id }, at }) => {
      const person = await readPerson(deps.db, id, at);
      if (person === null) throw new Problem('not-found');
      demand(actor, 'person.holdings', person);
      const holdings = await holdingsOf(deps.db, id, { actor, viewing: viewingAt(at) });
      return {
        person: id,
        leftAt: person.leftAt?.toISOString() ?? null,
        cases: holdings.map(heldView),
        roles: person.roles.map(({ role, unit, acting }) => ({ role, unit, acting })),
      };
    },
  ),
];

function heldView({ number, process, stage, dueAt, isHandler, tasks }: Holding) {
  const definition = processOf(process);
  return {
    case: number,
    process,
    processTitle: definition.title,
    stageTitle: stageTitle(definition, stage),
    dueAt: dueAt?.toISOString() ?? null,
    handler: isHandler,
    tasks: tasks.map((task) => ({ id: task.id, title: taskDefinition(definition, task.key).title, dueAt: isoOf(task.dueAt) })),
  };
}
