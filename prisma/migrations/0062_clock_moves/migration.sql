-- What has moved the date of a task since its limit began, in order: {from, to} of a pause, {by} of an extension. The date can be reckoned anew from it when the calendar changes.
alter table task add column moves jsonb not null default '[]';
