-- Whom a round covers: a row for each person or unit on its list, followed up by the bell and completed without waking the round's workflow
-- (docs/decisions/0028-a-round-follows-up-rows.md).
create table round_item (
  id         bigint generated always as identity primary key,
  case_id    bigint not null references "case" (id),
  -- One of the process's items: a visit, a talk.
  key        text not null,
  -- Null where the unit itself is on the list.
  person_id  text references person (id),
  -- On whose list it stands.
  unit_id    text not null references unit (id),
  assignee   text references person (id),
  state      text not null check (state in ('open', 'done', 'struck', 'missed', 'cancelled')),
  -- Why it was struck out; only what the roster struck out it can put back.
  struck_as  text check (struck_as in ('left', 'off-roster', 'by-hand')),
  opened_at  timestamptz not null,
  due_at     timestamptz not null,
  level      smallint not null default 0,
  ladder     jsonb not null,
  -- The next rung; null where nothing is left to ring.
  ring_at    timestamptz,
  closed_at  timestamptz,
  closed_by  text references person (id),
  closed_for text references person (id),
  -- What was recorded, sealed.
  answer     bytea,
  -- 本人对所提需求的答复: what came of a need that was raised. Only the person sees which case they opened.
  need       text check (need in ('asked', 'agreed', 'declined')),
  need_case  text,
  check ((state = 'struck') = (struck_as is not null)),
  check (state = 'open' or ring_at is null)
);
-- Nobody stands on the list of a round twice, however often they join.
create unique index round_item_person on round_item (case_id, key, person_id) where person_id is not null;
create unique index round_item_unit on round_item (case_id, key, unit_id) where person_id is null;
create index round_item_by_case on round_item (case_id, id);
create index round_item_ring on round_item (ring_at) where ring_at is not null;
create index round_item_open_by_assignee on round_item (assignee, case_id) where state = 'open';
create index round_item_of_person on round_item (person_id, case_id);

-- Kept counters of a round: how many items of each list are in which state.
create table round_count (
  case_id bigint not null references "case" (id),
  key     text not null,
  unit_id text not null references unit (id),
  state   text not null,
  items   integer not null,
  primary key (case_id, key, unit_id, state)
);
