import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem } from '../domain/problems.ts';
import { problemBody } from './problem-response.ts';

/** Answers what Node's parser does not take for HTTP, such as Chinese in an address that was not percent-encoded: no route ever sees it. */
export function answerUnreadable(_error: Error, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const problem = new Problem('malformed', { detail: unreadable });
  const body = JSON.stringify(problemBody(problem, { locale: 'zh', instance: '/', requestId: randomUUID() }));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const unreadable = {
  zh: '无法识别的 HTTP 请求：地址中的非 ASCII 字符须以 %XX 转义。',
  en: 'This is no HTTP that can be read: characters beyond ASCII in an address are written as %XX.',
};
