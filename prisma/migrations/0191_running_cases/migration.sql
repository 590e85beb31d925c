-- The reconciler goes through the open cases every ten minutes: without this it would read the closed ones too.
create index case_running on "case" (id) where begun and state <> 'closed';
