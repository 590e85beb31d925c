import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const outDir = fileURLToPath(new URL('../generated/web', import.meta.url));

/** The pages, into generated/web, from where the API serves them. `npx vite web` beside a running bureau shows them with every change at once. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [compressed(), swept()],
  build: {
    outDir,
    emptyOutDir: false, // see swept
    target: 'es2022',
    manifest: true,
    chunkSizeWarningLimit: 1000,
    // 'use client' of the component library means nothing here.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  server: { proxy: { '/api': process.env.FIVEFOLD_ADDRESS ?? 'http://127.0.0.1:8080' } },
});

/** Each script and style also packed, once and as small as it goes, so that serving it costs nothing. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      for (const name of readdirSync(path.join(outDir, 'assets')).filter((each) => /\.(js|css)$/.test(each))) {
        const file = path.join(outDir, 'assets', name);
        const packed = statSync(`${file}.br`, { throwIfNoEntry: false });
        if (packed && packed.mtimeMs > statSync(file).mtimeMs) continue;
        const content = readFileSync(file);
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(content));
      }
    },
  };
}

const WEEK_MS = 7 * 86_400_000;

/** What earlier builds left stays for a week: a page that is still open loads its parts from there, and so does a bureau that was running meanwhile. */
function swept(): Plugin {
  return {
    name: 'swept',
    apply: 'build',
    closeBundle() {
      const assets = path.join(outDir, 'assets');
      for (const name of readdirSync(assets)) {
        const file = path.join(assets, name);
        if (Date.now() - statSync(file).mtimeMs > WEEK_MS) rmSync(file);
      }
    },
  };
}
