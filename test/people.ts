import type { Database } from '../platform/database.ts';

/**
 * A small bureau for tests: a branch with two stations, and for everything at least two people who can do it.
 *
 *   city ─┬─ branch ─┬─ station-1: li (officer), zhao (officer), handler-1, leader-1, deputy-1
 *         │          ├─ station-2: wang (officer), handler-2, leader-2
 *         │          └─ branch's own: desk-1, desk-2 (acceptance), reviewer-1, supervising-1
 *         └─ city's own: chief, hospital-1, hospital-2, supervisor-1, supervisor-2, reviewer-2, reviewer-3, political-1, political-2, inspection-head, inspector-1 to -3, discipline-1, auditor, admin, supervising-2
 *
 * li and handler-2 are relatives.
 */
const units = [
  ['city', '市公安局', null, '/city/'],
  ['branch', '城东分局', 'city', '/city/branch/'],
  ['station-1', '东湖派出所', 'branch', '/city/branch/station-1/'],
  ['station-2', '西山派出所', 'branch', '/city/branch/station-2/'],
] as const;

const people = {
  li: ['station-1'],
  zhao: ['station-1'],
  'handler-1': ['station-1'],
  'leader-1': ['station-1', 'unit-leader'],
  'deputy-1': ['station-1', 'deputy-leader'],
  wang: ['station-2'],
  'handler-2': ['station-2'],
  'leader-2': ['station-2', 'unit-leader'],
  'desk-1': ['branch', 'acceptance-desk'],
  'desk-2': ['branch', 'acceptance-desk'],
  'reviewer-1': ['branch', 'reviewer'],
  'branch-leader': ['branch', 'unit-leader'],
  'supervising-1': ['branch', 'supervising-leader'],
  'supervising-2': ['city', 'supervising-leader'],
  chief: ['city', 'bureau-leader'],
  'supervisor-1': ['city', 'supervision-desk'],
  'supervisor-2': ['city', 'supervision-desk'],
  'reviewer-2': ['city', 'reviewer'],
  'reviewer-3': ['city', 'reviewer'],
  'political-1': ['city', 'political-department'],
  'political-2': ['city', 'political-department'],
  'inspection-head': ['city', 'inspection-head'],
  'inspector-1': ['city', 'inspector'],
  'inspector-2': ['city', 'inspector'],
  'inspector-3': ['city', 'inspector'],
  'discipline-1': ['city', 'discipline-inspector'],
  'discipline-2': ['city', 'discipline-inspector'],
  'legal-1': ['city', 'legal-adviser'],
  'peer-1': ['city', 'peer-member'],
  'peer-2': ['city', 'peer-member'],
  'counsellor-1': ['city', 'counsellor'],
  'counsellor-2': ['city', 'counsellor'],
  'duty-1': ['city', 'duty-desk'],
  'duty-2': ['city', 'duty-desk'],
  'health-1': ['city', 'health-desk'],
  'health-2': ['city', 'health-desk'],
  'hospital-1': ['city', 'hospital-liaison'],
  'hospital-2': ['city', 'hospital-liaison'],
  'welfare-1': ['city', 'welfare-desk'],
  'welfare-2': ['city', 'welfare-desk'],
  'fund-1': ['city', 'fund-committee'],
  'fund-2': ['city', 'fund-committee'],
  'fund-3': ['city', 'fund-committee'],
  'cashier-1': ['city', 'fund-cashier'],
  'cashier-2': ['city', 'fund-cashier'],
  auditor: ['city', 'auditor'],
  admin: ['city', 'administrator'],
} as const;

export type TestPerson = keyof typeof people;
export const everybody = Object.keys(people) as TestPerson[];

export async function insertPeople(db: Database): Promise<void> {
  for (const [id, name, parentId, path] of units) await db.unit.create({ data: { id, name, parentId, path } });
  for (const [id, [unitId]] of Object.entries(people)) await db.person.create({ data: { id, username: id, name: `姓名-${id}`, unitId } });
  for (const [person, [unit, role]] of Object.entries(people)) {
    if (role) await db.$executeRaw`insert into role_grant (person_id, role, unit_id) values (${person}, ${role}, ${unit})`;
  }
  await db.$executeRaw`insert into kinship values ('li', 'handler-2', 'cousin'), ('handler-2', 'li', 'cousin')`;
  await db.$executeRaw`
    insert into rule (id, regulation, article, text, in_force_from)
    values ('leave-7', '{"zh": "休假规定", "en": "Leave regulation"}', '第七条', '{"zh": "…", "en": "…"}', '2020-01-01')`;
}

/** Nobody signs in by password in tests: the sessions are opened directly (`testClient`). */
export const insertAccounts = (db: Database): Promise<number> =>
  db.$executeRaw`insert into account (person_id, password_hash) select id, 'none' from person`;
