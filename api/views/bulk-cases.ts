import { z } from 'zod';
import { CaseNumber, Instant, PersonId, Text, UnitId } from '../../domain/ids.ts';
import type { BulkCaseRow } from '../../store/lists/bulk-cases.ts';
import { processOf } from '../../workflows/definitions.ts';
import { outcomeTitle, stageTitle } from './case-titles.ts';

const count = z.int();

/** One directive to many units: how far each is, and all together. */
export const BulkCases = z.object({
  totals: z.object({
    cases: count,
    open: count,
    closed: count,
    overdue: count,
    /** Those above the first rung of the ladder. */
    escalated: count,
    outcomes: z.record(z.string(), count),
  }),
  items: z.array(
    z.object({
      number: CaseNumber,
      process: z.string(),
      title: z.string().optional(),
      unit: UnitId,
      unitName: z.string(),
      state: z.enum(['accepted', 'open', 'closed']),
      stage: z.string(),
      stageTitle: Text,
      outcome: z.string().nullable(),
      outcomeTitle: Text.nullable(),
      handler: PersonId.nullable(),
      handlerName: z.string().nullable(),
      openedAt: Instant,
      closedAt: Instant.nullable(),
      dueAt: Instant.nullable(),
      overdue: z.boolean(),
      escalationLevel: count,
    }),
  ),
});

export function bulkCasesView(rows: readonly BulkCaseRow[], now: Date): z.input<typeof BulkCases> {
  const items = rows.map((row) => caseItem(row, now));
  const closed = items.filter(({ state }) => state === 'closed');
  const outcomes: Record<string, number> = {};
  for (const { outcome } of closed) if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    totals: {
      cases: items.length,
      open: items.length - closed.length,
      closed: closed.length,
      overdue: items.filter(({ overdue }) => overdue).length,
      escalated: items.filter(({ escalationLevel }) => escalationLevel > 0).length,
      outcomes,
    },
    items,
  };
}

function caseItem({ title, level, openedAt, closedAt, dueAt, ...row }: BulkCaseRow, now: Date) {
  const definition = processOf(row.process);
  return {
    ...row,
    ...(title !== null && { title }),
    stageTitle: stageTitle(definition, row.stage),
    outcomeTitle: row.outcome === null ? null : outcomeTitle(definition, row.outcome),
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    overdue: row.state === 'open' && dueAt !== null && dueAt < now,
    escalationLevel: level,
  };
}
