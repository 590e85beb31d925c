import { Instant, PersonId, PlainDate, type Text, UnitId } from './ids.ts';
import { type Role, roles } from './roles.ts';
import { instantOf, type ZoneClock } from './time-zone.ts';

/** What is wrong with a cell, in words that say what belongs there. */
export class CellFault extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

export interface RoleCell {
  readonly role: Role;
  /** Id or name of the unit where it is held; the person's own if null. */
  readonly unit: string | null;
}

export interface RelativeCell {
  /** Id or user name. */
  readonly person: string;
  readonly kind: string;
}

export const categories = ['officer', 'auxiliary', 'staff'] as const;
export type Category = (typeof categories)[number];

export function shortText(cell: string): string {
  if (cell.length > 100) throw new CellFault({ zh: '至多 100 个字符。', en: 'At most 100 characters.' });
  return cell;
}

export function personId(cell: string): PersonId {
  const id = PersonId.safeParse(cell);
  if (!id.success) throw new CellFault(idFault);
  return id.data;
}

export function unitId(cell: string): UnitId {
  const id = UnitId.safeParse(cell);
  if (!id.success) throw new CellFault(idFault);
  return id.data;
}

export function username(cell: string): string {
  if (/^[a-z0-9][a-z0-9._-]{1,39}$/.test(cell)) return cell;
  throw new CellFault({
    zh: '用户名以小写字母或数字开头，只含小写字母、数字、“.”、“-”和“_”，共 2–40 位。',
    en: 'A user name begins with a lower-case letter or digit and has lower-case letters, digits, ".", "-" and "_", 2–40 in all.',
  });
}

export function category(cell: string): Category {
  const found =
    categories.find((id) => id === cell) ?? { 民警: 'officer' as const, 辅警: 'auxiliary' as const, 职工: 'staff' as const }[cell];
  if (found !== undefined) return found;
  throw new CellFault({
    zh: '类别须为 民警（officer）、辅警（auxiliary）或 职工（staff）。',
    en: 'A category is officer, auxiliary or staff.',
  });
}

export function locale(cell: string): 'zh' | 'en' {
  if (cell === 'zh' || cell === 'en') return cell;
  throw new CellFault({ zh: '语言须为 zh 或 en。', en: 'A language is zh or en.' });
}

export function flag(cell: string): boolean {
  if (['true', 'yes', '1', '是'].includes(cell.toLowerCase())) return true;
  if (['false', 'no', '0', '否'].includes(cell.toLowerCase())) return false;
  throw new CellFault({ zh: '须为 是 或 否。', en: 'This is true or false.' });
}

export function plainDay(cell: string): PlainDate {
  const day = PlainDate.safeParse(cell);
  if (day.success) return day.data;
  throw new CellFault({ zh: '日期写作 2016-07-01。', en: 'A day is written 2016-07-01.' });
}

/** The first instant of a day, or the instant itself. */
export const beginningAt =
  (zone: ZoneClock) =>
  (cell: string): Instant =>
    instantIn(cell, (day) => zone.instantAt(day, 0));

/** The last instant of a day (the first of the next one), or the instant itself. */
export const endingAt =
  (zone: ZoneClock) =>
  (cell: string): Instant =>
    instantIn(cell, (day) => zone.instantAt(day + 1, 0));

/** `reviewer; unit-leader@traffic`, ids or Chinese titles. That someone is an officer goes without saying. */
export function roleList(cell: string): RoleCell[] {
  return listOf(cell)
    .map((entry) => {
      const [name = '', unit] = entry.split('@').map((part) => part.trim());
      const role = roleNames.get(name);
      if (role === undefined || entry.split('@').length > 2 || unit === '') throw new CellFault(roleFault);
      return { role, unit: unit ?? null };
    })
    .filter(({ role }) => role !== 'officer');
}

/** `wangfang:spouse; liqiang:brother` */
export function relativeList(cell: string): RelativeCell[] {
  return listOf(cell).map((entry) => {
    const [person = '', kind = '', ...more] = entry.split(/[:：]/).map((part) => part.trim());
    if (person === '' || kind === '' || kind.length > 40 || more.length > 0) throw new CellFault(relativeFault);
    return { person, kind };
  });
}

function instantIn(cell: string, ofDay: (dayNumber: number) => number): Instant {
  const day = PlainDate.safeParse(cell);
  if (day.success) return instantOf(ofDay(Date.parse(day.data) / 86_400_000));
  const instant = Instant.safeParse(cell);
  if (instant.success) return instantOf(Date.parse(instant.data));
  throw new CellFault({
    zh: '日期写作 2026-11-24，或写带时区的时刻。',
    en: 'A date is written 2026-11-24, or as an instant with its offset.',
  });
}

const listOf = (cell: string): string[] =>
  cell
    .split(/[;；|]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const roleNames = new Map(Object.entries(roles).flatMap(([id, { zh }]) => [id, zh].map((name) => [name, id as Role] as const)));

const idFault = { zh: '编号只含字母、数字、“-”和“_”，至多 40 位。', en: 'An id has letters, digits, "-" and "_", at most 40.' };

const roleFault = {
  zh: `没有这个角色。可用：${Object.values(roles)
    .map(({ zh }) => zh)
    .join('、')}；多个用分号隔开，在别处任职写作 角色@单位。`,
  en: `There is no such role. There are: ${Object.keys(roles).join(', ')}; several are set apart by semicolons, one held elsewhere is role@unit.`,
};

const relativeFault = {
  zh: '亲属写作 用户名:关系，多个用分号隔开。',
  en: 'Relatives are written user name:kind, several set apart by semicolons.',
};
