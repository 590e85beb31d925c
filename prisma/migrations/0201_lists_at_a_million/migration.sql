-- Each way of coming to see cases and tasks is read by itself, in the order of an index and no further than a page (store/lists/case-parts.ts): what the filters of a list ask for needs one
-- that is in that order.
-- Whoever sees a process by an office sees one level of it: an order for each.
drop index case_by_process;
create index case_by_process on "case" (process, confidentiality, opened_at desc, id desc);
drop index case_by_opener;
create index case_by_opener on "case" (opened_by, opened_at desc, id desc);
-- Closed cases owe nobody anything. Takes the place of case_open_by_due, which an order without `state` could not use.
drop index case_open_by_due;
create index case_by_due on "case" (due_at, id) where due_at is not null;
-- What is open is a tenth of all, and what most lists are about.
create index case_open_by_unit on "case" (unit_id, opened_at desc, id desc) where state <> 'closed';
create index case_open_by_stage on "case" (stage, opened_at desc, id desc) where state <> 'closed';
create index case_open_by_level on "case" (level, opened_at desc, id desc) where state <> 'closed' and level > 0;

-- With the case, so that the cases of somebody's tasks are known without the tasks.
drop index task_open_by_assignee;
create index task_open_by_assignee on task (assignee, due_at, id) include (case_id) where state = 'open';
drop index task_open_by_role;
create index task_open_by_role on task (role, unit_id, due_at, id) include (case_id) where state = 'open' and assignee is null;
create index task_open_by_unit on task (unit_id, due_at, id) where state = 'open';
create index task_open_by_opened on task (opened_at, id) where state = 'open';
create index task_closed_by_due on task (state, due_at, id) where state <> 'open';
create index task_closed_by on task (closed_by, due_at, id) where closed_by is not null;
create index task_closed_for on task (closed_for, due_at, id) where closed_for is not null;

-- What part it was decides what somebody sees by it.
drop index participant_by_person;
create index participant_by_person on participant (person_id, role, case_id);

-- What goes together: a level and the stages belong to a process, a stage to a state. Taken for independent, rare things look frequent and frequent ones rare.
create statistics case_kinds (mcv) on process, confidentiality, state, stage from "case";
alter statistics case_kinds set statistics 500;
create statistics case_levels (mcv) on state, level from "case";
