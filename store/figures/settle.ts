import type { Database } from '../../platform/database.ts';

/**
 * Sums the moves up into the counters, so that figures stay quick to read. Two that do so at once wait for each other's rows, in the order of their keys.
 * @returns how many moves there were
 */
export async function settleFigures(db: Database): Promise<number> {
  const [row] = await db.$queryRaw<[{ settled: number }]>`
    with settled as (delete from figure_move returning *),
    summed as (
      select measure, process, unit_id, confidentiality, day, key, bucket, sum(n)::integer as n
        from settled group by 1, 2, 3, 4, 5, 6, 7 order by 1, 5, 2, 3, 4, 6, 7),
    counted as (
      insert into figure_count select * from summed where n <> 0
      on conflict (measure, day, process, unit_id, confidentiality, key, bucket) do update set n = figure_count.n + excluded.n)
    select count(*)::integer as settled from settled`;
  if (row.settled > 0) await db.$executeRaw`delete from figure_count where n = 0`;
  return row.settled;
}
