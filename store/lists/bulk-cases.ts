import type { Actor } from '../../domain/actor.ts';
import type { BulkId } from '../../domain/bulk.ts';
import type { CaseNumber, PersonId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Bureau } from '../bureau.ts';
import { titleContext } from '../case-file.ts';
import { contentsVisibleTo, type Viewing, visibleTo } from '../visible.ts';

export interface BulkCaseRow {
  readonly number: CaseNumber;
  readonly process: string;
  /** Null where the reader may not see it. */
  readonly title: string | null;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly state: 'accepted' | 'open' | 'closed';
  readonly stage: string;
  readonly outcome: string | null;
  readonly handler: PersonId | null;
  readonly handlerName: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly dueAt: Date | null;
  readonly level: number;
}

type SealedRow = Omit<BulkCaseRow, 'title'> & { readonly title: Uint8Array | null };

/** The cases that a bulk opened, as far as the reader may know of them, in the order of its items. Uses bulk_item_pkey and case_number_key. */
export async function bulkCases(
  { db, ring }: Pick<Bureau, 'db' | 'ring'>,
  id: BulkId,
  { actor, viewing }: { actor: Actor; viewing: Viewing },
): Promise<BulkCaseRow[]> {
  const rows = await db.$queryRaw<SealedRow[]>(Prisma.sql`
    select c.number, c.process, case when ${contentsVisibleTo(actor, viewing)} then c.title end as title, c.unit_id as unit, u.name as "unitName", c.state, c.stage, c.outcome,
           c.handler_id as handler, h.name as "handlerName", c.opened_at as "openedAt", c.closed_at as "closedAt", c.due_at as "dueAt", c.level
      from bulk_item i join "case" c on c.number = i.opened join unit u on u.id = c.unit_id left join person h on h.id = c.handler_id
     where i.bulk_id = ${id} and ${visibleTo(actor, viewing)}
     order by i.n`);
  return rows.map(({ title, ...row }) => ({
    ...row,
    title: title === null ? null : String(ring.openJson('database', title, titleContext(row.number))),
  }));
}
