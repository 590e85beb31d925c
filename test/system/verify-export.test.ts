import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventHash, genesisHash } from '../../domain/chain.ts';
import type { CaseNumber, Instant, PersonId } from '../../domain/ids.ts';
import { leafHash, rootOfPath } from '../../domain/merkle.ts';
import { checkpointHash, checkpointText } from '../../domain/record-checkpoint.ts';
import type { Transaction } from '../../platform/database.ts';
import { signingKey } from '../../platform/ed25519.ts';
import { accept } from '../../store/accept.ts';
import type { Bureau } from '../../store/bureau.ts';
import { exportedRecord } from '../../store/export-record.ts';
import { inclusionOf } from '../../store/inclusion.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { record } from '../../store/record.ts';
import { type RecordCheckpoint, takeCheckpoint } from '../../store/record-checkpoint.ts';
import { verifyChain } from '../../store/verify-chain.ts';
import { acceptanceOfSpawn, processOf } from '../../workflows/definitions.ts';
import { acceptanceOf } from '../../workflows/kit/acceptance.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { testRing } from '../key-ring.ts';
import { insertPeople } from '../people.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-export-'));
const script = fileURLToPath(new URL('../../scripts/verify-export.mjs', import.meta.url));
const [{ publicKey }] = testRing.signingKeys;
let database: TestDatabase;
let bureau: Bureau;
let numbers: CaseNumber[];
let first: RecordCheckpoint;

beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  bureau = await openBureau(database.db, testRing, { demo: false });
  numbers = [await open(), await open(), await open()];
  for (const number of numbers) for (const text of ['一', '二', '三']) await comment(number, text);
  first = await checkpoint();
  numbers.push(await open());
  await comment(the(1), '四');
  await checkpoint();
  await open(); // younger than the newest checkpoint
  await comment(the(0), '五');
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database?.drop();
});

const the = (index: number): CaseNumber => numbers[index] ?? ('' as CaseNumber);
const now = () => new Date().toISOString() as Instant;

async function open(): Promise<CaseNumber> {
  const data = { channel: 'desk', title: '食堂', content: '午餐偏冷。' };
  const acceptance = acceptanceOf(processOf('appeal'), { data, subject: 'li', unit: 'station-1', by: 'li' });
  const [accepted] = await accept(bureau, [{ acceptance, key: randomUUID(), bodyHash: 'x', at: now(), engineUp: true }]);
  return accepted?.number as CaseNumber;
}

const comment = (number: CaseNumber, text: string) =>
  record(
    bureau,
    {
      case: number,
      cause: `li:${randomUUID()}`,
      at: now(),
      by: 'li' as PersonId,
      for: null,
      bodyHash: 'x',
      changes: [{ kind: 'event', type: 'commented', data: { text } }],
    },
    acceptanceOfSpawn,
  );

async function checkpoint(): Promise<RecordCheckpoint> {
  const { taken, faults } = await takeCheckpoint(bureau, new Date());
  if (!taken) throw new Error(JSON.stringify(faults));
  return taken;
}

const exported = (db: Transaction): Promise<string[]> => Readable.from(exportedRecord({ db }, new Date())).toArray();

async function verified(db: Transaction, ...options: string[]): Promise<{ code: number; said: string }> {
  const file = path.join(folder, `${randomUUID()}.jsonl`);
  const lines = await exported(db);
  writeFileSync(file, lines.join('\n'));
  return run(file, ...options);
}

const run = (file: string, ...options: string[]): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [script, file, '--key', publicKey, ...options], (_error, said) =>
      resolve({ code: child.exitCode ?? -1, said }),
    );
  });

/** Does something to the database that its triggers and keys would refuse, as whoever owns the machine could, looks at it, and undoes it. */
async function tampered<T>(tamper: (tx: Transaction) => Promise<unknown>, look: (tx: Transaction) => Promise<T>): Promise<T> {
  const undo = new Error('undo');
  let seen: T | undefined;
  await database.db
    .$transaction(
      async (tx) => {
        await tx.$executeRaw`set local session_replication_role = replica`;
        await tamper(tx);
        seen = await look(tx);
        throw undo;
      },
      { timeout: 30_000 },
    )
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return seen as T;
}

const caseId = (number: CaseNumber) => `(select id from "case" where number = '${number}')`;

/** Writes a chain anew from an event on, with hashes that fit, as someone with all rights over the database would. */
async function rewrite(tx: Transaction, number: CaseNumber, change: (event: Rewritten) => void): Promise<void> {
  const events = await tx.$queryRawUnsafe<Rewritten[]>(
    `select seq, at, type, actor, actor_for as "actorFor", who_hash as "whoHash", task_id as task, data_hash as "dataHash" from event where case_id = ${caseId(number)} order by seq`,
  );
  let prevHash = genesisHash;
  for (const event of events) {
    change(event);
    const hash = eventHash({ ...event, number, at: event.at.toISOString() as Instant, prevHash });
    await tx.$executeRawUnsafe(
      `update event set type = '${event.type}', prev_hash = '${prevHash}', hash = '${hash}' where case_id = ${caseId(number)} and seq = ${event.seq}`,
    );
    prevHash = hash;
  }
  await tx.$executeRaw`update "case" set head_hash = ${prevHash} where number = ${number}`;
}

type Rewritten = {
  seq: number;
  at: Date;
  type: string;
  actor: PersonId | null;
  actorFor: PersonId | null;
  whoHash: string | null;
  task: null;
  dataHash: string;
};

test('an untouched record is verified from its export alone', async () => {
  const { code, said } = await verified(database.db, '--checkpoint', `1:${first.hash}`);
  expect(said).toMatch(/核验通过 ok {2}5 件 cases · \d+ 事件 events · 2 检查点 checkpoints · 尚无检查点 not yet signed 1/);
  expect(code).toBe(0);
});

test('an export holds no person and no content', async () => {
  const lines = await exported(database.db);
  const values = lines.flatMap((line) => Object.values(JSON.parse(line)).flatMap((part) => Object.values(Object(part))));
  expect(values).toContain('commented');
  expect(values).not.toContain('li');
});

const sql = (text: string) => (tx: Transaction) => tx.$executeRawUnsafe(text);

describe('the verifier says where the record breaks', () => {
  const attacks: [string, (tx: Transaction) => Promise<unknown>, RegExp][] = [
    [
      'one row altered',
      (tx) => sql(`update event set type = 'urged' where case_id = ${caseId(the(0))} and seq = 3`)(tx),
      /000001 event 3 {2}被改动/,
    ],
    [
      'one row back-dated',
      (tx) => sql(`update event set at = at - interval '1 ms' where case_id = ${caseId(the(0))} and seq = 2`)(tx),
      /000001 event 2 {2}被改动/,
    ],
    ['one event taken out', (tx) => sql(`delete from event where case_id = ${caseId(the(0))} and seq = 3`)(tx), /000001 event 3 {2}缺少/],
    ['a whole case taken out', (tx) => vanish(tx, the(2)), /000003 {2}已消失/],
    ['two events exchanged', (tx) => exchange(tx, the(0)), /000001 event 3 {2}与前一事件不相接/],
    ['a tail cut off, the case saying that it ends there', (tx) => cutOff(tx, the(1)), /000002 {2}被截短：检查点 2 签至事件 6/],
    [
      'a chain written anew with hashes that fit',
      (tx) => rewrite(tx, the(0), (event) => forge(event)),
      /000001 event 5 {2}不是检查点 1 所签/,
    ],
    [
      'a signed head altered',
      (tx) => sql(`update record_head set hash = '${genesisHash}' where position = 0 and checkpoint = 1`)(tx),
      /checkpoint 1 {2}根与各件末尾不符/,
    ],
    ['a checkpoint taken out', (tx) => sql('delete from record_checkpoint where number = 1')(tx), /checkpoint 2 {2}检查点不连续/],
    ['a checkpoint altered', (tx) => sql(`update record_checkpoint set cases = 4 where number = 1`)(tx), /checkpoint 1 {2}检查点被改动/],
    ['a checkpoint signed with another key', (tx) => signAnew(tx), /checkpoint 2 {2}不是所给公钥签署/],
  ];
  test.each(attacks)('%s', async (_name, tamper, expected) => {
    const { code, said } = await tampered(tamper, (tx) => verified(tx));
    expect(said).toMatch(expected);
    expect(said).toMatch(/核验未通过 BROKEN/);
    expect(code).toBe(1);
  });

  test('an export that was cut short', async () => {
    const lines = await exported(database.db);
    const file = path.join(folder, 'cut.jsonl');
    writeFileSync(file, lines.slice(0, -1).join('\n'));
    expect(await run(file)).toMatchObject({ code: 1, said: expect.stringMatching(/导出不完整/) });
  });

  test('a checkpoint that the auditor noted down and that is no longer there', async () => {
    const { code, said } = await verified(database.db, '--checkpoint', `1:${genesisHash}`);
    expect(said).toMatch(/checkpoint 1 {2}与您留存的不符/);
    expect(code).toBe(1);
  });
});

const forge = (event: Rewritten) => {
  if (event.seq === 3) event.type = 'urged';
};

async function vanish(tx: Transaction, number: CaseNumber): Promise<void> {
  for (const table of ['event', 'event_data', 'task', 'participant', 'case_step', 'feed', 'notice'])
    await tx.$executeRawUnsafe(`delete from ${table} where case_id = ${caseId(number)}`);
  await tx.$executeRaw`delete from "case" where number = ${number}`;
}

async function exchange(tx: Transaction, number: CaseNumber): Promise<void> {
  for (const [from, to] of [
    [3, 100],
    [4, 3],
    [100, 4],
  ])
    await tx.$executeRawUnsafe(`update event set seq = ${to} where case_id = ${caseId(number)} and seq = ${from}`);
}

async function cutOff(tx: Transaction, number: CaseNumber): Promise<void> {
  await tx.$executeRawUnsafe(`delete from event where case_id = ${caseId(number)} and seq > 4`);
  await tx.$executeRaw`update "case" c set head_seq = e.seq, head_hash = e.hash from event e where e.case_id = c.id and c.number = ${number} and e.seq = 4`;
}

async function signAnew(tx: Transaction): Promise<void> {
  const [row] = await tx.$queryRaw<RecordCheckpoint[]>`select number, at, cases, root, previous from record_checkpoint where number = 2`;
  if (!row) throw new Error('there is no second checkpoint');
  const content = { ...row, at: row.at.toISOString() as Instant };
  const other = signingKey(new Uint8Array(32).fill(7));
  const signature = other.sign(checkpointText(content));
  await tx.$executeRaw`
    update record_checkpoint set hash = ${checkpointHash(content)}, public_key = ${other.publicKey}, signature = ${signature} where number = 2`;
}

describe('the server itself', () => {
  const report = async (number: CaseNumber, tamper: (tx: Transaction) => Promise<unknown>) => {
    const inclusion = await inclusionOf(database.db, number);
    return tampered(tamper, (tx) => verifyChain({ db: tx, ring: testRing }, number, inclusion?.head));
  };

  test('proves that the newest checkpoint covers a case', async () => {
    const inclusion = await inclusionOf(database.db, the(1));
    if (!inclusion) throw new Error('the case is not covered');
    const { checkpoint: covering, head, index, path: proof } = inclusion;
    expect(covering.number).toBe(2);
    expect(rootOfPath(leafHash(`${the(1)}\n${head.seq}\n${head.hash}`), { index, size: covering.cases, path: proof })).toBe(covering.root);
  });

  test('finds a chain that was written anew, a tail that was cut off and a person exchanged', async () => {
    expect(await report(the(0), (tx) => rewrite(tx, the(0), forge))).toMatchObject({ ok: false, broken: { seq: 5, kind: 'checkpoint' } });
    expect(await report(the(1), (tx) => cutOff(tx, the(1)))).toMatchObject({ ok: false, broken: { seq: 5, kind: 'missing' } });
    const exchanged = sql(`update event set actor = 'wang' where case_id = ${caseId(the(0))} and seq = 3`);
    expect(await report(the(0), exchanged)).toMatchObject({ ok: false, broken: { seq: 3, kind: 'hash' } });
  });

  test('refuses ordinary changes of checkpoints and heads', async () => {
    for (const table of ['record_checkpoint', 'record_head', 'record_block'])
      for (const statement of [
        `delete from ${table}`,
        `update ${table} set checkpoint = 9`.replace('record_checkpoint set checkpoint', 'record_checkpoint set number'),
        `truncate ${table} cascade`,
      ])
        await expect(database.db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
  });

  test('signs nothing that does not continue the last checkpoint', async () => {
    await lasting((tx) => rewrite(tx, the(0), forge));
    await lasting((tx) => vanish(tx, the(2)));
    const before = await inclusionOf(database.db, the(1));
    expect(await takeCheckpoint(bureau, new Date())).toEqual({
      taken: null,
      faults: [
        { kind: 'rewritten', number: the(0) },
        { kind: 'vanished', number: the(2) },
      ],
    });
    await lasting(signAnew);
    expect(await takeCheckpoint(bureau, new Date())).toEqual({ taken: null, faults: [{ kind: 'signature', number: null }] });
    expect((await inclusionOf(database.db, the(1)))?.checkpoint.number).toBe(before?.checkpoint.number);
  });

  const lasting = (tamper: (tx: Transaction) => Promise<void>) =>
    database.db.$transaction(async (tx) => {
      await tx.$executeRaw`set local session_replication_role = replica`;
      await tamper(tx);
    });
});
