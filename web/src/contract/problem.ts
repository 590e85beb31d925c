/** Where a form is wrong: `data.items.0.name`. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What the API answers when it refuses (api.md "Errors"); `slug` is the last part of its type. Its texts are in the reader's language. */
export class ProblemError extends Error {
  readonly slug: string;
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly retryAfterMs: number | null;
  readonly requestId: string | null;

  constructor(facts: {
    slug: string;
    status: number;
    detail: string;
    errors?: readonly FieldError[];
    retryAfterMs?: number | null;
    requestId?: string | null;
  }) {
    super(facts.detail);
    this.slug = facts.slug;
    this.status = facts.status;
    this.errors = facts.errors ?? [];
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.requestId = facts.requestId ?? null;
  }

  /** Whether the same request, sent again, may succeed: nothing was wrong with it. */
  get isPassing(): boolean {
    return this.status === 503 || this.status === 429 || this.status === 0;
  }
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('Retry-After'));
  const facts = {
    status: response.status,
    retryAfterMs: retryAfter > 0 ? retryAfter * 1000 : null,
    requestId: response.headers.get('X-Request-Id'),
  };
  try {
    const { type, detail, errors } = await response.json();
    return new ProblemError({ ...facts, slug: String(type).split('/').at(-1) ?? 'internal', detail, errors });
  } catch {
    return new ProblemError({ ...facts, slug: 'internal', detail: `HTTP ${response.status}` });
  }
}
