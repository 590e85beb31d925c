import type { CaseNumber, PersonId } from '../../domain/ids.ts';
import type { Database } from '../../platform/database.ts';

export interface ReaderRow {
  readonly person: PersonId;
  readonly name: string;
  readonly by: PersonId;
  readonly at: Date;
  readonly readBy: Date | null;
  readonly readAt: Date | null;
}

/** To whom a case was circulated, who has read it and who has not, in the order in which it went out. Uses circulation_pkey. */
export const readersOf = (db: Database, number: CaseNumber): Promise<ReaderRow[]> =>
  db.$queryRaw`
    select r.person_id as person, p.name, r.by_id as by, r.at, r.read_by as "readBy", r.read_at as "readAt"
      from "case" c join circulation r on r.case_id = c.id join person p on p.id = r.person_id
     where c.number = ${number} order by r.at, r.person_id`;

export interface LateReader {
  readonly number: CaseNumber;
  readonly person: PersonId;
  readonly cause: string;
}

/** Who was to have read a case by `at`, has not, and was not reminded of it. Whoever stood down or left is left alone. Uses circulation_unread. */
export const lateReaders = (db: Database, at: Date, limit: number): Promise<LateReader[]> =>
  db.$queryRaw`
    select c.number, r.person_id as person, 'read-by:' || r.person_id || ':' || (extract(epoch from r.read_by) * 1000)::bigint as cause
      from circulation r join "case" c on c.id = r.case_id join person p on p.id = r.person_id
     where r.read_at is null and r.reminded_at is null and r.read_by <= ${at} and (p.left_at is null or p.left_at > ${at})
       and not exists (select 1 from participant s where s.case_id = r.case_id and s.person_id = r.person_id and s.role = 'recused')
     order by r.read_by limit ${limit}`;

export const markReminded = (db: Database, { number, person }: LateReader, at: Date): Promise<number> =>
  db.$executeRaw`
    update circulation r set reminded_at = ${at} from "case" c where c.number = ${number} and r.case_id = c.id and r.person_id = ${person}`;
