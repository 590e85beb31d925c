/** A form's contents without the ids of people whose part in the case the reader may not learn: as values they are left out, also inside lists. */
export function withoutPeople(value: unknown, isHidden: (id: string) => boolean): unknown {
  if (typeof value === 'string') return isHidden(value) ? null : value;
  if (Array.isArray(value)) return value.map((each) => withoutPeople(each, isHidden)).filter((each) => each !== null);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, withoutPeople(each, isHidden)] as const)
      .filter(([key, each]) => each !== null && !isHidden(key)),
  );
}
