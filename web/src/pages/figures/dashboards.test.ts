import { describe, expect, test } from '@jest/globals';
import { may } from '../../../../domain/access.ts';
import { PersonId, UnitId } from '../../../../domain/ids.ts';
import { type Role, roleIds } from '../../../../domain/roles.ts';
import { oversight } from '../../../../workflows/definitions.ts';
import { answersForWhole, viewsOf } from './dashboards.ts';
import { unitsFor } from './units-for.ts';

const unit = UnitId.parse('station');
const holder = (role: Role) => ({
  ...{ id: PersonId.parse('li'), username: 'li', name: '李', locale: 'zh' as const, relatives: [], standsInFor: [] },
  roles: [{ role, unit, unitPath: '/city/station/' }],
});
const desks: readonly Role[] = ['auditor', ...Object.values(oversight).flat()];

describe.each(roleIds)('%s', (role) => {
  const reads = (unitPath: string | null) => may(holder(role), 'figure.read', { unitPath, overseenBy: desks }).granted;
  const views = viewsOf([role]);

  test('finds the figures page exactly when the API answers with figures', () => {
    expect(views.some((view) => view !== 'funds')).toBe(reads('/city/station/'));
  });

  test('may ask about the whole bureau exactly when that is answered', () => {
    expect(answersForWhole(role)).toBe(reads('/elsewhere/'));
  });

  test('finds the fund exactly when the API shows it', () => {
    expect(views.includes('funds')).toBe(may(holder(role), 'fund.read', null).granted);
  });
});

test('someone with several roles finds each view once', () => {
  const views = viewsOf(['officer', 'welfare-desk', 'unit-leader']);
  expect(new Set(views).size).toBe(views.length);
  expect(views).toEqual(expect.arrayContaining(['workload', 'coverage', 'supervision']));
});

test('a leader picks from the own units and those below, a desk from all', () => {
  const unitOf = (id: string, parent: string | null) => ({ id, name: id, parent, leader: null, leaderName: null });
  const all = [unitOf('station', 'branch'), unitOf('city', null), unitOf('branch', 'city'), unitOf('post', 'station')];
  const ids = (role: string, of: string) =>
    unitsFor(
      [
        { role: 'officer', unit: 'city' },
        { role, unit: of },
      ],
      all,
    ).units.map(({ id }) => id);
  expect(ids('unit-leader', 'station')).toEqual(['station', 'post']);
  expect(ids('supervision-desk', 'station')).toEqual(['city', 'branch', 'station', 'post']);
});
