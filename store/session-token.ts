import { createHash, randomBytes } from 'node:crypto';

/** An opaque bearer token, 256 random bits; the database holds only its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenHash = (token: string): Uint8Array<ArrayBuffer> => new Uint8Array(createHash('sha256').update(token).digest());
