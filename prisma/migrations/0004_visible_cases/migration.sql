-- Each alternative of what someone may see of a list of cases needs an index of its own (store/visible.ts).
create index case_open_to_all on "case" (opened_at desc, id desc) where confidentiality = 'open';
create index case_by_opener on "case" (opened_by);
