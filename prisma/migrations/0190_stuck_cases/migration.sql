-- Open cases whose workflow did not move when it was last looked at (store/stuck-cases.ts). One that moves again, or closes, is taken out.
create table stuck_case (
  case_id bigint primary key references "case" (id),
  kind text not null check (kind in ('missing', 'ended', 'failing')),
  since timestamptz not null,
  seen_at timestamptz not null,
  looks integer not null default 1
);
