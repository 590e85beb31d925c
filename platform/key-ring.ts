/*
 * The key ring: what encrypts case data before Temporal or the database see it, and what signs.
 *
 * The first key is used for new data, all for old: to rotate, put a new key in front and keep the others for as long as data sealed with them exists.
 * Each purpose has its own sub-key (HKDF-SHA-256 of the ring's key, no salt, info `fivefold/1/<purpose>`), so that a value sealed for one purpose never
 * opens for another. A sealed value is
 *
 *   version (1 byte: 1) | length of key id (1) | key id | nonce (12) | AES-256-GCM ciphertext | tag (16)
 *
 * and all that comes before the ciphertext, followed by the caller's context, is authenticated. Nonces are random: good for 2^32 values per key and purpose.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { type SigningKey, signingKey } from './ed25519.ts';

/** `payload`: what Temporal keeps · `database`: columns · `file`: pieces of attachments · `search`: blind indexes · `sign`: sessions, hooks. */
export type KeyPurpose = 'payload' | 'database' | 'file' | 'search' | 'sign';

export interface RingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly secret: Uint8Array;
}

export interface KeyRing {
  /** In order; the first is used for new data. */
  readonly ids: readonly string[];
  /** `context` binds the value to its place (`case SQ-2026-000123`): it opens only with the same one. */
  seal(purpose: KeyPurpose, plaintext: Uint8Array, context?: string): Uint8Array<ArrayBuffer>;
  /** @throws SealError */
  open(purpose: KeyPurpose, sealed: Uint8Array, context?: string): Uint8Array<ArrayBuffer>;
  sealJson(purpose: KeyPurpose, value: unknown, context?: string): Uint8Array<ArrayBuffer>;
  /** The caller parses the result. @throws SealError */
  openJson(purpose: KeyPurpose, sealed: Uint8Array, context?: string): unknown;
  /** `<key id>.<base64url of HMAC-SHA-256>` with the first key: a signature, or what a blind index stores. */
  mac(purpose: KeyPurpose, data: string | Uint8Array): string;
  /** The MACs by every key: what a blind index is asked for (`= any(…)`), so that rows from before a rotation are found. */
  macs(purpose: KeyPurpose, data: string | Uint8Array): readonly string[];
  verifyMac(purpose: KeyPurpose, data: string | Uint8Array, mac: string): boolean;
  /** Pairs of keys for what others verify without a secret, one for each key of the ring, made of its sub-key `checkpoint`; the first signs. */
  readonly signingKeys: readonly [SigningKey, ...SigningKey[]];
}

/** A value that does not open: altered, cut short, sealed for another purpose or context, or with a key that is not in the ring. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** @param keys at least one, with distinct ids: key-file.ts checks that */
export function keyRing(keys: readonly [RingKey, ...RingKey[]]): KeyRing {
  const [first, ...others] = keys;
  const subKeys = new Map<string, Uint8Array>();
  const subKey = ({ id, secret }: RingKey, purpose: KeyPurpose | 'checkpoint'): Uint8Array => {
    const name = `${purpose}/${id}`;
    const known = subKeys.get(name) ?? new Uint8Array(hkdfSync('sha256', secret, '', `fivefold/1/${purpose}`, 32));
    subKeys.set(name, known);
    return known;
  };
  const macBy = (key: RingKey, purpose: KeyPurpose, data: string | Uint8Array): string =>
    `${key.id}.${createHmac('sha256', subKey(key, purpose)).update(data).digest('base64url')}`;

  const ring: KeyRing = {
    ids: keys.map((key) => key.id),
    seal: (purpose, plaintext, context = '') => seal(first.id, subKey(first, purpose), plaintext, context),
    open: (purpose, sealed, context = '') => {
      const parts = split(sealed);
      const key = keys.find(({ id }) => id === parts.keyId);
      if (key === undefined) throw new SealError(`the key ring lacks the key ${parts.keyId}: put it back behind the first key`);
      return open(parts, subKey(key, purpose), context);
    },
    sealJson: (purpose, value, context) => ring.seal(purpose, Buffer.from(JSON.stringify(value)), context),
    openJson: (purpose, sealed, context) => JSON.parse(Buffer.from(ring.open(purpose, sealed, context)).toString()),
    mac: (purpose, data) => macBy(first, purpose, data),
    macs: (purpose, data) => keys.map((key) => macBy(key, purpose, data)),
    verifyMac: (purpose, data, mac) => ring.macs(purpose, data).some((expected) => equal(expected, mac)),
    signingKeys: [signingKey(subKey(first, 'checkpoint')), ...others.map((key) => signingKey(subKey(key, 'checkpoint')))],
  };
  return ring;
}

function seal(keyId: string, key: Uint8Array, plaintext: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const header = Buffer.concat([Buffer.from([VERSION, keyId.length]), Buffer.from(keyId, 'latin1'), nonce]);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.concat([header, Buffer.from(context)]));
  return new Uint8Array(Buffer.concat([header, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
}

interface SealedParts {
  readonly keyId: string;
  readonly header: Uint8Array;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

function split(sealed: Uint8Array): SealedParts {
  if (sealed[0] !== VERSION) throw new SealError(`not a sealed value of version ${VERSION}`);
  const nonceAt = 2 + (sealed[1] ?? 0);
  const bodyAt = nonceAt + NONCE_BYTES;
  const tagAt = sealed.length - TAG_BYTES;
  if (tagAt < bodyAt) throw new SealError('the sealed value is cut short');
  return {
    keyId: Buffer.from(sealed.subarray(2, nonceAt)).toString('latin1'),
    header: sealed.subarray(0, bodyAt),
    nonce: sealed.subarray(nonceAt, bodyAt),
    ciphertext: sealed.subarray(bodyAt, tagAt),
    tag: sealed.subarray(tagAt),
  };
}

function open(parts: SealedParts, key: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  const decipher = createDecipheriv(CIPHER, key, parts.nonce)
    .setAAD(Buffer.concat([parts.header, Buffer.from(context)]))
    .setAuthTag(parts.tag);
  try {
    return new Uint8Array(Buffer.concat([decipher.update(parts.ciphertext), decipher.final()]));
  } catch (cause) {
    throw new SealError('the sealed value was altered, or belongs to another purpose or context', { cause });
  }
}

function equal(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
