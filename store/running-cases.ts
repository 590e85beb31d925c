import type { CaseNumber } from '../domain/ids.ts';
import type { Bureau } from './bureau.ts';

const PAGE = 500;

/** Every case that has a workflow and is not closed, oldest first, read a page at a time. Uses case_running. */
export async function* runningCases({ db }: Pick<Bureau, 'db'>): AsyncGenerator<CaseNumber> {
  for (let after = '0'; ; ) {
    const page = await db.$queryRaw<{ id: string; number: CaseNumber }[]>`
      select id::text, number from "case" where begun and state <> 'closed' and id > ${after}::bigint order by id limit ${PAGE}`;
    yield* page.map(({ number }) => number);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}
