import type { PersonId } from '../../domain/ids.ts';
import { apiOn, type SyntheticApi } from './api.ts';
import type { SyntheticBureau } from './bureau.ts';
import { explaining, type Plan } from './plans.ts';

/** A list as somebody asks for it. */
export interface AskedList {
  readonly who: keyof ReturnType<typeof askers>;
  readonly as: PersonId;
  readonly path: string;
  /** The same, to be read. */
  readonly name: string;
}

/** Who asks: they see few of the cases, those of their unit, all of some processes, or all that is not confidential. */
function askers({ staff }: SyntheticBureau) {
  const [city] = staff.units;
  const station = staff.units.find(({ id }) => id === 'station-3-2');
  if (!city || !station) throw new Error('the units are others');
  const first = ([person]: readonly PersonId[]) => {
    if (!person) throw new Error('nobody holds it');
    return person;
  };
  return {
    officer: first(staff.holders('officer', station.id).people.slice(20)),
    'unit leader': first(staff.holders('unit-leader', station.id).people),
    'supervision desk': first(staff.holders('supervision-desk', city.id).people),
    'discipline inspector': first(staff.holders('discipline-inspector', city.id).people),
    'bureau leader': first(staff.holders('bureau-leader', city.id).people),
  };
}

const everybody = ['officer', 'unit leader', 'supervision desk', 'discipline inspector', 'bureau leader'] as const;

/** Every list of api.md with each of its filters and those combinations that people use, at `at`. */
export function askedLists(bureau: SyntheticBureau): AskedList[] {
  const people = askers(bureau);
  const day = (days: number) => encodeURIComponent(new Date(bureau.at.getTime() + days * 86_400_000).toISOString());
  const q = (words: string) => `q=${encodeURIComponent(words)}`;
  const tasks = [
    'mine=true',
    'mine=true&due=overdue',
    'mine=true&state=done',
    'mine=unit',
    'unit=station-3-2',
    'unit=branch-3&due=week',
    'process=appeal',
    'process=mental-health',
    'state=done',
    'sort=-openedAt',
    '',
  ].map((query) => `/tasks?${query}`);
  const cases = [
    '',
    'sort=openedAt',
    'sort=dueAt',
    'process=appeal',
    'process=clue',
    'process=accountability&state=open',
    'state=open',
    'state=open&sort=dueAt',
    'state=closed',
    'stage=handle',
    'stage=countersign',
    'unit=station-3-2',
    'unit=branch-3&process=supervision&state=open',
    `handler=${people['discipline inspector']}`,
    `handler=${people.officer}`,
    `subject=${people.officer}`,
    'overdue=true',
    'overdue=false',
    'overdue=true&sort=dueAt',
    'level=3',
    'level=1&unit=station-3-2',
    `dueBefore=${day(2)}`,
    `dueBefore=${day(2)}&sort=dueAt`,
    `openedFrom=${day(-400)}&openedTo=${day(-370)}`,
    `openedFrom=${day(-400)}&openedTo=${day(-370)}&process=appeal&unit=branch-3`,
    q('补休'),
    q('宿舍'),
    q('宿舍漏水'),
    q('驻村'),
    q('警犬'),
    q('警犬走失'),
    q('无此事'),
    `${q('宿舍')}&state=open`,
    `${q('警务室')}&process=appeal&state=closed`,
    `${q('宿舍 警犬')}`,
    'q=SQ-2025',
    'q=DB-2024-000123',
  ].map((query) => `/cases?${query}`);
  const name = (path: string) => decodeURIComponent(path).replaceAll(/T[\d:.]+Z/g, '');
  return everybody.flatMap((who) => [...tasks, ...cases].map((path) => ({ who, as: people[who], path, name: name(path) })));
}

export interface ExplainedList extends AskedList {
  readonly pages: number;
  /** `Index Scan case_by_opened 51`, the plans of all its queries together. */
  readonly reads: readonly string[];
}

/** How PostgreSQL goes about each of them. */
export async function explainedLists(
  api: Pick<SyntheticApi, 'staff' | 'at' | 'bureau' | 'databaseUrl'>,
  asked: readonly AskedList[] = askedLists(api),
): Promise<ExplainedList[]> {
  let plans: Plan[] | null = null;
  const explained = await apiOn(api.databaseUrl, { ...api.bureau, db: explaining(api.bureau.db, (plan) => plans?.push(plan)) });
  try {
    const lists: ExplainedList[] = [];
    for (const list of asked) {
      plans = [];
      await explained.get(list.path, list.as);
      lists.push({ ...list, pages: plans.reduce((sum, { pages }) => sum + pages, 0), reads: readsOf(plans) });
      plans = null;
    }
    return lists;
  } finally {
    await explained.stop();
  }
}

function readsOf(plans: readonly Plan[]): string[] {
  const rows = new Map<string, number>();
  for (const { node, of, rows: some } of plans.flatMap(({ reads }) => reads))
    rows.set(`${node} ${of}`, (rows.get(`${node} ${of}`) ?? 0) + some);
  return [...rows].map(([read, some]) => `${read} ${some}`);
}
