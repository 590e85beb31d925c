-- The daily brief (交办清单) as each morning said it: which tasks were overdue, due that day or later that week. No person and no text; who may see what is decided when it is read.
create table brief (
  on_date date primary key,
  made_at timestamptz not null
);

create table brief_item (
  on_date date not null references brief (on_date) on delete cascade,
  due_at  timestamptz not null,
  task_id text not null references task (id),
  case_id bigint not null references "case" (id),
  unit_id text not null references unit (id),
  span    text not null check (span in ('overdue', 'today', 'week')),
  level   smallint not null,
  primary key (on_date, due_at, task_id)
);
create index brief_item_by_case on brief_item (case_id);

-- Who was told: what keeps a brief from being told twice.
create table brief_told (
  on_date   date not null references brief (on_date) on delete cascade,
  person_id text not null references person (id),
  primary key (on_date, person_id)
);
