import { z } from 'zod';
import { Instant } from '../../domain/ids.ts';
import { checkpoints } from '../../store/record-checkpoint.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { pageSize, pageView } from './paging.ts';

const CheckpointView = z.object({
  number: z.int(),
  at: Instant,
  cases: z.int(),
  root: z.string(),
  previous: z.string(),
  hash: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});

/** Signed statements of where the chains of all cases ended: what an auditor notes down outside the system. */
export const checkpointRoutes = ({ db }: ApiDeps): Route[] => [
  route.get(
    '/checkpoints',
    {
      title: { zh: '记录检查点', en: 'Checkpoints of the record' },
      permission: 'checkpoint.list',
      query: z.object({ cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional(), limit: pageSize }),
      view: pageView(CheckpointView),
      problems: ['forbidden'],
    },
    async ({ query: { cursor, limit } }) => {
      const rows = await checkpoints(db, { before: cursor, limit });
      const last = rows.at(-1);
      const items = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
      return { items, nextCursor: rows.length === limit && last !== undefined ? String(last.number) : null };
    },
  ),
];
