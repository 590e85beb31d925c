/** PostgreSQL's JSON and text instants as the API gives them: ISO 8601 in UTC. */
export function isoOf(at: string): string;
export function isoOf(at: string | null): string | null;
export function isoOf(at: string | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
