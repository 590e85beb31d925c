-- What an office shows of somebody's cases is of one level: an order for each.
drop index case_by_handler;
create index case_by_handler on "case" (handler_id, confidentiality, opened_at desc, id desc);
