-- 文书: what was issued in a case, each under a number of its own (文号). The record has its whole text in an event; the files are attachments made of it.
create table document (
  id        text primary key,
  case_id   bigint not null references "case" (id),
  kind      text not null,
  number    text not null unique,
  issued_at timestamptz not null,
  issued_by text not null references person (id),
  letter    bytea not null,                            -- sealed
  replaces  text unique,                               -- the document that it corrects
  docx      text,                                      -- its files, once they are made
  pdf       text
);
create index document_by_case on document (case_id, issued_at, id);

-- Running numbers, without gaps: moved in the transaction that issues. They outlast what retention removes.
create table document_counter (
  series text not null,
  year   integer not null,
  last   integer not null,
  primary key (series, year)
);

-- What was issued stays as it is; only its files are added, once.
create function guard_document() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_user = 'fivefold_archivist' then
    return old;
  end if;
  if tg_op = 'UPDATE' and old.docx is null and old.pdf is null and to_jsonb(new) - array['docx', 'pdf'] = to_jsonb(old) - array['docx', 'pdf'] then
    return new;
  end if;
  raise exception 'document %: % refused', old.number, tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger document_guarded before update or delete on document for each row execute function guard_document();
create trigger document_no_truncate before truncate on document for each statement execute function refuse_change();
