-- When the clocks of a case stood still: [{from, to}], `to` null while they do.
alter table "case" add column suspensions jsonb not null default '[]';
-- The sealed intake form that the present run of its workflow began with, where it was amended since.
alter table "case" add column first_data bytea;
