import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';
import { Problem } from '../domain/problems.ts';

/** The file of a multipart request, as it comes in. Its bytes can be read once. */
export class IncomingFile {
  readonly name: string;
  readonly #bytes: AsyncIterable<Uint8Array>;

  constructor(name: string, bytes: AsyncIterable<Uint8Array>) {
    this.name = name;
    this.#bytes = bytes;
  }

  /** @throws Problem `malformed` where the sender breaks off */
  get bytes(): AsyncIterable<Uint8Array> {
    return this.#bytes;
  }
}

/** One part, which is a file; what comes behind it is not read. */
const limits = { files: 1, fields: 0, parts: 1, headerPairs: 10, headerSize: 4096 };

/**
 * Waits for the file's beginning.
 * @throws Problem `malformed` where there is none
 */
export function readFile(request: Request): Promise<IncomingFile> {
  return new Promise((resolve, reject) => {
    const broken = new Problem('malformed', { detail: noFile });
    const headers: BusboyHeaders = { ...request.headers, 'content-type': request.headers['content-type'] ?? '' };
    const parts = openParts(headers, broken);
    parts.once('file', (_field, stream, name = '') => {
      request.once('close', () => {
        if (!request.complete) stream.destroy(broken);
      });
      // Refused before its end: the rest is read and thrown away, or the sender would not hear why.
      stream.once('close', () => {
        request.unpipe(parts);
        request.resume();
      });
      parts.once('error', () => stream.destroy(broken));
      // It may break off before anyone reads; whoever does then is told.
      stream.on('error', () => undefined);
      resolve(new IncomingFile(name, stream));
    });
    parts.once('error', () => reject(broken));
    parts.once('finish', () => reject(broken));
    request.once('close', () => {
      if (!request.complete) reject(broken);
    });
    request.pipe(parts);
  });
}

/** @throws the given problem where the request has no boundary */
function openParts(headers: BusboyHeaders, broken: Problem): InstanceType<typeof Busboy> {
  try {
    return new Busboy({ headers, limits });
  } catch {
    throw broken;
  }
}

const noFile = { zh: '没有收到完整的文件。', en: 'No whole file was received.' };
