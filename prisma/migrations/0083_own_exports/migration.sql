-- Who took their own file out of the house, and when.
create table own_export (
  person_id text not null references person (id),
  at        timestamptz not null,
  cases     integer not null,
  primary key (person_id, at)
);
create trigger own_export_append_only before update or delete on own_export for each row execute function refuse_change();
create trigger own_export_no_truncate before truncate on own_export for each statement execute function refuse_change();
