import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const files = fileURLToPath(new URL('./static', import.meta.url));

/** `/api/docs`: a page that reads openapi.json. Plain files from this host, so it works offline and under the strict content security policy. */
export function docsRoutes(): Router {
  const router = Router();
  router.get('/api/docs', (_request, response) => response.sendFile('docs.html', { root: files }));
  router.use('/static', express.static(files, { index: false, maxAge: '1h' }));
  return router;
}
