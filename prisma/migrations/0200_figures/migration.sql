-- Kept counters of the figures (docs/decisions/0032-figures-are-kept.md). A step adds what it moves, and touches no row of another step: `figure_move` is summed up into `figure_count` once a minute, and a
-- figure is the sum of both.
create table figure_count (
  -- domain/figures.ts
  measure         text not null,
  process         text not null,
  unit_id         text not null references unit (id),
  confidentiality text not null,
  -- In the bureau's zone: a due date, or the first day of a week or month; 'infinity' where the measure has no day.
  day             date not null,
  -- What it is divided by further: an outcome, a level, a task's key.
  key             text not null,
  -- How long it took (`figure_bucket`); 0 where nothing is timed.
  bucket          smallint not null,
  n               integer not null,
  primary key (measure, day, process, unit_id, confidentiality, key, bucket)
);

-- Days and levels at which nothing is open any more.
create index figure_count_empty on figure_count (n) where n = 0;

create table figure_move (
  measure         text not null,
  process         text not null,
  unit_id         text not null references unit (id),
  confidentiality text not null,
  day             date not null,
  key             text not null,
  bucket          smallint not null,
  n               integer not null
);

-- What is kept of a form in the clear, to be counted by: a route, an answer. Never a name, never a text.
create table case_label (
  case_id bigint not null references "case" (id),
  key     text not null,
  value   text not null,
  at      timestamptz not null,
  primary key (case_id, key)
);
create index case_label_by_value on case_label (key, value, at);

create index task_done on task (key, closed_at desc, id desc) where state = 'done';
create index case_closed on "case" (closed_at desc, id desc) where state = 'closed';

-- Half steps of a doubling from one minute on: domain/figures.ts `bucketOf`.
create function figure_bucket(took interval) returns smallint language sql immutable as $$
  select case when extract(epoch from took) < 60 then 0 else least(45, 1 + floor(2 * log(2, (extract(epoch from took) / 60)::numeric)))::smallint end
$$;

-- All that there is to count, counted anew: for the first time here, and to prove the kept counters right. store/figures/counted.ts counts the same of one case.
create function figures_recounted(zone text) returns table (measure text, process text, unit_id text, confidentiality text, day date, key text, bucket smallint, n integer) language sql stable as $$
  with counted as (
    select measure, c.process, c.unit_id, c.confidentiality, day, key, 0::smallint as bucket
      from "case" c cross join lateral (values
        ('opened-week', date_trunc('week', c.opened_at at time zone zone)::date, ''),
        ('opened-month', date_trunc('month', c.opened_at at time zone zone)::date, ''),
        ('closed-week', date_trunc('week', c.closed_at at time zone zone)::date, ''),
        ('closed-month', date_trunc('month', c.closed_at at time zone zone)::date, c.outcome),
        ('open', case when c.state <> 'closed' then 'infinity'::date end, c.level::text),
        ('due', case when c.state <> 'closed' then ((c.due_at - interval '1 millisecond') at time zone zone)::date end, ''),
        ('reopened', case when c.runs > 1 then date_trunc('month', c.opened_at at time zone zone)::date end, '')
      ) as each (measure, day, key)
     where day is not null
    union all
    select case when t.due_at < t.closed_at then 'done-late' else 'done-in-time' end, c.process, t.unit_id, c.confidentiality, date_trunc('month', t.closed_at at time zone zone)::date,
           t.key || coalesce('@' || t.checkpoint, ''), figure_bucket(t.closed_at - t.opened_at)
      from task t join "case" c on c.id = t.case_id where t.state = 'done'
    union all
    select 'label', c.process, c.unit_id, c.confidentiality, date_trunc('month', l.at at time zone zone)::date, l.key || '=' || l.value, 0::smallint
      from case_label l join "case" c on c.id = l.case_id)
  select measure, process, unit_id, confidentiality, day, key, bucket, count(*)::integer from counted group by 1, 2, 3, 4, 5, 6, 7
$$;

insert into figure_count
  select * from figures_recounted(coalesce((select policy->>'timeZone' from policy_version order by loaded_at desc limit 1), 'Asia/Shanghai'));

create index restriction_in_force on restriction (ends_at);
