/** What of a form figures count by, as they write it. */
export function countsIn(fields: readonly string[] | undefined, data: unknown): Readonly<Record<string, string>> {
  if (fields === undefined || typeof data !== 'object' || data === null) return {};
  const values = new Map<string, unknown>(Object.entries(data));
  return Object.fromEntries(fields.filter((field) => values.get(field) !== undefined).map((field) => [field, String(values.get(field))]));
}
