import { z } from 'zod';

/** A case's number, `SQ-2026-000123`: process prefix, year of acceptance in the bureau's zone, running number. Also its workflow id. */
export const CaseNumber = z
  .string()
  .regex(/^[A-Z]{2}-\d{4}-\d{6,}$/)
  .brand<'CaseNumber'>();
export type CaseNumber = z.infer<typeof CaseNumber>;

/** A task's id: the case's number and the running number of the task in it, `SQ-2026-000123.2`. */
export const TaskId = z
  .string()
  .regex(/^[A-Z]{2}-\d{4}-\d{6,}\.\d{1,5}$/)
  .brand<'TaskId'>();
export type TaskId = z.infer<typeof TaskId>;

export const caseOfTask = (id: TaskId): CaseNumber => CaseNumber.parse(id.slice(0, id.lastIndexOf('.')));

/** Short stable ids that an import brings or `POST /people/import` makes: letters, digits, `-`, `_`. */
export const PersonId = z
  .string()
  .regex(/^[\w-]{1,40}$/)
  .brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

export const UnitId = z
  .string()
  .regex(/^[\w-]{1,40}$/)
  .brand<'UnitId'>();
export type UnitId = z.infer<typeof UnitId>;

/** An item of a round: whom or what it covers. */
export const ItemId = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .brand<'ItemId'>();
export type ItemId = z.infer<typeof ItemId>;

/** An instant, ISO 8601 with offset; compared as text only after `Date.parse`. */
export const Instant = z.iso.datetime({ offset: true }).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

// The library's own pattern is one object for all its schemas, and frozen where workflows share the library (workflows/kit/preloaded.ts): matching writes to it.
const ownPattern = { pattern: new RegExp(z.regexes.date.source), abort: false };

/** A calendar day in the bureau's time zone, `YYYY-MM-DD`. */
export const PlainDate = z.iso.date(ownPattern).brand<'PlainDate'>();
export type PlainDate = z.infer<typeof PlainDate>;

/** A text for people, Chinese first. */
export const Text = z.object({ zh: z.string(), en: z.string() });
export type Text = z.infer<typeof Text>;
export type Locale = keyof Text;
