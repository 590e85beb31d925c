-- Forgetting a case takes every table that has rows of it by `case_id`, also those that are made later: only what the record is made of stays.
-- Kept: the case, its events, its tasks and steps without their persons and contents, what it waited for, what it is linked with.

-- The archivist may delete whatever belongs to a case, but neither events nor checkpoints.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if current_user = 'fivefold_archivist' then
    if tg_op = 'DELETE' and tg_table_name !~ '^(event$|event_\d|record_)' then
      return old;
    end if;
    if tg_op = 'UPDATE' and (tg_table_name = 'event' or tg_table_name ~ '^event_\d')
       and to_jsonb(new) = to_jsonb(old) || '{"actor": null, "actor_for": null, "who_salt": null}' and to_jsonb(new) ->> 'who_hash' is not null then
      return new;
    end if;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;

-- Only its owner may replace the function. Whoever migrates without being a superuser becomes it for that long, as in 0081.
do $$ begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant fivefold_archivist to %I with inherit false, set true', current_user);
  end if;
end $$;
grant create on schema public to fivefold_archivist;
set local role fivefold_archivist;

create or replace function anonymise_case(which bigint, under text, blank_title bytea, blank_data bytea) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  file "case";
  forgotten integer;
  belonging text;
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
  delete from draft where starts_with(target, file.number || '.');
  for belonging in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attname = 'case_id' and not a.attisdropped
       and c.relname not in ('event', 'event_data', 'task', 'case_step', 'case_wait', 'case_link', 'feed')
  loop
    execute format('delete from %I where case_id = $1', belonging) using which;
  end loop;
  update "case" set title = blank_title, data = blank_data, first_data = null, search = '{}', subject_id = null, handler_id = null, opened_by = null,
         reopened = null, anonymised_at = clock_timestamp()
   where id = which;
  return forgotten;
end $$;

reset role;
revoke create on schema public from fivefold_archivist;
do $$ begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant fivefold_archivist to %I with set false', current_user);
  end if;
end $$;
