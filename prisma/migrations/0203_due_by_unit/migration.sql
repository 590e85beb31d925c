-- What a unit owes next. That most of a unit's newest cases are open case_by_unit knows as well.
drop index case_open_by_unit;
create index case_due_by_unit on "case" (unit_id, due_at, id) where due_at is not null;
