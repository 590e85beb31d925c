-- Deliveries are an outbox (docs/decisions/0014): whatever tells somebody queues them, the post sends them. What earlier releases left queued it sends as well.

-- A notice may belong to no case: the daily brief, a channel that fails.
alter table notice
  alter column case_id drop not null,
  add column topic  text not null default 'progress',    -- what people choose channels by (domain/notice-topics.ts)
  add column urgent boolean not null default false,      -- passes quiet hours and digests
  add column facts  jsonb;                               -- numbers and ids that its text states
alter table feed alter column case_id drop not null;

alter table channel
  drop constraint channel_kind_check,
  add constraint channel_kind_check check (kind in ('email', 'webhook', 'wecom', 'dingtalk')),
  add column topics        text[] not null default '{task,reminder,escalation,progress,brief}',
  add column leased_until  timestamptz,                  -- the post is sending over it
  add column failing_since timestamptz,                  -- its last tries failed, the first of them then
  add column error         text,
  add column failure_told  boolean not null default false;

-- When somebody does not want to be disturbed, in minutes of the bureau's wall clock.
create table notice_preference (
  person_id      text primary key references person (id),
  quiet_from     smallint check (quiet_from between 0 and 1439),
  quiet_to       smallint check (quiet_to between 0 and 1439),
  quiet_days_off boolean not null default false,
  digest_at      smallint check (digest_at between 0 and 1439),
  check ((quiet_from is null) = (quiet_to is null)),
  check (quiet_from <> quiet_to)
);

alter table delivery
  add column person_id text references person (id),
  add column urgent  boolean not null default false,
  add column next_at timestamptz not null default now(),
  add column held    boolean not null default false,     -- waited for the end of quiet hours or for the digest
  add column bundle  bigint;                             -- goes with others in one message: the id of the first of them
update delivery d set person_id = n.person_id from notice n where n.id = d.notice_id;
alter table delivery alter column person_id set not null;

drop index delivery_open;
create index delivery_due on delivery (urgent, next_at) where state = 'queued';
create index delivery_queued on delivery (person_id, channel, id) where state = 'queued';
create index delivery_failed on delivery (id desc) where state = 'failed';
create index delivery_person on delivery (person_id, id desc);
create index delivery_sent on delivery (ended_at) where state = 'sent';
