import type { CaseNumber, Instant, PersonId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';

/** `filing`: whoever's application or consent stands, and the file is open or not yet · `aid`: whoever is on file, and has a helper and a plan or not yet. @source domain.md §3.2 `hardship-file` */
export const hardshipLists = ['filing', 'aid'] as const;
export type HardshipList = (typeof hardshipLists)[number];

export interface HardshipRow {
  readonly key: HardshipList;
  readonly number: CaseNumber;
  readonly person: PersonId;
  readonly personName: string;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly handlerName: string | null;
  readonly dueAt: Date | null;
  readonly covered: boolean;
}

export interface HardshipQuery {
  /** Paths of units; null for all. */
  readonly scope: readonly string[] | null;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** Open files, and what each still lacks; some hundreds in a bureau of five thousand. Uses case_by_process and task_by_case. */
export const hardshipFiles = (db: Database, { scope, from, to }: HardshipQuery): Promise<HardshipRow[]> =>
  db.$queryRaw<HardshipRow[]>(Prisma.sql`
    with file as (
      select c.id, c.number, c.subject_id, c.unit_id, c.handler_id, c.due_at,
             exists (select 1 from task t where t.case_id = c.id and t.key = 'plan') as filed,
             exists (select 1 from task t where t.case_id = c.id and t.key = 'plan' and t.state = 'done') as aided
        from "case" c join unit u on u.id = c.unit_id
       where c.process = 'hardship-file' and c.state <> 'closed' and c.stage <> 'consent' and c.subject_id is not null
         and c.opened_at >= ${from ?? '-infinity'}::timestamptz and c.opened_at < ${to ?? 'infinity'}::timestamptz
         and ${scope === null ? Prisma.sql`true` : Prisma.sql`exists (select 1 from unnest(${[...scope]}::text[]) as led where starts_with(u.path, led))`})
    select list.key, file.number, p.id as person, p.name as "personName", u.id as unit, u.name as "unitName", h.name as "handlerName", file.due_at as "dueAt", list.covered
      from file join person p on p.id = file.subject_id join unit u on u.id = file.unit_id left join person h on h.id = file.handler_id
      cross join lateral (values ('filing', file.filed), ('aid', file.aided)) list(key, covered)
     where list.key = 'filing' or file.filed
     order by list.key desc, u.path, file.id`);
