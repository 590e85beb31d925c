-- Of a task that is due at a checkpoint: when its limit began, which is not when it opened, and the day of the tier that it is for.
alter table task add column clock_from timestamptz, add column checkpoint smallint;
