const lists = /^\/api\/v1\/(cases|tasks)\?(.*)$/;
const items = /^\/api\/v1\/cases\/([A-Z]{2}-\d{4}-\d{6})\/items\?(.*)$/;

/**
 * The page that shows what an address of the API lists: the list behind a number.
 * @throws Error for a list that no page shows, which is a fault of the program
 */
export function pageBehind(link: string): string {
  const [, list, filters] = lists.exec(link) ?? [];
  if (list !== undefined) return `/${list}?${filters}`;
  const [, round, asked] = items.exec(link) ?? [];
  if (round !== undefined) return `/cases/${round}?${ofItems(new URLSearchParams(asked))}#items`;
  throw new Error(`no page shows ${link}`);
}

/** On the page of a round its lists stand among much else that has a key and a state. */
function ofItems(asked: URLSearchParams): URLSearchParams {
  const names: Readonly<Record<string, string>> = { key: 'list', state: 'itemState' };
  const filters = new URLSearchParams();
  for (const [name, value] of asked) filters.append(names[name] ?? name, value);
  return filters;
}
