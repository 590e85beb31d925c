import { z } from 'zod';
import { MOST_ITEMS } from '../../domain/bulk.ts';
import { dueWindows, windowOf } from '../../domain/due-window.ts';
import { CaseNumber, Instant, type Locale, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { listCases } from '../../store/lists/cases.ts';
import { listTasks } from '../../store/lists/tasks.ts';
import { processes } from '../../workflows/definitions.ts';
import type { Asking } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { viewingAt } from '../viewing.ts';
import type { BulkTarget } from './kind.ts';

const process = z.enum([...processes.keys()]).optional();

/** Open tasks: named ones, or all that the filter finds among those that the caller may know of. */
export const TaskSelection = z.union([
  z.strictObject({ tasks: z.array(TaskId).min(1).max(MOST_ITEMS) }),
  z.strictObject({
    filter: z.strictObject({
      mine: z.boolean().default(false),
      assignee: PersonId.optional(),
      unit: UnitId.optional(),
      process,
      due: z.enum(dueWindows).optional(),
      /** Due after one instant, at or before the other. */
      dueBetween: z.strictObject({ after: Instant, until: Instant }).optional(),
    }),
  }),
]);

/** Open cases, in the same way. */
export const CaseSelection = z.union([
  z.strictObject({ cases: z.array(CaseNumber).min(1).max(MOST_ITEMS) }),
  z.strictObject({
    filter: z.strictObject({ unit: UnitId.optional(), process, overdue: z.boolean().optional(), handler: PersonId.optional() }),
  }),
]);

export async function selectedTasks(
  deps: ApiDeps,
  { actor, locale, at }: Asking,
  select: z.output<typeof TaskSelection>,
): Promise<BulkTarget[]> {
  if ('tasks' in select) return targetsOf(select.tasks, { locale, path: 'select.tasks' });
  const { due, dueBetween, ...filter } = select.filter;
  const between = dueBetween && { after: new Date(dueBetween.after), until: new Date(dueBetween.until) };
  const page = await listTasks(deps.db, {
    actor,
    viewing: viewingAt(at),
    filter: { ...filter, state: 'open', due: between ?? (due && windowOf(due, at.getTime(), deps.policies.current.calendar)) },
    sort: 'dueAt',
    limit: MOST_ITEMS + 1,
    cursor: undefined,
  });
  return targetsOf(
    page.rows.map(({ id }) => id),
    { locale, path: 'select.filter' },
  );
}

export async function selectedCases(
  deps: ApiDeps,
  { actor, locale, at }: Asking,
  select: z.output<typeof CaseSelection>,
): Promise<BulkTarget[]> {
  if ('cases' in select) return targetsOf(select.cases, { locale, path: 'select.cases' });
  const page = await listCases(deps, {
    actor,
    viewing: viewingAt(at),
    filter: { ...select.filter, state: 'open' },
    sort: 'dueAt',
    limit: MOST_ITEMS + 1,
    cursor: undefined,
  });
  return targetsOf(
    page.rows.map(({ number }) => number),
    { locale, path: 'select.filter' },
  );
}

/** Each once. @throws Problem `invalid-form` for none or too many */
export function targetsOf(ids: readonly string[], { locale, path }: { locale: Locale; path: string }): BulkTarget[] {
  const targets = [...new Set(ids)].map((target) => ({ target }));
  if (targets.length === 0) throw new Problem('invalid-form', { errors: [{ path, message: nothing[locale] }] });
  if (targets.length > MOST_ITEMS) throw new Problem('invalid-form', { errors: [{ path, message: tooMany[locale] }] });
  return targets;
}

const nothing = { zh: '没有符合条件的事项', en: 'there is nothing that it applies to' };
const tooMany = { zh: `一次最多 ${MOST_ITEMS} 项，请缩小范围`, en: `at most ${MOST_ITEMS} at a time: narrow it down` };
