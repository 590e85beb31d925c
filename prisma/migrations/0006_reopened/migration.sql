-- What the run that a reopening starts goes on from, as it was then: {handler, tasks, steps}. Later steps change all three.
alter table "case" add column reopened jsonb;
