import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DocumentId } from '../domain/documents.ts';
import type { CaseNumber, Instant, PersonId } from '../domain/ids.ts';
import type { Change } from '../domain/step.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { testRing } from '../test/key-ring.ts';
import { insertPeople, type TestPerson } from '../test/people.ts';
import { acceptanceOfSpawn, processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { accept } from './accept.ts';
import type { Bureau } from './bureau.ts';
import { eventsOf } from './events.ts';
import { noteLook } from './looks.ts';
import { openBureau } from './open-bureau.ts';
import { receiveAttachment } from './receive-attachment.ts';
import { record } from './record.ts';
import { applyRetention, pastRetention } from './retention.ts';
import { firstAlteredFile } from './verify-attachments.ts';
import { verifyChain } from './verify-chain.ts';

let database: TestDatabase;
let bureau: Bureau;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  bureau = await openBureau(database.db, testRing, { demo: false });
}, 60_000);
afterAll(() => database?.drop());

const now = () => new Date().toISOString() as Instant;
const secret = '夜班之后没有热饭';

async function open(): Promise<CaseNumber> {
  const data = { channel: 'desk', title: secret, content: secret };
  const acceptance = acceptanceOf(processOf('appeal'), { data, subject: 'li', unit: 'station-1', by: 'li' });
  const [accepted] = await accept(bureau, [{ acceptance, key: randomUUID(), bodyHash: 'x', at: now(), engineUp: true }]);
  return accepted?.number as CaseNumber;
}

const step = (number: CaseNumber, changes: readonly Change[], by: TestPerson = 'zhao') =>
  record(
    bureau,
    {
      case: number,
      cause: `${by}:${randomUUID()}`,
      at: now(),
      by: by as string as PersonId,
      for: null,
      bodyHash: 'x',
      input: secret,
      changes,
    },
    acceptanceOfSpawn,
  );

/** A document with its files. */
async function issueReply(number: CaseNumber): Promise<void> {
  const owner = 'zhao' as PersonId;
  const file = async () => {
    const bytes = Readable.from([Buffer.from(`${secret}\n`)]);
    return (await receiveAttachment(bureau, { owner, name: secret, at: new Date(), bytes })).id;
  };
  const id = DocumentId.parse(randomUUID());
  await step(number, [{ kind: 'issue-document', id, document: 'appeal-reply', letter: { title: secret } }]);
  await step(number, [{ kind: 'file-document', id, docx: await file(), pdf: await file() }]);
}

/** A case that closed eleven years ago, with all that a case can have. */
async function old(): Promise<CaseNumber> {
  const number = await open();
  await step(number, [
    { kind: 'handler', person: 'zhao' as PersonId },
    { kind: 'event', type: 'commented', data: { text: secret } },
    { kind: 'notify', to: { person: 'wang' as PersonId }, notice: 'copied' },
    { kind: 'break-glass', until: now(), reason: secret },
    { kind: 'mark', mark: 'no-retaliation', setting: 'noRetaliation' },
  ]);
  await issueReply(number);
  await noteLook(database.db, { number, person: 'wang' as PersonId, what: 'case', at: new Date() });
  await database.db.$executeRaw`insert into circulation select id, 'wang', 'zhao', now() from "case" where number = ${number}`;
  await database.db.$executeRaw`insert into succession select id, 'zhao', 'wang', now() from "case" where number = ${number}`;
  await step(number, [{ kind: 'close', outcome: 'withdrawn', data: { reason: secret } }], 'li');
  await database.db.$executeRaw`update "case" set closed_at = closed_at - interval '11 years' where number = ${number}`;
  await database.db
    .$executeRaw`update mark set ends_at = starts_at + interval '1 ms' where case_id = (select id from "case" where number = ${number})`;
  await database.db
    .$executeRaw`update feed set at = at - interval '11 years' where case_id = (select id from "case" where number = ${number})`;
  return number;
}

const due = async () => {
  const found = [];
  for await (const each of pastRetention(bureau)) found.push(each);
  return found;
};

/** Tables with rows of a case, by the column that says so. */
const tables = () => database.db.$queryRaw<{ name: string; column: string }[]>`
  select table_name as name, column_name as column from information_schema.columns
   where table_schema = 'public' and column_name in ('case_id', 'on_case', 'other_id') and table_name !~ '_\\d{4}_\\d\\d$'
  union all select 'case', 'id'`;

test('a case is kept for as long as the policy says', async () => {
  const number = await open();
  await step(number, [{ kind: 'close', outcome: 'withdrawn' }]);
  expect(await due()).toEqual([]);
  expect(await applyRetention(bureau, new Date())).toEqual([]);
});

describe('when its time has passed', () => {
  let number: CaseNumber;
  let before: { seq: number; hash: string }[];
  beforeAll(async () => {
    number = await old();
    before = (await eventsOf(bureau, number, { after: 0, limit: 100 })).map(({ seq, hash }) => ({ seq, hash }));
    expect(await due()).toMatchObject([{ number, process: 'appeal', keptBy: null }]);
    expect(await applyRetention(bureau, new Date())).toEqual([number]);
  });

  test('no row of the case names a person or holds what was written', async () => {
    const left = await Promise.all(
      (await tables()).map(async ({ name, column }) => {
        const rows = await database.db.$queryRawUnsafe<{ row: string }[]>(
          `select row_to_json(t)::text as row from "${name}" t where ${column} = (select id from "case" where number = '${number}')`,
        );
        return rows.map(({ row }) => `${name} ${row}`);
      }),
    );
    expect(left.flat().some((row) => row.startsWith('event '))).toBe(true);
    expect(left.flat().filter((row) => /"(li|zhao|wang)[":]/.test(row))).toEqual([]);
  });

  test('no piece of its files is left', async () => {
    expect(await database.db.$queryRaw`select 1 from attachment_piece`).toEqual([]);
    expect(await firstAlteredFile(bureau, number)).toBeNull();
  });

  test('its chain verifies, its events are as they were, and one more says what was done', async () => {
    const after = await eventsOf(bureau, number, { after: 0, limit: 100 });
    expect(after.slice(0, before.length).map(({ seq, hash }) => ({ seq, hash }))).toEqual(before);
    expect(after.slice(0, -1).every(({ actor, data }) => actor === null && data === undefined)).toBe(true);
    expect(after.at(-1)).toMatchObject({ type: 'anonymised', data: { policyVersion: bureau.policies.current.version } });
    expect(await verifyChain(bureau, number)).toMatchObject({ ok: true, events: before.length + 1 });
  });

  test('it is not done twice, and nothing more is recorded of it', async () => {
    expect(await applyRetention(bureau, new Date())).toEqual([]);
    await expect(anonymise(number)).rejects.toThrow(/was anonymised before/);
    await expect(step(number, [{ kind: 'event', type: 'commented' }])).rejects.toThrow(/not in the record/);
  });
});

const anonymise = (number: CaseNumber) =>
  database.db
    .$queryRaw`select anonymise_case((select id from "case" where number = ${number}), ${bureau.policies.current.version}, '', '')`;

describe('nothing is forgotten', () => {
  test('while a legal hold is in force', async () => {
    const number = await old();
    await step(number, [{ kind: 'hold', reason: '诉讼' }]);
    expect(await due()).toMatchObject([{ number, keptBy: 'hold' }]);
    expect(await applyRetention(bureau, new Date())).toEqual([]);
    await expect(anonymise(number)).rejects.toThrow(/is kept: hold/);
    await step(number, [{ kind: 'release', reason: '结案' }]);
    expect(await applyRetention(bureau, new Date())).toEqual([number]);
  });

  test('while a case that is linked with it is open', async () => {
    const number = await old();
    const other = await open();
    await database.db.$executeRaw`
      insert into case_link select a.id, 'opened', b.id, now() from "case" a, "case" b where a.number = ${number} and b.number = ${other}`;
    expect(await applyRetention(bureau, new Date())).toEqual([]);
    await expect(anonymise(number)).rejects.toThrow(/is kept: linked/);
    await step(other, [{ kind: 'close', outcome: 'withdrawn' }]);
    expect(await applyRetention(bureau, new Date())).toEqual([number]);
  });

  test('while a mark that it set is in force', async () => {
    const number = await old();
    await database.db
      .$executeRaw`update mark set ends_at = now() + interval '1 day' where case_id = (select id from "case" where number = ${number})`;
    await expect(anonymise(number)).rejects.toThrow(/is kept: in-force/);
  });

  test('of an open case, or of one that is still retained, or under a policy that is not known', async () => {
    const number = await open();
    await expect(anonymise(number)).rejects.toThrow(/is not closed/);
    await step(number, [{ kind: 'close', outcome: 'withdrawn' }]);
    await expect(anonymise(number)).rejects.toThrow(/is still retained/);
    await expect(
      database.db.$queryRaw`select anonymise_case((select id from "case" where number = ${number}), 'none', '', '')`,
    ).rejects.toThrow(/is still retained/);
  });
});

describe('nobody gets past the append-only tables', () => {
  const statements = [
    `update event set actor = null, actor_for = null, who_salt = null`,
    `update event set type = 'nothing'`,
    'delete from event',
    'delete from event_data',
    `update event_data set sealed = ''`,
    'delete from look',
    'truncate event_data',
  ];
  test.each(statements)('%s', async (statement) => {
    await expect(database.db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
  });

  test.each([
    `update event set type = 'nothing'`,
    `update event set who_hash = null`,
    'delete from event',
    `update event_data set sealed = ''`,
  ])('not even the archivist: %s', async (statement) => {
    const asArchivist = database.db.$transaction(async (tx) => {
      await tx.$executeRaw`set local role fivefold_archivist`;
      await tx.$executeRawUnsafe(statement);
    });
    await expect(asArchivist).rejects.toThrow(/append-only|permission denied/);
  });
});

test('a table that is made later is thought of, and no sealed text stays in those that are kept', async () => {
  await database.db.$executeRaw`create table later (case_id bigint references "case" (id), person_id text)`;
  const number = await old();
  await database.db.$executeRaw`insert into later select id, 'li' from "case" where number = ${number}`;
  expect(await applyRetention(bureau, new Date())).toEqual([number]);
  expect(await database.db.$queryRaw`select * from later`).toEqual([]);
  for (const table of ['case', 'task', 'case_step']) {
    const sealed = await database.db.$queryRaw<{ name: string }[]>`
      select column_name as name from information_schema.columns where table_name = ${table} and data_type = 'bytea'`;
    const left = await database.db.$queryRawUnsafe<Record<string, unknown>[]>(
      `select ${sealed.map(({ name }) => name).join(', ')} from "${table}" where ${table === 'case' ? 'id' : 'case_id'} = (select id from "case" where number = '${number}')`,
    );
    const names = left.flatMap((row) => Object.keys(row).filter((name) => row[name] !== null));
    expect([table, [...new Set(names)]]).toEqual([table, table === 'case' ? ['title', 'data'] : []]);
  }
});
