-- Of a start, what is chosen beside its form: the unit, and whom it is for.
alter table draft add column beside bytea; -- sealed
