import { z } from 'zod';
import { Instant } from '../../domain/ids.ts';
import { checkpoints, type RecordCheckpoint } from '../../store/record-checkpoint.ts';
import { verifiedCheckpoint } from '../../store/verify-checkpoint.ts';
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

/** `ours`: signed by a key of the ring · `follows`: holds the hash of the one before · `root`: its root is that of the heads kept for it. */
const LatestView = z.object({
  checkpoint: CheckpointView.nullable(),
  verified: z.object({ ours: z.boolean(), follows: z.boolean(), root: z.boolean() }).nullable(),
});

/** Signed statements of where the chains of all cases ended: what an auditor notes down outside the system. */
export const checkpointRoutes = ({ db, ring }: ApiDeps): Route[] => [
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
      return { items: rows.map(checkpointView), nextCursor: rows.length === limit && last !== undefined ? String(last.number) : null };
    },
  ),
  route.get(
    '/audit/checkpoint',
    {
      title: { zh: '最新检查点及其核验', en: 'The newest checkpoint, verified' },
      permission: 'checkpoint.verify',
      view: LatestView,
      problems: ['forbidden'],
    },
    async () => {
      const newest = await verifiedCheckpoint({ db, ring });
      if (newest === null) return { checkpoint: null, verified: null };
      const { checkpoint, isOurs, follows, hasRoot } = newest;
      return { checkpoint: checkpointView(checkpoint), verified: { ours: isOurs, follows, root: hasRoot } };
    },
  ),
];

const checkpointView = (checkpoint: RecordCheckpoint) => ({ ...checkpoint, at: checkpoint.at.toISOString() });
