import { collectDefaultMetrics, Registry } from 'prom-client';

/** The process's metrics, served at `/metrics`: create counters and histograms with `registers: [metrics]`. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });
