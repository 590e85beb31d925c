import { readFileSync } from 'node:fs';
import { PlainDate } from '../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { loadRuleLibrary, parseRules } from './rule-library.ts';
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
  const rows = await listRules(database.db, { q: undefined, on: undefined, after: undefined, limit: 200 });
  expect(rows).toEqual([...parseRules(shipped)].sort((a, b) => (a.id < b.id ? -1 : 1)));
});

test('a rule is in force from its first day to its last', async () => {
  const { db } = database;
  await db.$executeRaw`
    insert into rule values ('old-1', '{"zh": "旧", "en": "old"}', '1', '{"zh": "…", "en": "…"}', '2020-01-01', '2022-04-30')`;
  const inForce = async (day: string) => {
    const rows = await listRules(db, { q: undefined, on: on(day), after: undefined, limit: 200 });
    return rows.map(({ id }) => id).filter((id) => ['old-1', 'petition-work-34'].includes(id));
  };
  expect(await inForce('2019-12-31')).toEqual([]);
  expect(await inForce('2020-01-01')).toEqual(['old-1']);
  expect(await inForce('2022-04-30')).toEqual(['old-1']);
  expect(await inForce('2022-05-01')).toEqual(['petition-work-34']);
});

test.each([
  ['an unknown field', `${shipped}  colour: red\n`],
  ['an id that is there twice', `${shipped}${shipped}`],
  ['no list', 'rules: {}'],
])('a library with %s is refused', (_what, text) => {
  expect(() => parseRules(text)).toThrow('policy/rules.yaml');
});
