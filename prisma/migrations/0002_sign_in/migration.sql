-- Failed sign-ins are counted for the name that was given, whether or not there is such an account, and for where they came from: `key` is a hash of either.
create table sign_in_failure (
  key          bytea primary key,
  failures     integer not null,
  last_at      timestamptz not null,
  locked_until timestamptz not null
);
create index sign_in_failure_by_age on sign_in_failure (last_at);
alter table account drop column failures, drop column locked_until;

create index session_by_expiry on session (expires_at);
