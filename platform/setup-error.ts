/** A fault of set-up or configuration that the person at the terminal can mend: what is wrong and what to do, Chinese first. Printed without a stack. */
export class SetupError extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(zh: string, en: string, cause?: unknown) {
    super(`${zh}\n${en}`, cause === undefined ? undefined : { cause });
    this.name = 'SetupError';
    this.zh = zh;
    this.en = en;
  }
}

// Not `instanceof Error`: jest's files have another `Error` than Node's own modules.
export const reasonOf = (error: unknown): string => fieldOf(error, 'message') ?? String(error);

/** The `code` of a Node or system error (`ENOENT`, `EADDRINUSE`), if it has one. */
export const codeOf = (error: unknown): string | undefined => fieldOf(error, 'code');

function fieldOf(error: unknown, field: 'message' | 'code'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : undefined;
}
