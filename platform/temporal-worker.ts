import { NativeConnection, Worker, type WorkerOptions, type WorkflowBundleOption } from '@temporalio/worker';
import type { KeyRing } from './key-ring.ts';
import { dataConverter } from './payload-codec.ts';
import { taskQueue, urgentTaskQueue } from './temporal.ts';

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

/**
 * A case's next task goes to the worker that had it last; one that was killed does not take it, and after this time any other may. The engine's own 10 s would outlast the
 * deadline of a submission (api/engine.ts, 5 s), so that whoever acts first after a crash would be told that the outcome is unknown. A worker that is merely slow loses a
 * replay of a few dozen milliseconds.
 */
const deadWorkerAfter = '2s';

/** Slots of their own for what never waits behind the cases. */
const urgentLimits = {
  maxCachedWorkflows: 10,
  maxConcurrentWorkflowTaskExecutions: 5,
  maxConcurrentLocalActivityExecutions: 5,
  maxConcurrentActivityTaskExecutions: 5,
} satisfies Partial<WorkerOptions>;

/** A worker for all cases: `await worker.run()` ends after `worker.shutdown()` once running activities have ended, at the latest after 10 s. */
export const createWorker = ({ ring, bundle, ...options }: WorkerSetUp, slots: Partial<WorkerOptions> = limits): Promise<Worker> =>
  Worker.create({
    taskQueue,
    ...options,
    ...slots,
    workflowBundle: bundle,
    dataConverter: dataConverter(ring),
    stickyQueueScheduleToStartTimeout: deadWorkerAfter,
    shutdownGraceTime: '5s',
    shutdownForceTime: '10s',
  });

export const connectWorker = (address: string): Promise<NativeConnection> => NativeConnection.connect({ address });

export interface RunningWorkers {
  /** Rejects when one of them fails. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** Runs the workers of one process: one for all cases, and one for what is urgent. */
export async function runWorkers(setUp: WorkerSetUp): Promise<RunningWorkers> {
  const workers = await Promise.all([createWorker(setUp), createWorker({ ...setUp, taskQueue: urgentTaskQueue }, urgentLimits)]);
  const ended = Promise.all(workers.map((worker) => worker.run()));
  return {
    ended,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}
