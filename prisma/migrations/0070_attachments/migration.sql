-- Files of cases, sealed piece by piece (docs/decisions/0018-attachments-in-the-database.md). One that no case has used yet is its owner's alone, and goes after a day.
create table attachment (
  id          text primary key,
  owner_id    text not null references person (id),    -- who uploaded it
  uploaded_at timestamptz not null,
  type        text,                                    -- by its content; null while it is still being received
  size        bigint,                                  -- bytes of the file itself
  label       bytea,                                   -- sealed: its name and SHA-256
  case_id     bigint references "case" (id),
  task_id     text references task (id),               -- null where the intake names it
  bound_at    timestamptz,
  withheld    boolean not null default false,          -- left out of what the person heard is shown
  check ((type is null) = (size is null) and (type is null) = (label is null)),
  check (case_id is null or type is not null),
  check ((case_id is null) = (bound_at is null))
);
create index attachment_by_case on attachment (case_id, bound_at, id) where case_id is not null;
create index attachment_unused on attachment (owner_id, uploaded_at) where case_id is null;

create table attachment_piece (
  attachment_id text not null references attachment (id) on delete cascade,
  nth           integer not null,
  sealed        bytea not null,
  primary key (attachment_id, nth)
);
-- Ciphertext does not get smaller.
alter table attachment_piece alter column sealed set storage external;

-- Once received a file is never replaced, once a case has it never removed: but for retention, which removes all that a case held.
create function guard_attachment() returns trigger language plpgsql as $$
declare
  may_change text[] := case when old.case_id is not null then array['withheld'] else array['case_id', 'task_id', 'bound_at'] end;
begin
  if tg_op = 'DELETE' and (old.case_id is null or current_user = 'fivefold_archivist') then
    return old;
  end if;
  if tg_op = 'UPDATE' and (old.type is null or to_jsonb(new) - may_change = to_jsonb(old) - may_change) and new.id = old.id then
    return new;
  end if;
  raise exception 'attachment %: % refused', old.id, tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger attachment_guarded before update or delete on attachment for each row execute function guard_attachment();
create trigger attachment_no_truncate before truncate on attachment for each statement execute function refuse_change();

create function guard_attachment_piece() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and exists (select from attachment where id = new.attachment_id and type is null) then
    return new;
  end if;
  if tg_op = 'DELETE' and not exists (select from attachment where id = old.attachment_id and case_id is not null) then
    return old;
  end if;
  raise exception 'pieces of an attachment: % refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger attachment_piece_guarded before insert or update or delete on attachment_piece for each row execute function guard_attachment_piece();
create trigger attachment_piece_no_truncate before truncate on attachment_piece for each statement execute function refuse_change();
