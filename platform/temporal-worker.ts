import { NativeConnection, Worker, type WorkerOptions, type WorkflowBundleOption } from '@temporalio/worker';
import type { KeyRing } from './key-ring.ts';
import { dataConverter } from './payload-codec.ts';
import { taskQueue } from './temporal.ts';

export interface WorkerSetUp {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly ring: KeyRing;
  readonly activities: object;
  /** See workflow-bundle.ts. */
  readonly bundle: WorkflowBundleOption;
  /** Another queue than that of the cases, in tests. */
  readonly taskQueue?: string;
}

/** Bounds for a process on two cores: 6,000 cached cases once grew a worker to 1.1 GB; evicted ones are replayed when they wake. */
const limits = {
  maxCachedWorkflows: 600,
  maxConcurrentWorkflowTaskExecutions: 100,
  maxConcurrentLocalActivityExecutions: 40,
  maxConcurrentActivityTaskExecutions: 20,
} satisfies Partial<WorkerOptions>;

/** A worker for all cases: `await worker.run()` ends after `worker.shutdown()` once running activities have ended, at the latest after 10 s. */
export const createWorker = ({ ring, bundle, ...options }: WorkerSetUp): Promise<Worker> =>
  Worker.create({
    taskQueue,
    ...options,
    ...limits,
    workflowBundle: bundle,
    dataConverter: dataConverter(ring),
    shutdownGraceTime: '5s',
    shutdownForceTime: '10s',
  });

export const connectWorker = (address: string): Promise<NativeConnection> => NativeConnection.connect({ address });
