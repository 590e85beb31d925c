import { Prisma } from '../generated/prisma/client.ts';
import type { Transaction } from '../platform/database.ts';

/** Cases whose events are read with one statement, and so as of one moment. */
const CASES_PER_PAGE = 500;
const HEADS_PER_PAGE = 20_000;

/**
 * The record as lines of JSON, for whoever checks it without trusting us (scripts/verify-export.mjs; format: docs/reference/record-export.md). Checkpoints come
 * first, so that every case is at least as far as what was signed. It holds no contents and no person: the hashes stand for them, but in events from before 0.2.0,
 * whose hash covers the ids themselves.
 */
export async function* exportedRecord({ db }: { readonly db: Transaction }, at: Date): AsyncGenerator<string> {
  yield JSON.stringify({ record: 1, at: at.toISOString() });
  yield* exportedCheckpoints(db);
  const counted = { cases: 0, events: 0 };
  for (let after = '0'; ; ) {
    const [page] = await db.$queryRaw<[{ last: string | null; cases: number; lines: string[] | null }]>(eventPage(after));
    if (page.last === null) break;
    const lines = page.lines ?? [];
    yield* lines;
    counted.cases += page.cases;
    counted.events += lines.length - page.cases;
    after = page.last;
  }
  yield JSON.stringify({ end: counted });
}

async function* exportedCheckpoints(db: Transaction): AsyncGenerator<string> {
  const [{ newest }] = await db.$queryRaw<[{ newest: number }]>`select coalesce(max(number), 0) as newest from record_checkpoint`;
  for (let number = 1; number <= newest; number++) {
    const checkpoint = await db.$queryRaw<{ line: string }[]>`
      select json_build_object('checkpoint', json_build_object('number', number, 'at', ${utc(Prisma.sql`at`)}, 'cases', cases, 'root', root,
             'previous', previous, 'hash', hash, 'publicKey', public_key, 'signature', signature))::text as line
        from record_checkpoint where number = ${number}`;
    yield* checkpoint.map(({ line }) => line);
    for (let after = -1; ; ) {
      const heads = await db.$queryRaw<{ position: number; line: string }[]>`
        select position, json_build_object('head', json_build_object('position', position, 'case', number, 'seq', seq, 'hash', hash))::text as line
          from record_head where checkpoint = ${number} and position > ${after} order by position limit ${HEADS_PER_PAGE}`;
      yield* heads.map(({ line }) => line);
      const last = heads.at(-1);
      if (last === undefined || heads.length < HEADS_PER_PAGE) break;
      after = last.position;
    }
  }
}

const utc = (instant: Prisma.Sql): Prisma.Sql => Prisma.sql`to_char(${instant} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Of each case its events, in order, and then where the case says that they end. */
const eventPage = (after: string): Prisma.Sql => Prisma.sql`
  with page as (select id, number, opened_at, head_seq, head_hash from "case" where id > ${after}::bigint order by id limit ${CASES_PER_PAGE}),
  lines as (
    select p.id, e.seq, json_build_object('event', json_strip_nulls(json_build_object('case', p.number, 'seq', e.seq, 'at', ${utc(Prisma.sql`e.at`)}, 'type', e.type,
           'actor', case when e.who_hash is null then e.actor end, 'actorFor', case when e.who_hash is null then e.actor_for end, 'whoHash', e.who_hash,
           'task', e.task_id, 'dataHash', e.data_hash, 'prevHash', e.prev_hash, 'hash', e.hash)))::text as line
      from page p join event e on e.case_id = p.id
    union all
    select id, null, json_build_object('case', json_build_object('number', number, 'seq', head_seq, 'hash', head_hash))::text from page)
  select (select max(id)::text from page) as last, (select count(*)::integer from page) as cases,
         (select array_agg(line order by id, seq nulls last) from lines) as lines`;
