import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** What PKCS #8 and SPKI put before the 32 bytes of an Ed25519 key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** A key pair made of 32 secret bytes. */
export interface SigningKey {
  /** Base64 of its 32 bytes. */
  readonly publicKey: string;
  /** Base64. */
  sign(text: string): string;
}

export function signingKey(seed: Uint8Array): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: spki.subarray(SPKI.length).toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  };
}

export const isSignedBy = (publicKey: string, text: string, signature: string): boolean =>
  verify(null, Buffer.from(text), publicKeyOf(publicKey), Buffer.from(signature, 'base64'));

const publicKeyOf = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(publicKey, 'base64')]), format: 'der', type: 'spki' });
