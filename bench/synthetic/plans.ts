import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';

const Node = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  'Shared Hit Blocks': z.number(),
  'Shared Read Blocks': z.number(),
  get Plans() {
    return z.array(Node).optional();
  },
});
type Node = z.infer<typeof Node>;

const Explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.looseObject({ Plan: Node })]) })]);

/** How PostgreSQL went about one statement. */
export interface Plan {
  /** Index or table, how it was read, and how many rows were looked at there in all; what was never read is left out. */
  readonly reads: readonly PlanRead[];
  /** Pages of 8 kB that were looked at, however often. */
  readonly pages: number;
}

export interface PlanRead {
  /** `Index Scan`, `Seq Scan` and so on. */
  readonly node: string;
  readonly of: string;
  readonly rows: number;
}

/** Not what goes on beside the requests, such as the starter's looks for cases without a workflow. */
const ofLists = /planned for its values|as candidates|inbox_count/;

/** The same database, that also explains each query of a list. */
export const explaining = (db: Database, keep: (plan: Plan) => void): Database =>
  new Proxy(db, {
    get(target, name) {
      if (name !== '$queryRaw') return Reflect.get(target, name);
      return async (query: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) => {
        const sql = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);
        if (ofLists.test(sql.sql)) {
          const rows = await target.$queryRaw`explain (analyze, buffers, timing off, costs off, format json) ${sql}`;
          keep(planOf(Explained.parse(rows)[0]['QUERY PLAN'][0].Plan));
        }
        return target.$queryRaw(sql);
      };
    },
  });

function planOf(root: Node): Plan {
  const reads = nodesOf(root)
    .filter((node) => node['Actual Loops'] > 0)
    .flatMap((node) => {
      const of = node['Index Name'] ?? node['Relation Name'];
      const rows = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
      return of === undefined || node['Node Type'] === 'Bitmap Heap Scan' ? [] : [{ node: node['Node Type'], of, rows: Math.round(rows) }];
    });
  return { reads, pages: root['Shared Hit Blocks'] + root['Shared Read Blocks'] };
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
