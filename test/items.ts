import { randomUUID } from 'node:crypto';
import type { CaseNumber, ItemId, PersonId } from '../domain/ids.ts';
import type { Change } from '../domain/step.ts';
import { note } from '../store/steps.ts';
import type { TestBureau } from './bureau.ts';
import type { TestPerson } from './people.ts';

export interface TestItem {
  readonly id: ItemId;
  readonly key: string;
  readonly person: PersonId | null;
  readonly unit: string;
  readonly assignee: string | null;
  readonly state: string;
  readonly struckAs: string | null;
  readonly level: number;
  readonly dueAt: Date;
}

export const itemsOf = ({ bureau }: TestBureau, number: CaseNumber): Promise<TestItem[]> =>
  bureau.db.$queryRaw<TestItem[]>`
    select i.id::text, i.key, i.person_id as person, i.unit_id as unit, i.assignee, i.state, i.struck_as as "struckAs", i.level, i.due_at as "dueAt"
      from round_item i join "case" c on c.id = i.case_id where c.number = ${number} order by i.id`;

/** What the API notes where someone does something with an item. */
export async function noteItem(bureau: TestBureau, number: CaseNumber, by: TestPerson, change: Change): Promise<void> {
  const at = new Date(await bureau.now());
  const key = randomUUID();
  const who = by as string as PersonId;
  await note(bureau.bureau, { case: number, cause: `${who}:${key}`, at, by: who, for: null, bodyHash: 'test', changes: [change] });
}

/** Counted from the rows, not by the code under test. */
export const isCountRight = async ({ bureau }: TestBureau): Promise<boolean> => {
  const [row] = await bureau.db.$queryRaw<[{ wrong: number }]>`
    select count(*)::int as wrong from (select case_id, key, unit_id, state, count(*)::int as items from round_item group by 1, 2, 3, 4) counted
      full join (select * from round_count where items <> 0) kept using (case_id, key, unit_id, state) where counted.items is distinct from kept.items`;
  return row.wrong === 0;
};
