import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const files = fileURLToPath(new URL('./static', import.meta.url));

/** The documentation, and what must work from any phone at any hour: reporting an injury, and the duty list. */
const pages = { '/api/docs': 'docs.html', '/report': 'report.html', '/duty': 'duty.html' };

/** Plain files from this host, so they work offline from the world and under the strict content security policy. What they show they ask the API for. */
export function staticPages(): Router {
  const router = Router();
  for (const [path, page] of Object.entries(pages)) router.get(path, (_request, response) => response.sendFile(page, { root: files }));
  router.use('/static', express.static(files, { index: false, maxAge: '1h' }));
  return router;
}
