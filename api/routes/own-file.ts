import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { zipped } from '../../platform/zip.ts';
import { noteExport } from '../../store/own-file.ts';
import type { ApiDeps } from '../deps.ts';
import { exportedFile } from '../own-export.ts';
import { OwnFileView, ownFile } from '../own-file.ts';
import { type Route, route, Streamed } from '../route.ts';

/** What is kept about whoever asks (domain.md §4.6: own data). */
export const ownFileRoutes = (deps: ApiDeps): Route[] => [
  route.get('/me/file', { title: { zh: '本人档案', en: 'Own file' }, permission: 'me', view: OwnFileView }, async (call) =>
    ownFile(deps, call),
  ),
  route.post(
    '/me/file/export',
    { title: { zh: '导出本人档案', en: 'Export the own file' }, permission: 'me', view: z.string(), mediaType: 'application/zip' },
    async (call) => {
      const { actor, at } = call;
      const file = await ownFile(deps, call);
      await noteExport(deps.db, actor.id, { at, cases: file.cases.length });
      return new Streamed(async (response) => {
        response.writeHead(200, {
          'Content-Type': 'application/zip',
          'Content-Disposition': `attachment; filename="${actor.username.replaceAll(/[^\w.-]/g, '_')}-${at.toISOString().slice(0, 10)}.zip"`,
          'Cache-Control': 'no-store',
        });
        await pipeline(Readable.from(zipped(exportedFile(deps, call, file), at)), response, { signal: call.signal });
      });
    },
  ),
];
