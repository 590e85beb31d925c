const lists = /^\/api\/v1\/(cases|tasks)\?(.*)$/;
const items = /^\/api\/v1\/cases\/([A-Z]{2}-\d{4}-\d{6})\/items\?/;

/**
 * The page that shows what an address of the API lists: the list behind a number.
 * @throws Error for a list that no page shows, which is a fault of the program
 */
export function pageBehind(link: string): string {
  const [, list, filters] = lists.exec(link) ?? [];
  if (list !== undefined) return `/${list}?${filters}`;
  const [, round] = items.exec(link) ?? [];
  if (round !== undefined) return `/cases/${round}`;
  throw new Error(`no page shows ${link}`);
}
