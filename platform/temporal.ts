import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  isGrpcServiceError,
  makeGrpcRetryInterceptor,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { KeyRing } from './key-ring.ts';
import { dataConverter } from './payload-codec.ts';
import { SetupError } from './setup-error.ts';

/** The task queue of every case. */
export const taskQueue = 'fivefold';
/** The queue of what never waits behind the cases, however many are moving. */
export const urgentTaskQueue = 'fivefold-urgent';

/** Keywords that make cases findable in Temporal's pages. Never titles or personal data: these are not encrypted. */
export const searchAttributes = ['FivefoldProcess', 'FivefoldUnit', 'FivefoldStage', 'FivefoldLevel'] as const;

const START_LIMIT_MS = 60_000;
const GRPC_CANCELLED = 1;
const GRPC_DEADLINE_EXCEEDED = 4;
const GRPC_RESOURCE_EXHAUSTED = 8;
const GRPC_FAILED_PRECONDITION = 9;
const GRPC_UNAVAILABLE = 14;
const NEVER_SENT = /no connection established|name resolution failed|ECONNREFUSED/i;

/**
 * A client that does not wait for the engine: calls fail one by one while it is away, and go on when it is back (tried again at least every second).
 * Close it with `client.connection.close()`.
 */
export function connectTemporal(address: string, namespace: string, ring: KeyRing): Client {
  return new Client({ connection: temporalConnection(address), namespace, dataConverter: dataConverter(ring) });
}

/** As `connectTemporal` connects, without keys: for looking whether the engine is there. */
export function temporalConnection(address: string): Connection {
  const retry = defaultGrpcRetryOptions();
  return Connection.lazy({
    address,
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1000 },
    // Nothing is sent a second time after a broken connection: only so does "no connection" mean that nothing was changed.
    interceptors: [
      makeGrpcRetryInterceptor({
        ...retry,
        retryableDecider: (attempt, status) => status.code !== GRPC_UNAVAILABLE && retry.retryableDecider(attempt, status),
      }),
    ],
  });
}

/** @param ms how long every engine call within `fn` may take together, in milliseconds */
export const withDeadline = <T>(client: Client, ms: number, fn: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + ms, fn);

/**
 * What a failed engine call means. `unavailable`: it never reached the engine, nothing was changed. `unknown`: no answer in time or the
 * connection broke; it may have taken effect or still may, so only the same id may be sent again. `turned-away`: the engine is there but did not take the call, because it
 * is overloaded or the workflow can't go on at present (a build that its history does not fit). Undefined: the engine answered, and `error` is its answer.
 */
export function engineError(error: unknown): 'unavailable' | 'unknown' | 'turned-away' | undefined {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'unknown';
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause)) return undefined;
  if (cause.code === GRPC_UNAVAILABLE) return NEVER_SENT.test(cause.details) ? 'unavailable' : 'unknown';
  if (cause.code === GRPC_FAILED_PRECONDITION || cause.code === GRPC_RESOURCE_EXHAUSTED) return 'turned-away';
  return cause.code === GRPC_DEADLINE_EXCEEDED || cause.code === GRPC_CANCELLED ? 'unknown' : undefined;
}

/** Waits for an engine that is just starting. @throws SetupError when it does not serve the client's namespace within a minute */
export async function untilEngineServes(client: Client, address: string): Promise<void> {
  if (await untilServing(client, START_LIMIT_MS)) return;
  const { namespace } = client.options;
  throw new SetupError(
    `流程引擎 ${address} 的命名空间 ${namespace} 未提供服务：请检查 TEMPORAL_ADDRESS、TEMPORAL_NAMESPACE，并先执行 operate.ts prepare。`,
    `The workflow engine at ${address} does not serve the namespace ${namespace}: check TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, and run operate.ts prepare first.`,
  );
}

/** Waits until the engine serves the client's namespace. @returns false if it does not within `ms` milliseconds */
export async function untilServing(client: Client, ms: number): Promise<boolean> {
  const until = Date.now() + ms;
  while (!(await isServing(client))) {
    if (Date.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/** Whether the engine answers for the client's namespace within a second. */
export async function isServing(client: Client): Promise<boolean> {
  const { namespace } = client.options;
  try {
    await withDeadline(client, 1000, () => client.workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}
