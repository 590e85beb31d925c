-- Retention: what a case held is forgotten by rule, and its chain still verifies (docs/decisions/0019-retention-by-one-function.md).
alter table "case" add column anonymised_at timestamptz, alter column opened_by drop not null;
alter table "case" add constraint case_opened_by_someone check (opened_by is not null or anonymised_at is not null);
create index notice_by_case on notice (case_id);
create index delivery_by_notice on delivery (notice_id);
create index case_retained on "case" (closed_at, id) where state = 'closed' and anonymised_at is null;

-- 诉讼保全: while one is in force nothing of the case is forgotten. Its reason stands in the case's record.
create table legal_hold (
  case_id   bigint not null references "case" (id),
  placed_at timestamptz not null,
  placed_by text not null references person (id),
  lifted_at timestamptz,
  lifted_by text references person (id),
  primary key (case_id, placed_at)
);
create unique index legal_hold_in_force on legal_hold (case_id) where lifted_at is null;

-- The only one for whom the append-only tables make an exception. Nobody is it: anonymise_case() below runs as it.
do $$ begin
  -- Roles are the server's: another database of it may have made this one, or its owner, where the bureau's user may not.
  if not exists (select from pg_roles where rolname = 'fivefold_archivist') then
    create role fivefold_archivist nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
grant usage on schema public to fivefold_archivist;
-- Tables to come are meant too; what the append-only ones allow it is said below.
grant select, update, delete on all tables in schema public to fivefold_archivist;
alter default privileges in schema public grant select, update, delete on tables to fivefold_archivist;

-- What it may do is no more than what forgetting takes: remove contents and looks, and who did an event. Events themselves stay as they are.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if current_user = 'fivefold_archivist' then
    if tg_op = 'DELETE' and tg_table_name in ('event_data', 'look') then
      return old;
    end if;
    if tg_op = 'UPDATE' and (tg_table_name = 'event' or tg_table_name ~ '^event_\d')
       and to_jsonb(new) = to_jsonb(old) || '{"actor": null, "actor_for": null, "who_salt": null}' and to_jsonb(new) ->> 'who_hash' is not null then
      return new;
    end if;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;

-- Until when a closed case is kept under a policy; null where that policy is not known here.
create function retained_until(process text, closed_at timestamptz, under text) returns timestamptz language sql stable as $$
  select closed_at + make_interval(secs => (coalesce(policy -> 'processes' -> process -> 'retention', policy -> 'retention') ->> 'days')::numeric * 86400 / (policy ->> 'timeScale')::numeric)
    from policy_version where version = under
$$;

-- Why a closed case is not forgotten although its time has passed; null where nothing keeps it.
create function kept_by(which bigint) returns text language plpgsql stable as $$
begin
  return case
    when exists (select from legal_hold where case_id = which and lifted_at is null) then 'hold'
    when exists (select from case_link l join "case" o on o.id = l.other_id where l.case_id = which and o.state <> 'closed') then 'linked'
    when exists (select from mark where case_id = which and ends_at > clock_timestamp())
      or exists (select from restriction where case_id = which and ends_at > clock_timestamp()) then 'in-force'
  end;
end $$;

-- Forgets what a closed case held and who took part in it: contents, persons, looks, notices. Stages, dates, outcome, events and their hashes stay.
-- It checks for itself that the time has passed and nothing keeps the case, by the clock of the database. Returns how many contents are gone.
create function anonymise_case(which bigint, under text, blank_title bytea, blank_data bytea) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  file "case";
  forgotten integer;
begin
  select * into file from "case" where id = which for update;
  if file.state is distinct from 'closed' or file.anonymised_at is not null then
    raise exception 'case % is not closed, or was anonymised before', file.number using errcode = 'check_violation';
  end if;
  if not coalesce(retained_until(file.process, file.closed_at, under) <= clock_timestamp(), false) then
    raise exception 'case % is still retained', file.number using errcode = 'check_violation';
  end if;
  if kept_by(which) is not null then
    raise exception 'case % is kept: %', file.number, kept_by(which) using errcode = 'check_violation';
  end if;

  delete from event_data where case_id = which;
  get diagnostics forgotten = row_count;
  update event set actor = null, actor_for = null, who_salt = null where case_id = which and who_hash is not null and at >= file.opened_at;
  update task set assignee = null, excluded = '{}', context = null, answer = null, closed_by = null, closed_for = null where case_id = which;
  update case_step set cause = 'forgotten:' || encode(sha256(convert_to(cause, 'UTF8')), 'hex'), body_hash = null, input = null where case_id = which;
  delete from delivery where notice_id in (select id from notice where case_id = which);
  delete from notice where case_id = which;
  delete from draft where starts_with(target, file.number || '.');
  delete from look where case_id = which;
  delete from break_glass where case_id = which;
  delete from mark where case_id = which;
  delete from restriction where case_id = which;
  delete from legal_hold where case_id = which;
  delete from participant where case_id = which;
  update "case" set title = blank_title, data = blank_data, search = '{}', subject_id = null, handler_id = null, opened_by = null,
         reopened = null, anonymised_at = clock_timestamp()
   where id = which;
  return forgotten;
end $$;

-- Whoever migrates without being a superuser needs to be the role for as long as it takes to hand the function over. The same user runs the bureau; another one is
-- granted the function by hand.
do $$
declare
  me text := current_user;
  is_superuser boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
  if not is_superuser then
    execute format('grant fivefold_archivist to %I with inherit false, set true', me);
    execute 'grant create on schema public to fivefold_archivist';
  end if;
  alter function anonymise_case owner to fivefold_archivist;
  set local role fivefold_archivist;
  revoke execute on function anonymise_case from public;
  execute format('grant execute on function anonymise_case to %I', me);
  reset role;
  if not is_superuser then
    execute 'revoke create on schema public from fivefold_archivist';
    execute format('grant fivefold_archivist to %I with set false', me);
  end if;
end $$;
