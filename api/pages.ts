import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RequestHandler, Router } from 'express';
import expressStaticGzip from 'express-static-gzip';

/** Where the build puts the pages: in `generated/` of a clone, in `dist/` for production, each seen from this file. */
const places = ['../generated/web', '../web'].map((place) => fileURLToPath(new URL(place, import.meta.url)));

/**
 * The pages (web/), where they are built: every address that belongs to nobody else is one of theirs, so that a link into the middle opens there.
 * Where they are not, this answers nothing and the plain front page stands.
 */
export function pageRoutes(): Router {
  const router = Router();
  const folder = places.find((place) => existsSync(path.join(place, '.vite', 'manifest.json')));
  if (folder === undefined) return router;
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  // Scripts and styles change their names with their content, so a browser may keep them for good.
  const kept = { index: false, immutable: true, maxAge: '1y' };
  router.use('/assets', expressStaticGzip(path.join(folder, 'assets'), { enableBrotli: true, index: false, serveStatic: kept }));
  router.get('/favicon.svg', (_request, response) => response.sendFile('favicon.svg', { root: folder, maxAge: '1d' }));
  router.get(/^\/(?!api\/|assets\/|static\/|status$|healthz$|readyz$|metrics$)[^.]*$/, showPage(html));
  return router;
}

/** Styles that the components make at run time carry a nonce, new for each answer; nothing else inline runs. */
const showPage =
  (html: string): RequestHandler =>
  (request, response, next) => {
    if (!request.accepts('html')) return next();
    const nonce = randomBytes(16).toString('base64');
    const policy = String(response.getHeader('Content-Security-Policy')).replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`);
    response.set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' });
    response.type('html').send(html.replace('__NONCE__', nonce));
  };
