import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { Problem } from '../domain/problems.ts';
import { readFile } from './read-file.ts';

export type BodyType = 'json' | 'csv' | 'sheet' | 'file';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A CSV file may also come as a field of a JSON object, from clients that can send nothing else. */
export const mediaTypes = {
  json: ['application/json'],
  csv: ['text/csv', 'application/json'],
  sheet: [XLSX, 'text/csv', 'application/json'],
  file: ['multipart/form-data'],
} satisfies Record<BodyType, string[]>;
const CSV_LIMIT = '10mb';
const SHEET_LIMIT = '2mb';
const verify = (_request: unknown, _response: unknown, bytes: Buffer): void => {
  // The parser writes into what is thrown here, so it can't be a Problem; problem-response.ts makes one of it.
  if (!isUtf8(bytes)) throw new Error('not UTF-8');
};
const csvInJson = express.json({ limit: CSV_LIMIT, verify });
const csvText = express.text({ limit: CSV_LIMIT, type: 'text/csv', verify });
const sheet = express.raw({ limit: SHEET_LIMIT, type: XLSX });
const parsers: Readonly<Record<Exclude<BodyType, 'file'>, RequestHandler>> = {
  json: express.json({ limit: '1mb', verify }),
  csv: (request, response, next) => (request.is('text/csv') ? csvText : csvInJson)(request, response, next),
  sheet: (request, response, next) => (request.is(XLSX) ? sheet : parsers.csv)(request, response, next),
};

/**
 * The body of a request, parsed but not yet checked; undefined when there is none.
 * @throws Problem `unsupported-media-type`, `malformed`; the parser's own errors, which problem-response.ts knows
 */
export async function readBody(request: Request, response: Response, type: BodyType = 'json'): Promise<unknown> {
  const isEmpty = request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
  if (isEmpty) return undefined;
  if (request.is(mediaTypes[type]) === false) throw new Problem('unsupported-media-type');
  if (type === 'file') return readFile(request);
  await new Promise<void>((resolve, reject) => parsers[type](request, response, (error) => (error ? reject(error) : resolve())));
  refuseUnstorable(request.body);
  return request.body;
}

/** Refuses text that PostgreSQL and JSON can't both hold: NUL and halves of surrogate pairs. @throws Problem `malformed` */
export function refuseUnstorable(value: unknown): void {
  if (typeof value === 'string' && UNSTORABLE.test(value)) throw new Problem('malformed', { detail: unstorableDetail });
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return;
  for (const [key, part] of Object.entries(value)) {
    refuseUnstorable(key);
    refuseUnstorable(part);
  }
}

const UNSTORABLE = /\0|\p{Surrogate}/u;
const unstorableDetail = { zh: '内容含有无法保存的字符。', en: 'The content has characters that cannot be kept.' };
