-- Finds the submissions that a crash may have taken from the workflow (store/submissions.ts).
create index case_step_by_time on case_step (at) where input is not null;
