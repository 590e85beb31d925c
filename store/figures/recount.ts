import type { Database } from '../../platform/database.ts';

/**
 * Counts everything anew: after an update during which workers of a build still ran that kept no counters, or other ones. Steps wait meanwhile, a minute for a million cases.
 * @returns how many counters were wrong
 */
export const recountFigures = (db: Database): Promise<number> =>
  db.$transaction(
    async (tx) => {
      await tx.$executeRaw`set local statement_timeout = 0`;
      // Whoever has moved a counter has committed by then, and whoever comes later waits.
      await tx.$executeRaw`lock table figure_move, figure_count in exclusive mode`;
      const [{ wrong }] = await tx.$queryRaw<[{ wrong: number }]>`
        with zone as (select coalesce((select policy->>'timeZone' from policy_version order by loaded_at desc limit 1), 'Asia/Shanghai') as name),
        kept as (
          select measure, process, unit_id, confidentiality, day, key, bucket, sum(n)::integer as n from (select * from figure_count union all select * from figure_move) moved
           group by 1, 2, 3, 4, 5, 6, 7),
        counted as (select f.* from zone, figures_recounted(zone.name) f),
        apart as (
          select measure, process, unit_id, confidentiality, day, key, bucket, coalesce(c.n, 0) - coalesce(k.n, 0) as n
            from kept k full join counted c using (measure, process, unit_id, confidentiality, day, key, bucket) where coalesce(c.n, 0) <> coalesce(k.n, 0)),
        mended as (insert into figure_move select * from apart)
        select count(*)::integer as wrong from apart`;
      return wrong;
    },
    { maxWait: 10_000, timeout: 3_600_000 },
  );
