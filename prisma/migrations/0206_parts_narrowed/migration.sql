-- Whoever has thousands of parts in cases and asks for something that no office of theirs shows had each of those cases looked up: what most filters ask of a case stands beside the part
-- (store/visible.ts). Null where it is not known: such a part is looked up as before.
alter table participant
  add column process text,
  -- When the case was opened.
  add column opened_at timestamptz,
  -- Whether the case is closed.
  add column ended boolean;
update participant p set process = c.process, opened_at = c.opened_at, ended = c.state = 'closed' from "case" c where c.id = p.case_id;
drop index participant_by_person;
create index participant_by_person on participant (person_id, role, case_id) include (process, opened_at, ended);

create function note_ended() returns trigger language plpgsql as $$
begin
  update participant set ended = new.state = 'closed' where case_id = new.id;
  return null;
end $$;
create trigger case_ended after update of state on "case" for each row
  when ((old.state = 'closed') is distinct from (new.state = 'closed')) execute function note_ended();
