-- The bell (docs/decisions/0013) fires what is due of the cases that it is told to; those of earlier releases keep timers of their own in their workflows.
alter table "case" add column bell boolean not null default false;

alter table task
  add column lapses     boolean not null default false,  -- ends at its limit
  add column resumes_at timestamptz,                     -- when a paused clock goes on by itself
  add column urgent     boolean not null default false,  -- rung in a lane of its own
  add column ring_at    timestamptz,                     -- the next rung that only tells
  add column wake_at    timestamptz;                     -- when the case's workflow has something to do: inspection, a lapse, the end of a pause
create index task_ring on task (urgent, ring_at) where ring_at is not null;
create index task_wake on task (urgent, wake_at) where wake_at is not null;

alter table case_wait add column wake_at timestamptz;
create index case_wait_wake on case_wait (wake_at) where wake_at is not null;
