-- A case may limit the rights of several people: one with two investigations decides about each of them.
alter table restriction drop constraint restriction_pkey;
alter table restriction add primary key (case_id, kind, person_id);
