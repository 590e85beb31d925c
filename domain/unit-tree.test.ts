import { UnitId } from './ids.ts';
import { unitPaths } from './unit-tree.ts';

const tree = (parents: Record<string, string | null>) =>
  unitPaths(
    Object.entries(parents).map(([id, parent]) => ({ id: UnitId.parse(id), parent: parent === null ? null : UnitId.parse(parent) })),
  );

test('a path leads from the bureau down to the unit', () => {
  const { paths, faults } = tree({ station: 'branch', branch: 'city', city: null });
  expect(Object.fromEntries(paths)).toEqual({ station: '/city/branch/station/', branch: '/city/branch/', city: '/city/' });
  expect(faults).toEqual([]);
});

test.each([
  ['a unit above itself', { city: null, a: 'a' }, [{ kind: 'cycle', unit: 'a' }]],
  [
    'two units above each other',
    { city: null, a: 'b', b: 'a' },
    [
      { kind: 'cycle', unit: 'a' },
      { kind: 'cycle', unit: 'b' },
    ],
  ],
  ['a unit above that there is not', { city: null, a: 'moon' }, [{ kind: 'unknown-parent', unit: 'a' }]],
  ['a second bureau', { city: null, town: null }, [{ kind: 'second-root', unit: 'town' }]],
])('%s is a fault', (_what, parents, expected) => {
  expect(tree(parents).faults).toEqual(expected);
});
