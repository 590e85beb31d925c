import type { Request, Response } from 'express';
import type { Locale } from '../domain/ids.ts';
import { Problem, type ProblemSlug, problems } from '../domain/problems.ts';
import { SealError } from '../platform/key-ring.ts';
import { databaseIsAway } from './database-away.ts';

/** Titles by status; `detail` says what the very case is. */
const titles: Readonly<Record<number, { zh: string; en: string }>> = {
  400: { zh: '请求有误', en: 'Bad request' },
  401: { zh: '未登录', en: 'Not signed in' },
  403: { zh: '不允许', en: 'Not allowed' },
  404: { zh: '未找到', en: 'Not found' },
  405: { zh: '不支持的方法', en: 'Method not allowed' },
  406: { zh: '无法提供该格式', en: 'Not acceptable' },
  409: { zh: '与当前状态冲突', en: 'Conflict' },
  413: { zh: '内容过大', en: 'Too large' },
  415: { zh: '格式不支持', en: 'Unsupported media type' },
  422: { zh: '表单有误', en: 'Invalid form' },
  429: { zh: '过于频繁', en: 'Too many requests' },
  500: { zh: '系统出错', en: 'Internal error' },
  503: { zh: '服务暂不可用', en: 'Temporarily unavailable' },
};

const RETRY_AFTER_SECONDS = 2;

/** What every error turns into on its way out of a request. An error that nobody foresaw says nothing of itself. */
export function problemOf(error: unknown, method: string): Problem {
  if (error instanceof Problem) return error;
  const away = databaseIsAway(error);
  if (away !== null) return new Problem(away === 'broken' && method !== 'GET' ? 'outcome-unknown' : 'database-unavailable');
  const slug = parserSlugs[typeOf(error)];
  if (slug !== undefined) return new Problem(slug);
  return new Problem('internal');
}

/** Whether an error is a fault of ours that belongs into the log with its stack. */
export const isUnforeseen = (error: unknown): boolean => error instanceof SealError || problemOf(error, 'GET').slug === 'internal';

/** Sends `problem` as application/problem+json (RFC 9457). */
export function sendProblem(request: Request, response: Response, { problem, locale }: { problem: Problem; locale: Locale }): void {
  const status = problem.status;
  const retryAfter = problem.facts.retryAfter ?? (status === 503 || status === 429 ? RETRY_AFTER_SECONDS : undefined);
  if (retryAfter !== undefined) response.set('Retry-After', String(Math.max(1, Math.ceil(retryAfter))));
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  response
    .status(status)
    .type('application/problem+json')
    .set('Cache-Control', 'no-store')
    .set('Content-Language', locale)
    .send(JSON.stringify(problemBody(problem, { locale, instance: request.originalUrl, requestId: String(request.id) })));
}

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly requestId: string;
  readonly errors?: Problem['facts']['errors'];
}

export function problemBody(
  problem: Problem,
  { locale, instance, requestId }: { locale: Locale; instance: string; requestId: string },
): ProblemBody {
  const { errors, detail } = problem.facts;
  return {
    type: `/problems/${problem.slug}`,
    title: titleOf(problem.slug)[locale],
    status: problem.status,
    detail: detail?.[locale] ?? problem.text(locale),
    instance,
    requestId,
    ...(errors && { errors }),
  };
}

/** @throws when the catalogue holds a status that has no title: a test goes through them all */
export function titleOf(slug: ProblemSlug): { zh: string; en: string } {
  const title = titles[problems[slug].status];
  if (title === undefined) throw new Error(`no title for status ${problems[slug].status} of ${slug}`);
  return title;
}

/** Errors of Express' body parser, by their `type`. */
const parserSlugs: Readonly<Record<string, ProblemSlug>> = {
  'entity.parse.failed': 'malformed',
  'entity.too.large': 'too-large',
  'entity.verify.failed': 'malformed',
  'encoding.unsupported': 'unsupported-media-type',
  'charset.unsupported': 'unsupported-media-type',
  'request.aborted': 'malformed',
  'request.size.invalid': 'malformed',
};

function typeOf(error: unknown): string {
  if (error instanceof URIError) return 'entity.parse.failed';
  return error instanceof Error && 'type' in error && typeof error.type === 'string' ? error.type : '';
}
