-- The steps that a case's workflow takes are counted: one that lost some in a crash knows of fewer than the record has (store/lost-steps.ts).
alter table "case" add column steps integer not null default 0;
-- Which of them a step is; null for what does not go through the workflow.
alter table case_step add column nth integer;
