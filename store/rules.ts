import { z } from 'zod';
import { type PlainDate, Text } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { type Citation, type RuleKind, ruleKinds } from '../domain/rules.ts';
import { formsOfHandling, sanctionIds } from '../domain/sanctions.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';

/** One article of a regulation, with the days on which it was in force (both included). */
export const RuleEntry = z.strictObject({
  id: z.string().regex(/^[\w-]{1,40}$/),
  regulation: Text,
  article: z.string().min(1).max(40),
  kind: z.enum(Object.keys(ruleKinds) as [RuleKind, ...RuleKind[]]),
  text: Text,
  /** What a breach of it may lead to, where the rule itself says so. */
  allows: z
    .strictObject({
      forms: z.array(z.enum(Object.keys(formsOfHandling) as [string, ...string[]])).optional(),
      sanctions: z.array(z.enum(sanctionIds)).optional(),
      measures: z.array(z.enum(['suspension', 'confinement'])).optional(),
    })
    .default({}),
  inForceFrom: z.iso.date(),
  inForceTo: z.iso.date().nullable().default(null),
});
export type RuleEntry = z.output<typeof RuleEntry>;

export interface RulePage {
  readonly q: string | undefined;
  readonly kind: RuleKind | undefined;
  /** Only what was in force on that day. */
  readonly on: PlainDate | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** Rules in the order of their ids. The library is small (hundreds): the text search reads it all. */
export const listRules = (db: Database, { q, kind, on, after, limit }: RulePage): Promise<RuleEntry[]> =>
  db.$queryRaw<RuleEntry[]>(Prisma.sql`
    select id, regulation, article, kind, text, allows, in_force_from::text as "inForceFrom", in_force_to::text as "inForceTo"
      from rule
     where true
       ${after === undefined ? Prisma.empty : Prisma.sql`and id > ${after}`}
       ${kind === undefined ? Prisma.empty : Prisma.sql`and kind = ${kind}`}
       ${on === undefined ? Prisma.empty : Prisma.sql`and ${inForceOn(on)}`}
       ${q === undefined ? Prisma.empty : Prisma.sql`and concat_ws(' ', id, article, regulation->>'zh', regulation->>'en', text->>'zh', text->>'en') ilike ${`%${likeText(q)}%`}`}
     order by id
     limit ${limit}`);

/** Brings the library up to what the file says. Entries are never removed: decided cases cite them. */
export async function loadRules(db: Database, entries: readonly RuleEntry[]): Promise<void> {
  await db.$executeRaw`
    insert into rule (id, regulation, article, kind, text, allows, in_force_from, in_force_to)
    select id, regulation, article, kind, text, allows, "inForceFrom", "inForceTo"
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
           as entry (id text, regulation jsonb, article text, kind text, text jsonb, allows jsonb, "inForceFrom" date, "inForceTo" date)
    on conflict (id) do update set regulation = excluded.regulation, article = excluded.article, kind = excluded.kind, text = excluded.text, allows = excluded.allows,
                                   in_force_from = excluded.in_force_from, in_force_to = excluded.in_force_to`;
}

/** Those of the citations whose rule was not in force on its day, or is not in the library at all. One query. */
export async function notInForce<C extends Citation>(db: Pick<Database, '$queryRaw'>, citations: readonly C[]): Promise<readonly C[]> {
  if (citations.length === 0) return [];
  const rows = await db.$queryRaw<{ nth: number }[]>`
    select c.nth from jsonb_to_recordset(${JSON.stringify(citations.map(({ rule, on }, nth) => ({ nth, rule, on })))}::jsonb) as c (nth integer, rule text, "on" date)
     where not exists (select 1 from rule r where r.id = c.rule and r.in_force_from <= c."on" and (r.in_force_to is null or r.in_force_to >= c."on"))`;
  return rows.flatMap(({ nth }) => citations[nth] ?? []);
}

/** @throws Problem `rule-not-in-force` */
export async function demandInForce(tx: Pick<Database, '$queryRaw'>, citations: readonly Citation[]): Promise<void> {
  if ((await notInForce(tx, citations)).length > 0) throw new Problem('rule-not-in-force');
}

/** How documents cite rules: 《规定》第七条, by their ids. */
export async function ruleNames(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ id: string; regulation: string; article: string }[]>`
    select id, regulation ->> 'zh' as regulation, article from rule where id = any (${[...ids]})`;
  return new Map(rows.map(({ id, regulation, article }) => [id, `《${regulation.replace(/^《|》$/g, '')}》${article}`]));
}

/** Of a row of `rule`: both days are included. */
export const inForceOn = (on: PlainDate) =>
  Prisma.sql`in_force_from <= ${on}::date and (in_force_to is null or in_force_to >= ${on}::date)`;

const likeText = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
