import { z } from 'zod';
import type { Locale } from '../domain/ids.ts';
import { type ProblemSlug, problems } from '../domain/problems.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import { API_BASE } from './mount.ts';
import { titleOf } from './problem-response.ts';
import { type BodyType, mediaTypes } from './read-body.ts';
import { type Route, route } from './route.ts';

/** `GET /openapi.json`: the document of all `routes`, made once for each language. */
export function openApiRoutes(routes: readonly Route[]): Route[] {
  const documents = new Map<Locale, unknown>();
  return [
    route.get(
      '/openapi.json',
      {
        title: { zh: '接口说明（OpenAPI 3.1）', en: 'This description (OpenAPI 3.1)' },
        permission: 'anyone',
        query: z.object({ lang: z.enum(['zh', 'en']).optional() }),
        view: z.looseObject({ openapi: z.string() }),
      },
      async ({ query, locale }) => {
        const language = query.lang ?? locale;
        const document = documents.get(language) ?? openApiDocument(routes, language);
        documents.set(language, document);
        return document;
      },
    ),
  ];
}

export function openApiDocument(routes: readonly Route[], locale: Locale) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const each of routes) {
    const path = each.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [each.method]: operationOf(each, locale) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: locale === 'zh' ? '万件不落 Fivefold' : 'Fivefold 万件不落',
      version: '1.0.0',
      description: introduction[locale],
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: API_BASE }],
    tags: [...new Set(routes.map(({ path }) => tagOf(path)))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'POST /auth/login' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'fivefold_session', description: 'X-CSRF-Token = fivefold_csrf' },
      },
      schemas: { Problem: jsonSchemaOf(problemSchema, locale) },
    },
  };
}

const introduction = {
  zh: '时间为带时区的 ISO 8601。以 POST 提交时请带 Idempotency-Key：同键同文得到同一结果，可放心重试。出错一律为 application/problem+json。',
  en: 'Times are ISO 8601 with offset. Send an Idempotency-Key with each POST: the same key and content give the same result, so trying again is safe. Every error is application/problem+json.',
};

const problemSchema = z.object({
  type: z.string().meta({ examples: ['/problems/invalid-form'] }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string(), row: z.int().optional(), column: z.string().optional() })).optional(),
});

function operationOf({ method, path, spec }: Route, locale: Locale) {
  const open = spec.permission === 'anyone';
  return {
    operationId: `${method}${path.replace(/[/:.-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: spec.title[locale],
    'x-title': spec.title,
    tags: [tagOf(path)],
    security: open ? [] : [{ bearer: [] }, { cookie: [] }],
    'x-permission': spec.permission,
    parameters: parametersOf(spec, locale),
    ...(spec.body && {
      requestBody: {
        required: !spec.body.safeParse(undefined).success,
        content: contentOf(spec.bodyType ?? 'json', spec.bodyType === 'file' ? fileForm : jsonSchemaOf(spec.body, locale)),
      },
    }),
    responses: { ...successOf(spec, locale), ...problemsOf(spec, locale) },
  };
}

const fileForm: JsonSchema = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
  additionalProperties: false,
};

const contentOf = (type: BodyType, schema: JsonSchema) => Object.fromEntries(mediaTypes[type].map((name) => [name, { schema }]));

function parametersOf(spec: Route['spec'], locale: Locale) {
  const listed = (schema: z.ZodObject | undefined, place: 'path' | 'query') =>
    Object.entries(schema?.shape ?? {}).map(([name, type]) => ({
      name,
      in: place,
      required: place === 'path' || !z.safeParse(type, undefined).success,
      schema: jsonSchemaOf(type as z.ZodType, locale),
    }));
  const header = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', pattern: '^[!-~]([ -~]{0,198}[!-~])?$' },
  };
  return [...listed(spec.params, 'path'), ...listed(spec.query, 'query'), ...(spec.idempotent ? [header] : [])];
}

function successOf(spec: Route['spec'], locale: Locale) {
  const status = spec.status ?? (spec.view ? 200 : 204);
  const content = spec.view && { [spec.mediaType ?? 'application/json']: { schema: jsonSchemaOf(spec.view, locale) } };
  const answer = { description: spec.title[locale], ...(content && { content }) };
  return Object.fromEntries([status, ...(spec.otherStatuses ?? [])].map((each) => [each, answer]));
}

function problemsOf(spec: Route['spec'], locale: Locale) {
  const slugs: ProblemSlug[] = [
    'malformed',
    'not-found',
    'too-many-requests',
    'internal',
    'database-unavailable',
    ...(spec.problems ?? []),
  ];
  if (spec.permission !== 'anyone') slugs.push('not-signed-in', 'forbidden');
  if (spec.idempotent) slugs.push('outcome-unknown');
  if (spec.body) slugs.push('too-large', 'unsupported-media-type');
  const statuses = [...new Set(slugs.map((slug) => problems[slug].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      problemAnswer(
        [...new Set(slugs)].filter((slug) => problems[slug].status === status),
        locale,
      ),
    ]),
  );
}

const problemAnswer = (slugs: readonly ProblemSlug[], locale: Locale) => ({
  description: slugs.map((slug) => `\`${slug}\` ${problems[slug][locale]}`).join('\n\n'),
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: Object.fromEntries(slugs.map((slug) => [slug, { value: exampleOf(slug, locale) }])),
    },
  },
});

const exampleOf = (slug: ProblemSlug, locale: Locale) => ({
  type: `/problems/${slug}`,
  title: titleOf(slug)[locale],
  status: problems[slug].status,
  detail: problems[slug][locale],
  instance: `${API_BASE}/…`,
  requestId: '7c0f2a1e-…',
});

const tagOf = (path: string): string => path.split('/')[1] ?? '';
