-- Whoever reports by name sees what came of it, and no more of the file than an anonymous reporter does.
update participant set role = 'reporter'
  where role = 'appellant' and case_id in (select id from "case" where process = 'clue')
    and not exists (select 1 from participant other where other.case_id = participant.case_id and other.person_id = participant.person_id and other.role = 'reporter');
