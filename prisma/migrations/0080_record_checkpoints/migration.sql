-- Who did an event enters its hash as a salted hash of its own, so that a rule can forget the person and the chain still verifies (domain/chain.ts).
-- Null in `who_hash`: an event from before this, whose hash covers the ids themselves.
alter table event add column who_salt text, add column who_hash text;

-- Signed statements of where the chains of all cases ended (store/record-checkpoint.ts): each names the one before by its hash.
create table record_checkpoint (
  number     integer primary key,
  at         timestamptz not null,
  cases      integer not null,
  root       text not null,                            -- of the Merkle tree over the heads of all cases
  previous   text not null,                            -- hash of the checkpoint before; 64 zeros for the first
  hash       text not null,
  public_key text not null,
  signature  text not null
);

-- The head of each case as of a checkpoint, kept where it changed since the one before. `position` is the case's leaf, for good.
-- No foreign key to "case": that a case is gone must show.
create table record_head (
  checkpoint integer not null references record_checkpoint (number) deferrable initially deferred,
  position   integer not null,
  number     text not null,
  seq        integer not null,
  hash       text not null,
  primary key (position, checkpoint)
);
create index record_head_by_number on record_head (number, checkpoint desc);
create index record_head_by_checkpoint on record_head (checkpoint, position);

-- Roots of the blocks of 1,024 leaves that changed with a checkpoint: a proof reads one block and these, not every case.
create table record_block (
  checkpoint integer not null references record_checkpoint (number) deferrable initially deferred,
  block      integer not null,
  root       text not null,
  primary key (block, checkpoint)
);

create trigger record_checkpoint_append_only before update or delete on record_checkpoint for each row execute function refuse_change();
create trigger record_checkpoint_no_truncate before truncate on record_checkpoint for each statement execute function refuse_change();
create trigger record_head_append_only before update or delete on record_head for each row execute function refuse_change();
create trigger record_head_no_truncate before truncate on record_head for each statement execute function refuse_change();
create trigger record_block_append_only before update or delete on record_block for each row execute function refuse_change();
create trigger record_block_no_truncate before truncate on record_block for each statement execute function refuse_change();
