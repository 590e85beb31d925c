-- One operation on many items, each of which is then done by itself: see api/bulk/runner.ts.
create table bulk (
  id        text primary key,
  kind      text not null,
  by_id     text not null references person (id),
  key       text not null,                             -- idempotency key of the preview
  body_hash text not null,
  params    bytea not null,                            -- sealed
  state     text not null check (state in ('previewed', 'running', 'done', 'cancelled')),
  at        timestamptz not null,
  ran_at    timestamptz,
  ended_at  timestamptz,
  unique (by_id, key)
);
create index bulk_by_person on bulk (by_id, at desc, id desc);
create index bulk_running on bulk (ran_at, id) where state = 'running';

create table bulk_item (
  bulk_id      text not null references bulk (id),
  n            integer not null,
  target       text not null,                          -- a task, a case, or the unit that a directive goes to
  state        text not null check (state in ('pending', 'done', 'refused', 'cancelled')),
  problem      text,                                   -- why it was refused
  effect       jsonb not null default '{}',            -- ids and dates: what it does, as the preview found it
  input        bytea,                                  -- sealed: what only this item has
  opened       text,                                   -- number of the case that it opened
  attempts     integer not null default 0,
  leased_until timestamptz,                            -- a node is at it
  ended_at     timestamptz,
  primary key (bulk_id, n)
);
create index bulk_item_left on bulk_item (bulk_id, n) where state = 'pending';
create index bulk_item_by_case on bulk_item (opened) where opened is not null;
