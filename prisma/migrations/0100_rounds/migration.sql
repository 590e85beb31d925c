-- A round's case is opened by the bureau itself, by no person.
alter table "case" drop constraint case_opened_by_someone;
-- A period of a round has one case, whatever crashes, is repeated or comes twice.
create unique index case_step_round on case_step (cause) where cause like 'round:%';
