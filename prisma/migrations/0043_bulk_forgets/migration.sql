-- What was written for a bulk is kept only until it has ended.
alter table bulk alter column params drop not null;
create index bulk_previewed on bulk (at) where state = 'previewed';
