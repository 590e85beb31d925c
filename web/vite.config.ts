import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The pages, into dist/web, from where the API serves them. `npx vite web` beside a running bureau shows them with every change at once. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    chunkSizeWarningLimit: 1000,
    // 'use client' of the component library means nothing here.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  server: { proxy: { '/api': process.env.FIVEFOLD_ADDRESS ?? 'http://127.0.0.1:8080' } },
});
