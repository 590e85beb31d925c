import { z } from 'zod';
import { type PlainDate, Text } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';

/** One article of a regulation, with the days on which it was in force (both included). */
export const RuleEntry = z.strictObject({
  id: z.string().regex(/^[\w-]{1,40}$/),
  regulation: Text,
  article: z.string().min(1).max(40),
  text: Text,
  inForceFrom: z.iso.date(),
  inForceTo: z.iso.date().nullable().default(null),
});
export type RuleEntry = z.output<typeof RuleEntry>;

export interface RulePage {
  readonly q: string | undefined;
  /** Only what was in force on that day. */
  readonly on: PlainDate | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** Rules in the order of their ids. The library is small (hundreds): the text search reads it all. */
export const listRules = (db: Database, { q, on, after, limit }: RulePage): Promise<RuleEntry[]> =>
  db.$queryRaw<RuleEntry[]>(Prisma.sql`
    select id, regulation, article, text, in_force_from::text as "inForceFrom", in_force_to::text as "inForceTo"
      from rule
     where true
       ${after === undefined ? Prisma.empty : Prisma.sql`and id > ${after}`}
       ${on === undefined ? Prisma.empty : Prisma.sql`and ${inForceOn(on)}`}
       ${q === undefined ? Prisma.empty : Prisma.sql`and concat_ws(' ', id, article, regulation->>'zh', regulation->>'en', text->>'zh', text->>'en') ilike ${`%${likeText(q)}%`}`}
     order by id
     limit ${limit}`);

/** Brings the library up to what the file says. Entries are never removed: decided cases cite them. */
export async function loadRules(db: Database, entries: readonly RuleEntry[]): Promise<void> {
  await db.$executeRaw`
    insert into rule (id, regulation, article, text, in_force_from, in_force_to)
    select id, regulation, article, text, "inForceFrom", "inForceTo"
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
           as entry (id text, regulation jsonb, article text, text jsonb, "inForceFrom" date, "inForceTo" date)
    on conflict (id) do update set regulation = excluded.regulation, article = excluded.article, text = excluded.text,
                                   in_force_from = excluded.in_force_from, in_force_to = excluded.in_force_to`;
}

/** Of a row of `rule`: both days are included. */
export const inForceOn = (on: PlainDate) =>
  Prisma.sql`in_force_from <= ${on}::date and (in_force_to is null or in_force_to >= ${on}::date)`;

const likeText = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
