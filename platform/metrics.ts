import { once } from 'node:events';
import { createServer } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** The process's metrics, served at `/metrics`: create counters and histograms with `registers: [metrics]`. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

/** Serves the metrics of a process that has no API. @returns ends it */
export async function serveMetrics(host: string, port: number): Promise<() => void> {
  const server = createServer(async (_request, response) => {
    response.setHeader('Content-Type', metrics.contentType).end(await metrics.metrics());
  });
  await once(server.listen(port, host), 'listening');
  return () => server.close();
}
