import type { AttachmentId } from '../domain/attachments.ts';
import type { CaseNumber, PersonId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** Remembers that someone looked at a case, at most once an hour for each person, case and kind of look, and gives the receipt of a copy. Uses look_recent and circulation_pkey. */
export const noteLook = (
  db: Database,
  { number, person, what, at }: { number: CaseNumber; person: PersonId; what: string; at: Date },
): Promise<number> =>
  db.$executeRaw`
    with receipt as (
      update circulation r set read_at = ${at} from "case" c
       where c.number = ${number} and r.case_id = c.id and r.person_id = ${person} and r.read_at is null)
    insert into look (case_id, person_id, what, at)
    select c.id, ${person}, ${what}, ${at} from "case" c
     where c.number = ${number}
       and not exists (select 1 from look l where l.case_id = c.id and l.person_id = ${person} and l.what = ${what} and l.at > ${at}::timestamptz - interval '1 hour')`;

/** Before the id of a file that was looked at. */
const FILE_LOOK = 'attachment ';

/** Remembers that someone opened a file of a case: each time, unlike other looks. */
export const noteFileLook = (
  db: Database,
  { number, person, id, at }: { number: CaseNumber; person: PersonId; id: AttachmentId; at: Date },
): Promise<number> =>
  db.$executeRaw`
    insert into look (case_id, person_id, what, at) select id, ${person}, ${FILE_LOOK + id}, ${at} from "case" where number = ${number}`;

/** Who opened a file of a case, oldest first. Uses look_by_case. */
export const looksAtFiles = (db: Database, number: CaseNumber): Promise<(Omit<Look, 'what'> & { readonly id: AttachmentId })[]> =>
  db.$queryRaw`
    select substr(l.what, ${FILE_LOOK.length + 1}::integer) as id, l.person_id as person, p.name, l.at
      from look l join "case" c on c.id = l.case_id join person p on p.id = l.person_id
     where c.number = ${number} and starts_with(l.what, ${FILE_LOOK}) order by l.id`;

export interface Look {
  readonly person: PersonId;
  readonly name: string;
  readonly what: string;
  readonly at: Date;
}

/** Who looked at a case, newest first; the data's owner may know. Uses look_by_case. */
export const looksAt = (db: Database, number: CaseNumber): Promise<Look[]> =>
  db.$queryRaw`
    select l.person_id as person, p.name, l.what, l.at
      from look l join "case" c on c.id = l.case_id join person p on p.id = l.person_id
     where c.number = ${number} order by l.id desc limit 500`;
