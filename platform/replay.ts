import { type Client, isGrpcServiceError } from '@temporalio/client';
import { defaultPayloadConverter, type PayloadCodec } from '@temporalio/common';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { z } from 'zod';
import type { KeyRing } from './key-ring.ts';
import { dataConverter, payloadCodec } from './payload-codec.ts';

const GRPC_NOT_FOUND = 5;

/** Whether a workflow of the engine goes on under some code: it does, the engine does not have it, or it would go another way. */
export type Replayed = { readonly workflowId: string } & (
  | { readonly how: 'goes-on' | 'missing' }
  | { readonly how: 'differs'; readonly reason: string }
);

export interface Replay {
  readonly client: Client;
  readonly ring: KeyRing;
  /** Of the code in question. */
  readonly bundle: WorkflowBundleOption;
  readonly workflowIds: AsyncIterable<string>;
}

/** Runs code along the histories of workflows, one after the other, without doing or changing anything. */
export async function* replayed({ client, ring, bundle, workflowIds }: Replay): AsyncGenerator<Replayed> {
  const missing: string[] = [];
  async function* histories() {
    for await (const workflowId of workflowIds) {
      const history = await client.workflow
        .getHandle(workflowId)
        .fetchHistory()
        .catch((error: unknown) => {
          if (!isGrpcServiceError(error) || error.code !== GRPC_NOT_FOUND) throw error;
        });
      if (history) yield { workflowId, history };
      else missing.push(workflowId);
    }
  }

  const heard: string[] = [];
  const options = { workflowBundle: bundle, dataConverter: { ...dataConverter(ring), payloadCodecs: [hearing(ring, heard)] } };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories())) {
    const told = heard.splice(0).at(-1);
    yield error ? { workflowId, how: 'differs', reason: told ?? error.message } : { workflowId, how: 'goes-on' };
  }
  for (const workflowId of missing) yield { workflowId, how: 'missing' };
}

/** What failure-converter.cjs makes of a failure. */
const FailureText = z.object({ message: z.string(), stack_trace: z.string() });

/**
 * Opens what the engine has. Nothing that a replay makes leaves this process, so it is not sealed but listened to: the library would tell of a failure only that it is sealed.
 */
function hearing(ring: KeyRing, heard: string[]): PayloadCodec {
  return {
    decode: payloadCodec(ring).decode,
    encode: async (payloads) => {
      for (const payload of payloads) {
        const failure = FailureText.safeParse(defaultPayloadConverter.fromPayload(payload));
        if (failure.success) heard.push(failure.data.message);
      }
      return payloads;
    },
  };
}
