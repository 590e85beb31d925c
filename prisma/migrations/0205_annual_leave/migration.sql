-- 年休假: how much, of what year, and when. Written by the record with the step that tells it (store/leave.ts).

-- 参加工作时间, from the personnel file; null where the bureau's table does not say.
alter table person add column working_since date;

-- One case of a process for each person and period, by whoever it is opened; a closed one makes room for another.
create table case_period (
  process   text not null,
  person_id text not null references person (id),
  period    text not null,
  case_id   bigint not null references "case" (id) deferrable initially deferred,
  primary key (process, person_id, period)
);
create index case_period_by_case on case_period (case_id);

create table leave_year (
  person_id     text not null references person (id),
  year          smallint not null,
  case_id       bigint not null references "case" (id),
  working_since date not null,
  -- By the end of the year.
  entitled      smallint not null,
  taken_before  smallint not null check (taken_before >= 0),
  carried_over  boolean not null default false,
  primary key (person_id, year)
);
create index leave_year_by_case on leave_year (case_id);
create index leave_year_of_year on leave_year (year, person_id);

create table leave_period (
  case_id   bigint not null references "case" (id),
  person_id text not null references person (id),
  -- Of which year's leave, which may be carried over into the next.
  year      smallint not null,
  from_on   date not null,
  until_on  date not null check (until_on >= from_on),
  days      smallint not null check (days > 0),
  state     text not null check (state in ('planned', 'asked', 'approved'))
);
create index leave_period_of_person on leave_period (person_id, year, from_on);
create index leave_period_by_case on leave_period (case_id);
