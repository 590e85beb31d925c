import { runEntry } from './set-up.mjs';

await runEntry('start.ts', process.argv.slice(2));
