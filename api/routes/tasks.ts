import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { confidentialities } from '../../domain/access-facts.ts';
import { redactions } from '../../domain/access-sight.ts';
import { explainDue } from '../../domain/clock.ts';
import { dueWindows, windowOf } from '../../domain/due-window.ts';
import { Duration } from '../../domain/duration.ts';
import { Instant, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { candidatesOf } from '../../store/candidates.ts';
import { clockMoves } from '../../store/clock-moves.ts';
import { inboxTotal, listTasks, type TaskFilter, taskSorts } from '../../store/lists/tasks.ts';
import { noteLook } from '../../store/looks.ts';
import { marksOf } from '../../store/marks.ts';
import { processes } from '../../workflows/definitions.ts';
import { type Asking, type FoundTask, findTask, viewOf } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { notesFor } from '../task-notes.ts';
import { viewingAt } from '../viewing.ts';
import { ExplainedDayView } from '../views/explained-day.ts';
import { TaskView, taskListView } from '../views/task.ts';
import { TaskNote } from '../views/task-note.ts';
import { flag, pageSize, pageView, severalOf } from './paging.ts';

const TaskQuery = z.object({
  /** `true`: what the caller may do now (or has done); `unit`: what lies in the caller's own unit. */
  mine: z.enum(['true', 'false', 'unit']).default('false'),
  unit: UnitId.optional(),
  state: z.enum(['open', 'done', 'cancelled']).default('open'),
  due: z.enum(dueWindows).optional(),
  /** One, or several with commas between. */
  process: severalOf([...processes.keys()]).optional(),
  confidentiality: severalOf(confidentialities).optional(),
  assignee: PersonId.optional(),
  /** The same task of every process, `result`; where a tier set its limit, `result@7`. */
  key: z
    .string()
    .regex(/^[\w-]{1,40}(@\d{1,2})?$/)
    .optional(),
  /** Done after its limit. */
  late: flag.optional(),
  closedFrom: Instant.optional(),
  closedTo: Instant.optional(),
  sort: z.enum(taskSorts).default('dueAt'),
  limit: pageSize,
  cursor: z.string().max(500).optional(),
});

/** A due date, day by day. `counts`: how much of the limit has run when the day ends. `moves`: pauses and extensions since. */
const Explanation = z.object({
  from: Instant,
  limit: Duration,
  days: z.array(ExplainedDayView),
  moves: z.array(z.object({ at: Instant, type: z.string(), dueAt: Instant.nullable() })),
});

export const taskPath = z.object({ id: TaskId });

/** A fact about the subject from another case that whoever decides has to weigh, such as the no-retaliation mark (domain.md §4.5). */
const Mark = z.object({ kind: z.string(), until: Instant });

export const taskRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/tasks',
    { title: { zh: '任务列表', en: 'Tasks' }, permission: 'task.list', query: TaskQuery, view: pageView(TaskView) },
    async ({ actor, query, locale, at }) => {
      const { mine, due, sort, limit, cursor, state, process, unit, ...further } = query;
      const home = actor.roles.find(({ role }) => role === 'officer')?.unit;
      const filter: TaskFilter = {
        ...further,
        mine: mine === 'true',
        state,
        process,
        unit: unit ?? (mine === 'unit' ? home : undefined),
        due: due && windowOf(due, at.getTime(), deps.policies.current.calendar),
      };
      const page = await listTasks(deps.db, { actor, viewing: viewingAt(at), filter, sort, limit, cursor });
      const isWhole = [filter.unit, due, process, ...Object.values(further)].every((given) => given === undefined);
      const isInbox = filter.mine && state === 'open' && isWhole;
      const [total, candidates] = await Promise.all([
        isInbox ? inboxTotal(deps.db, actor) : undefined,
        candidatesOf(
          deps.db,
          page.rows.filter((row) => row.mayDirect).map(({ id }) => id),
          at,
        ),
      ]);
      const items = page.rows.map((row) =>
        taskListView(row, { locale, now: at, candidates: row.hidesAssignee ? [] : candidates.get(row.id) }),
      );
      return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) };
    },
  ),
  route.get(
    '/tasks/:id',
    {
      title: { zh: '一项任务', en: 'One task' },
      permission: 'task.read',
      params: taskPath,
      view: TaskView.extend({ explain: Explanation.nullable(), marks: z.array(Mark), notes: z.array(TaskNote) }),
    },
    async (call) => {
      const found = await findTask(deps, call, call.params.id);
      demand(call.actor, 'task.read', { case: found.facts, task: found.taskFacts });
      await noteLook(deps.db, { number: found.record.number, person: call.actor.id, what: 'task', at: call.at });
      const view = (await viewOf(deps, call, found)).tasks.find(({ id }) => id === call.params.id);
      if (view === undefined) throw new Problem('not-found');
      const [explain, marks, notes] = await Promise.all([
        explanationOf(deps, found),
        marksFor(deps, call, found),
        notesFor(deps, call, found),
      ]);
      return { ...view, explain, marks, notes };
    },
  ),
];

/** The calendar of today, under the time scale that the case started with: what `record` reckons by. */
async function explanationOf(deps: ApiDeps, { record, task }: FoundTask) {
  if (task.limit === null || task.dueAt === null) return null;
  const { calendar, policy } = await deps.policies.of(record.policyVersion);
  const from = Instant.parse(new Date(task.clockFrom ?? task.openedAt).toISOString());
  const limit = Duration.parse(task.limit);
  return { from, limit, days: explainDue(from, limit, calendar, policy.timeScale), moves: await clockMoves(deps, record.number, task.id) };
}

async function marksFor(deps: ApiDeps, { actor, at }: Asking, { task, record, facts }: FoundTask) {
  if (task.duty !== 'decide' || record.subject === null || redactions(actor, facts).includes('subject')) return [];
  const marks = await marksOf(deps.db, record.subject, { actor, viewing: viewingAt(at) });
  return marks.filter(({ number }) => number !== record.number).map(({ kind, until }) => ({ kind, until: until.toISOString() }));
}
