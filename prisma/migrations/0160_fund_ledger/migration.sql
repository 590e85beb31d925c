-- The ledger of the bureau's funds: double entry, append-only, one hash chain per fund (docs/decisions/0027-a-fund-is-a-ledger-in-the-record.md).
-- Amounts are whole fen. A posting to `bank` above zero is money that comes in; the postings of an entry sum to zero.
create table fund (
  id        text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name      text not null,
  -- How many entries it has; moved with its head under the lock of this row, so that numbers have no gaps.
  entries   bigint not null default 0,
  head_hash text not null default ''
);
insert into fund (id, name) values ('mutual-aid', '困难互助金');

-- Kept balances. The database itself refuses to pay what is not there.
create table fund_account (
  fund_id text not null references fund (id),
  account text not null check (account in ('bank', 'contributions', 'aid')),
  balance bigint not null default 0,
  primary key (fund_id, account),
  constraint fund_never_below_zero check (account <> 'bank' or balance >= 0)
);
insert into fund_account (fund_id, account) values ('mutual-aid', 'bank'), ('mutual-aid', 'contributions'), ('mutual-aid', 'aid');

-- What somebody asks for and a second person decides: money that came in, an entry to be reversed.
create table fund_request (
  id         bigint generated always as identity primary key,
  fund_id    text not null references fund (id),
  kind       text not null check (kind in ('contribution', 'reversal')),
  fen        bigint not null check (fen > 0),
  -- Number of the entry to be reversed.
  reverses   bigint,
  memo       bytea not null,
  asked_by   text not null references person (id),
  asked_at   timestamptz not null,
  asked_key  text not null,
  state      text not null default 'open' check (state in ('open', 'booked', 'refused')),
  decided_by text references person (id),
  decided_at timestamptz,
  reasons    bytea,
  check ((kind = 'reversal') = (reverses is not null)),
  check ((state = 'open') = (decided_by is null)),
  check (decided_by is distinct from asked_by),
  unique (asked_by, asked_key)
);
create index fund_request_open on fund_request (fund_id, id) where state = 'open';

create table fund_entry (
  fund_id      text not null references fund (id),
  no           bigint not null,
  kind         text not null check (kind in ('contribution', 'payment', 'reversal')),
  at           timestamptz not null,
  -- The bureau's day, which says in which month it stands.
  booked_on    date not null,
  fen          bigint not null check (fen > 0),
  case_id      bigint references "case" (id),
  -- Which payment of the case: the next one only after the one before was reversed.
  nth          integer,
  reverses     bigint,
  request_id   bigint unique references fund_request (id),
  entered_by   text references person (id),
  confirmed_by text references person (id),
  prev_hash    text not null,
  hash         text not null,
  primary key (fund_id, no),
  foreign key (fund_id, reverses) references fund_entry (fund_id, no),
  unique (fund_id, reverses),
  check ((kind = 'payment') = (nth is not null)),
  check ((kind = 'reversal') = (reverses is not null)),
  check (kind <> 'payment' or case_id is not null)
);
-- No payment twice.
create unique index fund_payment on fund_entry (case_id, nth) where kind = 'payment';
create index fund_entry_by_day on fund_entry (fund_id, booked_on, no);

create table fund_posting (
  fund_id text not null,
  no      bigint not null,
  account text not null,
  fen     bigint not null check (fen <> 0),
  primary key (fund_id, no, account),
  foreign key (fund_id, no) references fund_entry (fund_id, no),
  foreign key (fund_id, account) references fund_account (fund_id, account)
);

-- A month that is closed: what it ended with. Nothing is booked into it any more.
create table fund_month (
  fund_id   text not null references fund (id),
  month     text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  closing   bigint not null,
  -- What the bank's statement says, which must be the same.
  statement bigint not null,
  entries   bigint not null,
  head_hash text not null,
  closed_at timestamptz not null,
  closed_by text not null references person (id),
  primary key (fund_id, month),
  check (statement = closing)
);

create function fund_balance_moves() returns trigger language plpgsql as $$
begin
  update fund_account set balance = balance + new.fen where fund_id = new.fund_id and account = new.account;
  return new;
end $$;
create trigger fund_posting_moves_balance after insert on fund_posting for each row execute function fund_balance_moves();

create function fund_month_is_open() returns trigger language plpgsql as $$
begin
  if exists (select 1 from fund_month where fund_id = new.fund_id and month >= to_char(new.booked_on, 'YYYY-MM')) then
    raise exception 'the month of % is closed', new.booked_on using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fund_entry_in_open_month before insert on fund_entry for each row execute function fund_month_is_open();

create function fund_entry_balances() returns trigger language plpgsql as $$
begin
  if (select count(*) < 2 or sum(fen) <> 0 from fund_posting where fund_id = new.fund_id and no = new.no) then
    raise exception 'entry % of % does not balance', new.no, new.fund_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger fund_entry_sums_to_zero after insert on fund_entry deferrable initially deferred for each row execute function fund_entry_balances();
create constraint trigger fund_posting_sums_to_zero after insert on fund_posting deferrable initially deferred for each row execute function fund_entry_balances();

create trigger fund_entry_append_only before update or delete on fund_entry for each row execute function refuse_change();
create trigger fund_entry_no_truncate before truncate on fund_entry for each statement execute function refuse_change();
create trigger fund_posting_append_only before update or delete on fund_posting for each row execute function refuse_change();
create trigger fund_posting_no_truncate before truncate on fund_posting for each statement execute function refuse_change();
create trigger fund_month_append_only before update or delete on fund_month for each row execute function refuse_change();
create trigger fund_month_no_truncate before truncate on fund_month for each statement execute function refuse_change();
