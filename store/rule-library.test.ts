import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { PlainDate } from '../domain/ids.ts';
import { createLogger } from '../platform/log.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { until } from '../test/until.ts';
import { loadRuleLibrary, parseRules, watchRuleLibrary } from './rule-library.ts';
import { listRules } from './rules.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const shipped = readFileSync(new URL('../policy/rules.yaml', import.meta.url), 'utf8');
const on = (day: string) => PlainDate.parse(day);

test('the shipped library loads, twice as well as once', async () => {
  await loadRuleLibrary(database.db);
  await loadRuleLibrary(database.db);
  const rows = await listRules(database.db, { q: undefined, kind: undefined, on: undefined, after: undefined, limit: 200 });
  expect(rows).toEqual([...parseRules(shipped)].sort((a, b) => (a.id < b.id ? -1 : 1)));
});

test('a rule is in force from its first day to its last', async () => {
  const { db } = database;
  await db.$executeRaw`
    insert into rule values ('old-1', '{"zh": "旧", "en": "old"}', '1', '{"zh": "…", "en": "…"}', '2020-01-01', '2022-04-30')`;
  const inForce = async (day: string) => {
    const rows = await listRules(db, { q: undefined, kind: undefined, on: on(day), after: undefined, limit: 200 });
    return rows.map(({ id }) => id).filter((id) => ['old-1', 'petition-work-34'].includes(id));
  };
  expect(await inForce('2019-12-31')).toEqual([]);
  expect(await inForce('2020-01-01')).toEqual(['old-1']);
  expect(await inForce('2022-04-30')).toEqual(['old-1']);
  expect(await inForce('2022-05-01')).toEqual(['petition-work-34']);
});

test('a change of the file is taken up while the service runs, a faulty one is left aside', async () => {
  const { db } = database;
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'rules-')), 'rules.yaml');
  const entry = (article: string) =>
    `- {id: own-1, kind: bureau, regulation: {zh: 本局规定, en: Own rule}, article: ${article}, text: {zh: 要点, en: text}, inForceFrom: 2024-01-01}`;
  writeFileSync(file, entry('一'));
  const lines: string[] = [];
  const log = createLogger('test', new Writable({ write: (line, _encoding, done) => done(void lines.push(String(line))) }));
  const end = watchRuleLibrary(db, log, file);
  const articles = async () =>
    (await listRules(db, { q: 'own-1', kind: 'bureau', on: undefined, after: undefined, limit: 9 })).map(({ article }) => article);

  // Written again and again: the watch may begin to look only after a first change.
  await until(async () => {
    writeFileSync(file, `${entry('二')}\n`);
    return (await articles())[0] === '二';
  }, 'the change was not taken up');
  writeFileSync(file, `${entry('三')}, colour: red`);
  await until(async () => lines.some((line) => line.includes('left as it was')), 'the fault was not said');
  expect(await articles()).toEqual(['二']);
  end();
}, 20_000);

test.each([
  ['an unknown field', `${shipped}  colour: red\n`],
  ['an id that is there twice', `${shipped}${shipped}`],
  ['no list', 'rules: {}'],
])('a library with %s is refused', (_what, text) => {
  expect(() => parseRules(text)).toThrow('policy/rules.yaml');
});
