import { z } from 'zod';
import type { TableError } from '../../domain/csv-table.ts';
import { type Locale, PersonId, UnitId } from '../../domain/ids.ts';
import { isUnitTable, personHeadings, unitHeadings } from '../../domain/people-table.ts';
import { Problem } from '../../domain/problems.ts';
import { roleIds } from '../../domain/roles.ts';
import { zoneClock } from '../../domain/time-zone.ts';
import { type ImportChanges, importPeople } from '../../store/people-import.ts';
import type { ApiDeps } from '../deps.ts';
import { noteLeavers } from '../leavers.ts';
import { type Route, route } from '../route.ts';
import { flag } from './paging.ts';

/** More than anyone reads; the file is corrected and tried again anyway. */
const MOST_ERRORS = 500;
const MOST_NAMED = 500;

const count = z.int();
const written = { id: z.string(), name: z.string(), created: z.boolean() };

/** Counts of everything; of what `changes` name, the first of each. */
const Imported = z.object({
  dryRun: z.boolean(),
  units: z.object({ created: count, changed: count }),
  people: z.object({ created: count, changed: count, left: count }),
  roles: z.object({ granted: count, ended: count }),
  changes: z.object({
    units: z.array(z.object(written)),
    people: z.array(z.object({ ...written, left: z.boolean() })),
    roles: z.array(
      z.object({
        person: PersonId,
        name: z.string(),
        role: z.enum(roleIds),
        unit: UnitId,
        change: z.enum(['granted', 'changed', 'ended']),
      }),
    ),
  }),
});

const columnsOf = (headings: object) => Object.keys(headings).join(', ');

/** A table of people, or (with a column `parent`) of units. */
const Csv = z
  .string()
  .min(1)
  .meta({
    description: `UTF-8; the first line names the columns, in any order. People: ${columnsOf(personHeadings)}. Units: ${columnsOf(unitHeadings)}.`,
    examples: ['username,name,badge,unit,roles\nliming,李明,010001,donghu,unit-leader; reviewer@bureau\n'],
  });

export const peopleImportRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/people/import',
    {
      title: { zh: '导入人员或单位（CSV）', en: 'Import people or units from CSV' },
      permission: 'person.import',
      query: z.object({ dryRun: flag.default(false) }),
      body: z.union([Csv, z.strictObject({ csv: Csv })]),
      bodyType: 'csv',
      view: Imported,
      problems: ['forbidden', 'invalid-form', 'too-large', 'unsupported-media-type'],
    },
    async ({ actor, query: { dryRun }, body, at, locale }) => {
      const csv = typeof body === 'string' ? body : body.csv;
      const table = isUnitTable(csv) ? { units: csv } : { people: csv };
      const zone = zoneClock(deps.policies.current.policy.timeZone);
      const result = await importPeople(deps.db, { ...table, at, zone, by: actor.id, dryRun });
      if (!result.ok) throw new Problem('invalid-form', { errors: fieldErrors(result, locale) });
      // The watch does it again where this fails: the import has taken effect.
      if (!dryRun) await noteLeavers(deps, at).catch(() => undefined);
      return { dryRun, ...importedView(result.changes) };
    },
  ),
];

function importedView({ units, people, roles }: ImportChanges) {
  const written = (rows: readonly { created: boolean }[]) => ({
    created: rows.filter(({ created }) => created).length,
    changed: rows.filter(({ created }) => !created).length,
  });
  const changed = (change: string) => roles.filter((role) => role.change === change).length;
  return {
    units: written(units),
    people: { ...written(people), left: people.filter(({ left }) => left).length },
    roles: { granted: changed('granted'), ended: changed('ended') },
    changes: { units: units.slice(0, MOST_NAMED), people: people.slice(0, MOST_NAMED), roles: roles.slice(0, MOST_NAMED) },
  };
}

/** `people.14.unit`: the line of the file, the header being 1, and the column. */
const fieldErrors = ({ table, errors }: { table: string; errors: readonly TableError[] }, locale: Locale) =>
  errors.slice(0, MOST_ERRORS).map(({ row, column, message }) => ({
    path: [table, row, column].filter((step) => step !== '').join('.'),
    message: message[locale],
    row,
    column,
  }));
