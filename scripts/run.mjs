// `node scripts/run.mjs operate.ts migrate`: sets up as `npm start` does, then runs another entry point.
import { runEntry } from './set-up.mjs';

const [entry, ...args] = process.argv.slice(2);
await runEntry(entry, args);
