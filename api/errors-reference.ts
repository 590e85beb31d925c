import { type ProblemSlug, problems } from '../domain/problems.ts';
import { titleOf } from './problem-response.ts';

/** The text of docs/reference/errors.md: made from the catalogue, so that it can't fall behind (errors-reference.test.ts compares them). */
export function errorsReference(): string {
  const slugs = Object.keys(problems).filter((slug): slug is ProblemSlug => slug in problems);
  const rows = slugs.map((slug) => {
    const { status, zh, en } = problems[slug];
    return `| \`${slug}\` | ${status} ${titleOf(slug).en} | ${zh} | ${en} |`;
  });
  return [
    '# 错误 Errors',
    '',
    '每个错误都是 `application/problem+json`（RFC 9457）：`type` 为 `/problems/<标识>`，`title` 与 `detail` 用请求方的语言，`requestId` 用于查询日志；表单错误逐项列在 `errors` 中。429 与 503 带 `Retry-After`（秒）。',
    '',
    'Every error is `application/problem+json` (RFC 9457): `type` is `/problems/<slug>`, `title` and `detail` are in the language of the caller, `requestId` finds the log lines; what is wrong with a form is listed in `errors`. 429 and 503 carry `Retry-After` in seconds.',
    '',
    '除 `outcome-unknown` 外，出错的请求没有作任何更改。A request that failed has changed nothing, except with `outcome-unknown`, where only a repeated try with the same key tells.',
    '',
    '| 标识 slug | 状态 status | 中文 | English |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
