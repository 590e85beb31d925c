-- Who took over from whom in a case. A procedure names its handler once and for all: what it opens later for someone who has handed over goes to the last one in the chain.
-- Whoever holds something again has no row of their own, so that chains never close to a circle.
create table succession (
  case_id bigint not null references "case" (id),
  from_id text not null references person (id),
  to_id   text not null references person (id),
  at      timestamptz not null,
  primary key (case_id, from_id),
  check (from_id <> to_id)
);

-- Leavers are few, and are looked for every minute.
create index person_left on person (left_at) where left_at is not null;
