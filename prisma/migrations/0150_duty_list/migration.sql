-- The duty list: emergencies that nobody has answered yet, oldest first. They are few at any time.
create index task_unanswered on task (opened_at, id) where urgent and state = 'open';
