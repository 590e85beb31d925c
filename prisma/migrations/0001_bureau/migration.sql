-- Units, people, roles -------------------------------------------------------------------------------------------------

create table unit (
  id           text primary key,
  name         text not null,
  parent_id    text references unit (id),
  -- '/bureau/branch/station/': a unit and everything below it is `path like prefix || '%'`
  path         text not null,
  dissolved_at timestamptz
);
create index unit_by_path on unit (path text_pattern_ops);

create table person (
  id        text primary key,
  username  text not null unique,
  name      text not null,
  badge     text unique,
  unit_id   text not null references unit (id),
  category  text not null default 'officer' check (category in ('officer', 'auxiliary', 'staff')),
  post      text,
  rank      text,
  locale    text not null default 'zh' check (locale in ('zh', 'en')),
  left_at   timestamptz
);
create index person_by_unit on person (unit_id, id);

-- A role is held in a unit for a period; `acting` marks a leader who stands in.
create table role_grant (
  id         bigint generated always as identity primary key,
  person_id  text not null references person (id),
  role       text not null,
  unit_id    text not null references unit (id),
  starts_at  timestamptz not null default '-infinity',
  ends_at    timestamptz not null default 'infinity',
  acting     boolean not null default false,
  reason     text,
  check (starts_at < ends_at),
  unique (person_id, role, unit_id, starts_at)
);
create index role_grant_by_role on role_grant (role, unit_id);
create index role_grant_by_person on role_grant (person_id);

-- 委托: `to_id` also sees and does the tasks of `person_id` between the two instants. Never chains.
create table substitution (
  id         bigint generated always as identity primary key,
  person_id  text not null references person (id),
  to_id      text not null references person (id),
  starts_at  timestamptz not null,
  ends_at    timestamptz not null,
  processes  text[],
  reason     text,
  check (starts_at < ends_at),
  check (person_id <> to_id)
);
create index substitution_by_person on substitution (person_id, ends_at);
create index substitution_by_to on substitution (to_id, ends_at);

-- Declared ties; kept in both directions.
create table kinship (
  person_id   text not null references person (id),
  relative_id text not null references person (id),
  kind        text not null,
  primary key (person_id, relative_id),
  check (person_id <> relative_id)
);

create table account (
  person_id     text primary key references person (id),
  password_hash text not null,
  failures      integer not null default 0,
  locked_until  timestamptz,
  disabled      boolean not null default false
);

create table session (
  token_hash bytea primary key,
  person_id  text not null references person (id),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_by_person on session (person_id);

-- Policy and rules -----------------------------------------------------------------------------------------------------

create table policy_version (
  version   text primary key,
  policy    jsonb not null,
  loaded_at timestamptz not null
);

create table rule (
  id         text primary key,
  regulation jsonb not null,
  article    text not null,
  text       jsonb not null,
  in_force_from date not null,
  in_force_to   date
);

-- Cases ----------------------------------------------------------------------------------------------------------------

create table case_counter (
  prefix text not null,
  year   integer not null,
  last   integer not null,
  primary key (prefix, year)
);

create table "case" (
  id              bigint generated always as identity primary key,
  number          text not null unique,
  process         text not null,
  state           text not null check (state in ('accepted', 'open', 'closed')),
  stage           text not null,
  outcome         text,
  title           bytea not null,                      -- sealed
  search          integer[] not null default '{}',     -- keyed hashes of the title's bigrams
  data            bytea not null,                      -- sealed intake form
  confidentiality text not null check (confidentiality in ('open', 'internal', 'confidential', 'sealed')),
  name_withheld   boolean not null default false,
  subject_id      text references person (id),
  unit_id         text not null references unit (id),
  handler_id      text references person (id),
  opened_by       text not null references person (id),
  opened_at       timestamptz not null,
  closed_at       timestamptz,
  due_at          timestamptz,                         -- earliest due date of its open tasks
  level           integer not null default 0,          -- highest escalation level of its open tasks
  transfers       integer not null default 0,
  runs            integer not null default 1,          -- reopening starts a further run of the workflow
  policy_version  text not null references policy_version (version),
  head_seq        integer not null,
  head_hash       text not null,
  check ((state = 'closed') = (closed_at is not null)),
  check ((state = 'closed') = (outcome is not null))
);
create index case_by_opened on "case" (opened_at desc, id desc);
create index case_by_process on "case" (process, opened_at desc, id desc);
create index case_by_unit on "case" (unit_id, opened_at desc, id desc);
create index case_by_subject on "case" (subject_id, opened_at desc, id desc);
create index case_by_handler on "case" (handler_id, opened_at desc, id desc);
create index case_open_by_due on "case" (due_at, id) where state = 'open';
create index case_unstarted on "case" (id) where state = 'accepted';
create index case_by_search on "case" using gin (search);

-- Who has what part in a case. Grants sight, and is what recusal is decided by.
create table participant (
  case_id   bigint not null references "case" (id),
  person_id text not null references person (id),
  role      text not null,
  since     timestamptz not null,
  primary key (case_id, person_id, role)
);
create index participant_by_person on participant (person_id, case_id);

create table task (
  id         text primary key,
  case_id    bigint not null references "case" (id),
  ordinal    integer not null,
  key        text not null,
  round      integer not null,
  state      text not null check (state in ('open', 'done', 'cancelled')),
  duty       text not null,
  role       text not null,
  unit_id    text not null references unit (id),      -- where the role is held
  assignee   text references person (id),
  excluded   text[] not null default '{}',             -- persons who take no part in it (recusal, second person)
  opened_at  timestamptz not null,
  due_at     timestamptz,
  time_limit jsonb,
  paused_at  timestamptz,
  level      integer not null default 0,
  ladder     jsonb not null default '[]',              -- [{at, kind, to, level, firedAt}]
  context    bytea,                                    -- sealed: what the form is about, such as the draft to be approved
  claimed_at timestamptz,
  closed_at  timestamptz,
  closed_by  text references person (id),
  closed_for text references person (id),
  answer     bytea,                                    -- sealed form
  check ((state = 'open') = (closed_at is null))
);
create index task_by_case on task (case_id, ordinal);
create index task_open_by_assignee on task (assignee, due_at, id) where state = 'open';
create index task_open_by_role on task (role, unit_id, due_at, id) where state = 'open' and assignee is null;
create index task_open_by_due on task (due_at, id) where state = 'open';

-- What a case waits for where it is not a person: a date, or another case.
create table case_wait (
  id       text primary key,
  case_id  bigint not null references "case" (id),
  key      text not null,
  since    timestamptz not null,
  ends_at  timestamptz,
  on_case  bigint references "case" (id),
  ended_at timestamptz
);
create index case_wait_by_case on case_wait (case_id);
create index case_wait_on_case on case_wait (on_case) where ended_at is null;

create table case_link (
  case_id  bigint not null references "case" (id),
  relation text not null,
  other_id bigint not null references "case" (id),
  at       timestamptz not null,
  primary key (case_id, relation, other_id)
);

-- One row per thing that changed a case: a submission (`<person>:<idempotency key>`), a rung, the start. Its primary key is what makes a step happen once.
create table case_step (
  case_id   bigint not null references "case" (id),
  cause     text not null,
  at        timestamptz not null,
  body_hash text,
  result    jsonb not null,
  input     bytea,                                     -- sealed submission, for handing it to the workflow again after a crash
  primary key (case_id, cause)
);
create index case_step_by_cause on case_step (cause);

-- The record: append-only, one hash chain per case -----------------------------------------------------------------------

create table event (
  case_id   bigint not null,
  seq       integer not null,
  at        timestamptz not null,
  type      text not null,
  actor     text,
  actor_for text,
  task_id   text,
  data_hash text not null,
  prev_hash text not null,
  hash      text not null,
  primary key (case_id, seq, at)
) partition by range (at);

-- An event's content, sealed with its salt; the chain holds only its salted hash, so that content can be anonymised by rule and the chain still verifies.
create table event_data (
  case_id bigint not null,
  seq     integer not null,
  sealed  bytea not null,
  primary key (case_id, seq)
);

create table look (
  id        bigint generated always as identity primary key,
  case_id   bigint not null references "case" (id),
  person_id text not null references person (id),
  what      text not null,
  at        timestamptz not null
);
create index look_by_case on look (case_id, id);
create index look_recent on look (person_id, case_id, what, at desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger event_append_only before update or delete on event for each row execute function refuse_change();
create trigger event_no_truncate before truncate on event for each statement execute function refuse_change();
create trigger event_data_append_only before update or delete on event_data for each row execute function refuse_change();
create trigger event_data_no_truncate before truncate on event_data for each statement execute function refuse_change();
create trigger look_append_only before update or delete on look for each row execute function refuse_change();
create trigger look_no_truncate before truncate on look for each statement execute function refuse_change();

-- Makes the partition of the month in which `instant` lies; called when an insert finds none.
create function make_event_partition(instant timestamptz) returns void language plpgsql as $$
declare
  first_day timestamptz := date_trunc('month', instant at time zone 'UTC') at time zone 'UTC';
  next_day  timestamptz := (date_trunc('month', instant at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  name      text := 'event_' || to_char(instant at time zone 'UTC', 'YYYY_MM');
begin
  perform pg_advisory_xact_lock(hashtext('make_event_partition'));
  if to_regclass(name) is not null then
    return;
  end if;
  execute format('create table %I (like event including all)', name);
  execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', name || '_no_truncate', name);
  execute format('alter table event attach partition %I for values from (%L) to (%L)', name, first_day, next_day);
end $$;

-- People's notices, deliveries, drafts ------------------------------------------------------------------------------------

create table notice (
  id        bigint generated always as identity primary key,
  person_id text not null references person (id),
  case_id   bigint not null references "case" (id),
  task_id   text,
  kind      text not null,
  at        timestamptz not null,
  read_at   timestamptz
);
create index notice_by_person on notice (person_id, id desc);
create index notice_unread on notice (person_id, id desc) where read_at is null;

create table channel (
  person_id text not null references person (id),
  kind      text not null check (kind in ('email', 'webhook')),
  address   bytea not null,                            -- sealed
  primary key (person_id, kind)
);

create table delivery (
  id        bigint generated always as identity primary key,
  notice_id bigint not null references notice (id),
  channel   text not null,
  state     text not null check (state in ('queued', 'sent', 'failed')),
  attempts  integer not null default 0,
  error     text,
  queued_at timestamptz not null,
  ended_at  timestamptz
);
create index delivery_open on delivery (id) where state <> 'sent';

create table draft (
  person_id text not null references person (id),
  target    text not null,                             -- a task's id, or 'start:<process>'
  data      bytea not null,                            -- sealed
  saved_at  timestamptz not null,
  primary key (person_id, target)
);

-- A no-retaliation mark and other facts about a person that begin and end by date.
create table mark (
  person_id text not null references person (id),
  kind      text not null,
  case_id   bigint not null references "case" (id),
  starts_at timestamptz not null,
  ends_at   timestamptz not null,
  primary key (person_id, kind, case_id)
);

create table break_glass (
  case_id   bigint not null references "case" (id),
  person_id text not null references person (id),
  at        timestamptz not null,
  until     timestamptz not null,
  primary key (case_id, person_id, at)
);

-- Kept counters: open tasks by holder, `p:<person>` or `r:<role>@<unit>`; several slots per key so that busy desks do not queue behind one row.
create table inbox_count (
  holder text not null,
  slot   smallint not null,
  open   integer not null,
  primary key (holder, slot)
);

-- What changed, in commit order, for live pages: rows are read once every transaction older than them has ended (see store/feed.ts).
create table feed (
  id      bigint generated always as identity primary key,
  xid     xid8 not null default pg_current_xact_id(),
  at      timestamptz not null,
  kind    text not null check (kind in ('case', 'task', 'notification')),
  case_id bigint not null,
  task_id text,
  person_id text                                       -- a notification's receiver
);
create index feed_by_xid on feed (xid, id);

create table worker_heartbeat (
  worker  text primary key,
  seen_at timestamptz not null
);
