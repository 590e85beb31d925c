import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Streamed } from './route.ts';

export interface OutgoingFile {
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

/** Sends a file to be saved, never to be shown in a page of ours: its type is not guessed, and nothing in it runs. */
export const sendFile = ({ name, type, size }: OutgoingFile, bytes: AsyncIterable<Uint8Array>): Streamed =>
  new Streamed(async (response) => {
    response.attachment(name).set({
      'Content-Type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
      'Content-Length': String(size),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'no-store',
    });
    await pipeline(Readable.from(bytes), response);
  });
