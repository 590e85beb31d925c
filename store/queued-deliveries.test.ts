import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CaseNumber, type Instant, PersonId } from '../domain/ids.ts';
import { wish } from '../test/appeal.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { testRing } from '../test/key-ring.ts';
import { insertPeople } from '../test/people.ts';
import { acceptanceOfSpawn, processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { accept } from './accept.ts';
import type { Bureau } from './bureau.ts';
import { setChannels } from './channels.ts';
import { openBureau } from './open-bureau.ts';
import { record } from './record.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-urgent-'));
let database: TestDatabase;
let bureau: Bureau;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  const overlay = path.join(folder, 'policy.yaml');
  writeFileSync(overlay, 'processes: {appeal: {tasks: {accept: {urgent: true}}}}\n');
  bureau = await openBureau(database.db, testRing, { overlay, demo: false });
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database?.drop();
});

test('a step queues what people want over each channel, marked where its task is an emergency, and leaves nothing for the case to send', async () => {
  const email = { kind: 'email', address: 'x@bureau.example' } as const;
  await setChannels(bureau, PersonId.parse('desk-1'), [{ ...email, topics: ['task', 'progress'] }]);
  await setChannels(bureau, PersonId.parse('desk-2'), [{ ...email, topics: ['brief'] }]);
  const at = new Date().toISOString() as Instant;
  const acceptance = acceptanceOf(processOf('appeal'), { data: wish, subject: 'li', unit: 'station-1', by: 'li' });
  const [accepted] = await accept(bureau, [{ acceptance, key: 'key', bodyHash: 'body', at, engineUp: true }]);
  const number = CaseNumber.parse(accepted?.number);
  const told = await record(
    bureau,
    {
      case: number,
      cause: 'li:told',
      at,
      by: PersonId.parse('li'),
      for: null,
      bodyHash: null,
      changes: [{ kind: 'notify', to: { person: PersonId.parse('desk-1') }, notice: 'commented' }],
    },
    acceptanceOfSpawn,
  );
  expect(told).toMatchObject({ deliveries: [] });
  const queued = await database.db.$queryRaw`
    select d.person_id as person, d.channel, n.kind, n.topic, d.urgent from delivery d join notice n on n.id = d.notice_id order by d.id`;
  expect(queued).toEqual([
    { person: 'desk-1', channel: 'email', kind: 'task-opened', topic: 'task', urgent: true },
    { person: 'desk-1', channel: 'email', kind: 'commented', topic: 'progress', urgent: false },
  ]);
});
