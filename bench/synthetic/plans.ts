import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';

const Node = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Subplan Name': z.string().optional(),
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

const Explained = z.tuple([
  z.object({ 'QUERY PLAN': z.tuple([z.looseObject({ Plan: Node, 'Planning Time': z.number(), 'Execution Time': z.number() })]) }),
]);

/** How PostgreSQL went about one statement. */
export interface Plan {
  /** One line a node, children below their parents. */
  readonly lines: readonly string[];
  readonly indexes: ReadonlySet<string>;
  /** Tables that were read from end to end. */
  readonly scanned: ReadonlySet<string>;
  /** Pages of 8 kB that were looked at, however often. */
  readonly pages: number;
  readonly planningMs: number;
  readonly executionMs: number;
}

/** The same database, that also explains each query that reads cases, tasks or counters. */
export const explaining = (db: Database, keep: (plan: Plan) => void): Database =>
  new Proxy(db, {
    get(target, name) {
      if (name !== '$queryRaw') return Reflect.get(target, name);
      return async (query: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) => {
        const sql = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);
        if (/planned for its values|inbox_count/.test(sql.sql)) {
          const rows = await target.$queryRaw`explain (analyze, buffers, timing off, costs off, summary on, format json) ${sql}`;
          keep(planOf(Explained.parse(rows)[0]['QUERY PLAN'][0]));
        }
        return target.$queryRaw(sql);
      };
    },
  });

function planOf(explained: z.infer<typeof Explained>[0]['QUERY PLAN'][0]): Plan {
  const { Plan: root, 'Planning Time': planningMs, 'Execution Time': executionMs } = explained;
  const nodes = nodesOf(root, 0);
  return {
    lines: nodes.map(({ node, depth }) => `${'  '.repeat(depth)}${lineOf(node)}`),
    indexes: new Set(nodes.flatMap(({ node }) => node['Index Name'] ?? [])),
    scanned: new Set(nodes.flatMap(({ node }) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : []))),
    planningMs,
    executionMs,
    pages: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
  };
}

const nodesOf = (node: Node, depth: number): { node: Node; depth: number }[] => [
  { node, depth },
  ...(node.Plans ?? []).flatMap((child) => nodesOf(child, depth + 1)),
];

/** A node that never ran took no part: it says so and nothing else. */
function lineOf(node: Node): string {
  const { 'Index Name': index, 'Relation Name': table, 'Subplan Name': name, 'Actual Loops': loops } = node;
  const what = `${name ? `${name}: ` : ''}${node['Node Type']}${index ? ` ${index}` : ''}${table ? ` on ${table}` : ''}`;
  if (loops === 0) return `${what} (never)`;
  const removed = node['Rows Removed by Filter'] ?? 0;
  return `${what} (${node['Actual Rows']} rows${loops > 1 ? ` × ${loops}` : ''}${removed > 0 ? `, ${removed} filtered out` : ''})`;
}
