-- What limits a person's rights for a time: bars and measures. Whether it is in force is decided by its dates, never by what its case has come to.
create table restriction (
  case_id   bigint not null references "case" (id),
  kind      text not null check (kind in ('honours', 'promotion', 'suspension', 'confinement')),
  person_id text not null references person (id),
  ground    text not null references rule (id),
  starts_at timestamptz not null,
  ends_at   timestamptz not null,                      -- moved by an extension, and to the instant of a lifting
  primary key (case_id, kind)
);
create index restriction_by_person on restriction (person_id, ends_at);
