-- What sort of rule an entry of the library is, and what a breach of it may lead to.
alter table rule add column kind text not null default 'law', add column allows jsonb not null default '{}';
