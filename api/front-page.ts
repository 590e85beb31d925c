import { Router } from 'express';
import type { Locale } from '../domain/ids.ts';
import { localeOf } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import { type Readiness, readinessOf } from './health.ts';

/** `/status`: what this is, where the documentation is, and whether everything runs. At `/` too where the pages are not built. */
export function frontPage(deps: ApiDeps): Router {
  const router = Router();
  router.get(['/', '/status'], async (request, response) => {
    const asked = request.query.lang;
    const locale = asked === 'zh' || asked === 'en' ? asked : localeOf(request);
    const page = html(locale, await readinessOf(deps, new Date()));
    response.set({ 'Cache-Control': 'no-store', 'Content-Language': locale, Vary: 'Accept-Language' }).type('html').send(page);
  });
  return router;
}

const texts = {
  zh: {
    title: '万件不落 Fivefold',
    lead: '公安局队伍管理办件服务：每一件诉求、督办、核查都有主办、有时限、有督促、有回音，一件也不会漏。',
    docs: '接口文档',
    ready: '运行状态',
    up: '正常',
    down: '不可用',
    database: '数据库',
    temporal: '流程引擎',
    worker: '办件执行器',
    other: '<a href="/status?lang=en" lang="en">English</a>',
  },
  en: {
    title: 'Fivefold 万件不落',
    lead: 'The personnel case service of a police bureau: every appeal, directive and inquiry has an owner, a time limit, a reminder and an answer. None is forgotten.',
    docs: 'API documentation',
    ready: 'State',
    up: 'up',
    down: 'down',
    database: 'Database',
    temporal: 'Workflow engine',
    worker: 'Case worker',
    other: '<a href="/status?lang=zh" lang="zh">中文</a>',
  },
} satisfies Record<Locale, Record<string, string>>;

// Only our own texts go in: nothing here comes from a request or a database.
function html(locale: Locale, { parts }: Readiness): string {
  const t = texts[locale];
  const row = (name: keyof typeof parts) => `<li><span class="${parts[name].state}">${t[parts[name].state]}</span> ${t[name]}</li>`;
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${t.title}</title><link rel="stylesheet" href="/static/page.css"></head>
<body><main>
<h1>${t.title}</h1>
<p>${t.lead}</p>
<p><a href="/api/docs?lang=${locale}">${t.docs}</a> · <a href="/api/v1/openapi.json">OpenAPI 3.1</a> · <a href="/readyz">/readyz</a> · ${t.other}</p>
<h2>${t.ready}</h2>
<ul class="parts">${row('database')}${row('temporal')}${row('worker')}</ul>
</main></body></html>
`;
}
