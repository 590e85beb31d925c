import { z } from 'zod';
import { Instant } from '../../domain/ids.ts';
import { knownKeys } from '../../store/known-keys.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';

const KeyView = z.object({ id: z.string(), inUse: z.boolean(), signedFrom: Instant.nullable(), signedUntil: Instant.nullable() });

/** The key ring by the names of its keys; a key itself never leaves the process. */
export const keyRoutes = ({ db, ring }: ApiDeps): Route[] => [
  route.get(
    '/keys',
    {
      title: { zh: '密钥环', en: 'The key ring' },
      permission: 'key.list',
      view: z.object({ items: z.array(KeyView) }),
      problems: ['forbidden'],
    },
    async () => {
      const keys = await knownKeys({ db, ring });
      return {
        items: keys.map(({ id, isFirst, signedFrom, signedUntil }) => ({
          id,
          inUse: isFirst,
          signedFrom: signedFrom?.toISOString() ?? null,
          signedUntil: signedUntil?.toISOString() ?? null,
        })),
      };
    },
  ),
];
