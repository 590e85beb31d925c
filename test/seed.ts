import fc from 'fast-check';

/*
 * Property and random tests try the same on every run of one commit, so that a failure in CI is one that anyone can repeat: `SEED` and `RUNS` change that, and
 * `npm run test:explore` looks for what these have not found yet (decision 0024).
 */
const { SEED = '20261125', RUNS } = process.env;
fc.configureGlobal({ seed: SEED === 'random' ? Date.now() : Number(SEED), ...(RUNS && { numRuns: Number(RUNS) }) });
