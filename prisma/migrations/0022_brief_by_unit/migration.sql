-- Rows of a brief are made from the rows that they name, 50,000 in a morning: checking each again cost more than making them.
alter table brief_item
  drop constraint brief_item_task_id_fkey,
  drop constraint brief_item_case_id_fkey,
  drop constraint brief_item_unit_id_fkey;
create index brief_item_by_unit on brief_item (on_date, unit_id, due_at, task_id);
