import { restrictionKinds } from '../../domain/eligibility.ts';
import { instantOf } from '../../domain/time-zone.ts';
import { type RestrictedRow, restrictedNow } from '../../store/figures/restricted.ts';
import { type Asked, byUnit, casesOf, groupedBy } from './asked.ts';
import { column, type FigureGroup } from './shape.ts';

const SOON_MS = 30 * 86_400_000;
const columns = [column('inForce', 'cases', '生效中', 'In force'), column('ending', 'cases', '30 日内到期', 'Ending within 30 days')];

/** 限制与措施: the cases by which someone is restricted now, and those whose restriction ends soon. */
export async function bars(asked: Asked): Promise<FigureGroup[]> {
  const { deps, scope, at } = asked;
  const soon = new Date(at.getTime() + SOON_MS);
  const rows = await restrictedNow(deps.db, scope, { at, soon });
  const numbers = (of: readonly RestrictedRow[], kind: string, unit?: string) => {
    const filter = { restriction: kind, ...(unit === undefined ? {} : { unit }) };
    return {
      inForce: casesOf(asked, of, filter),
      ending: casesOf(asked, of.map(ending), { ...filter, restrictedUntil: instantOf(soon.getTime()) }),
    };
  };
  const kinds = groupedBy(rows, ({ kind }) => kind);
  return [
    {
      by: 'kind',
      title: { zh: '按种类', en: 'By kind' },
      columns,
      rows: kinds.map(([kind, of]) => ({ key: kind, title: restrictionKinds[kind], numbers: numbers(of, kind) })),
    },
    ...kinds.map(([kind, of]) => ({
      by: `unit/${kind}`,
      title: { zh: `${restrictionKinds[kind].zh} · 按单位（含下级）`, en: `${restrictionKinds[kind].en}, by unit, with those below it` },
      columns,
      rows: byUnit(asked, of).map(({ unit, rows: here }) => ({
        key: unit.id,
        title: { zh: unit.name, en: unit.name },
        numbers: numbers(here, kind, unit.id),
      })),
    })),
  ];
}

const ending = ({ endingPlain, endingSealed }: RestrictedRow) => ({ plain: endingPlain, sealed: endingSealed });
