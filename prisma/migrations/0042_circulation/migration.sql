-- 传阅: who was to read a case, by when, and when they first looked.
create table circulation (
  case_id     bigint not null references "case" (id),
  person_id   text not null references person (id),
  by_id       text not null references person (id),
  at          timestamptz not null,
  read_by     timestamptz,
  read_at     timestamptz,
  reminded_at timestamptz,
  primary key (case_id, person_id)
);
create index circulation_unread on circulation (read_by) where read_at is null and reminded_at is null and read_by is not null;
