-- Since when cases are open, by week.
-- All that there is to count, counted anew: for the first time here, and to prove the kept counters right. store/figures/counted.ts counts the same of one case.
create or replace function figures_recounted(zone text) returns table (measure text, process text, unit_id text, confidentiality text, day date, key text, bucket smallint, n integer) language sql stable as $$
  with counted as (
    select measure, c.process, c.unit_id, c.confidentiality, day, key, 0::smallint as bucket
      from "case" c cross join lateral (values
        ('opened-week', date_trunc('week', c.opened_at at time zone zone)::date, ''),
        ('opened-month', date_trunc('month', c.opened_at at time zone zone)::date, ''),
        ('closed-week', date_trunc('week', c.closed_at at time zone zone)::date, ''),
        ('closed-month', date_trunc('month', c.closed_at at time zone zone)::date, c.outcome),
        ('open', case when c.state <> 'closed' then 'infinity'::date end, c.level::text),
        ('open-since', case when c.state <> 'closed' then date_trunc('week', c.opened_at at time zone zone)::date end, ''),
        ('due', case when c.state <> 'closed' then ((c.due_at - interval '1 millisecond') at time zone zone)::date end, ''),
        ('reopened', case when c.runs > 1 then date_trunc('month', c.opened_at at time zone zone)::date end, '')
      ) as each (measure, day, key)
     where day is not null
    union all
    select case when t.due_at < t.closed_at then 'done-late' else 'done-in-time' end, c.process, t.unit_id, c.confidentiality, date_trunc('month', t.closed_at at time zone zone)::date,
           t.key || coalesce('@' || t.checkpoint, ''), figure_bucket(t.closed_at - t.opened_at)
      from task t join "case" c on c.id = t.case_id where t.state = 'done'
    union all
    select 'held', c.process, t.unit_id, c.confidentiality, coalesce(case when t.paused_at is null then ((t.due_at - interval '1 millisecond') at time zone zone)::date end, 'infinity'), t.assignee, 0::smallint
      from task t join "case" c on c.id = t.case_id where t.state = 'open' and t.assignee is not null and t.role <> 'subject'
    union all
    select 'label', c.process, c.unit_id, c.confidentiality, date_trunc('month', l.at at time zone zone)::date, l.key || '=' || l.value, 0::smallint
      from case_label l join "case" c on c.id = l.case_id)
  select measure, process, unit_id, confidentiality, day, key, bucket, count(*)::integer from counted group by 1, 2, 3, 4, 5, 6, 7
$$;

insert into figure_count
  select * from figures_recounted(coalesce((select policy->>'timeZone' from policy_version order by loaded_at desc limit 1), 'Asia/Shanghai')) where measure = 'open-since';
