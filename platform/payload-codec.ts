/*
 * Encrypts everything that Temporal keeps: inputs, results, updates, queries, local activities, memo, failure messages. Not covered, so no
 * personal data may be in them: workflow ids, search attributes, failure types, task queue names, and what the worker itself logs.
 */
import { fileURLToPath } from 'node:url';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { KeyRing } from './key-ring.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const ENCODING = 'binary/encrypted';

export const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/** The data converter of every client, worker and test: always encrypting. */
export const dataConverter = (ring: KeyRing): DataConverter => ({ payloadCodecs: [payloadCodec(ring)], failureConverterPath });

/** Decoding leaves a payload that was never encrypted as it is: Temporal itself adds some. @throws SealError from `decode` */
export const payloadCodec = (ring: KeyRing): PayloadCodec => ({
  encode: async (payloads) => payloads.map((payload) => encrypt(ring, payload)),
  decode: async (payloads) => payloads.map((payload) => decrypt(ring, payload)),
});

function encrypt(ring: KeyRing, payload: Payload): Payload {
  return { metadata: { encoding: Buffer.from(ENCODING) }, data: ring.seal('payload', PayloadMessage.encode(payload).finish()) };
}

function decrypt(ring: KeyRing, payload: Payload): Payload {
  const encoding = payload.metadata?.encoding;
  if (!encoding || !payload.data || Buffer.from(encoding).toString() !== ENCODING) return payload;
  return PayloadMessage.decode(ring.open('payload', payload.data));
}
