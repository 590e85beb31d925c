import { useQuery } from '@tanstack/react-query';
import { get } from '../contract/client.ts';
import type { Page, Person, Rule, Unit } from '../contract/types.ts';
import { said } from '../texts/i18n.ts';

const HOUR_MS = 3_600_000;

/** The name of someone of whom there is but an id. */
export function PersonName({ id }: { readonly id: string }) {
  const { data } = useQuery({
    queryKey: ['person', id],
    queryFn: ({ signal }) => get<Person>(`/people/${encodeURIComponent(id)}`, signal),
    staleTime: HOUR_MS,
    retry: false,
  });
  return <>{data?.name ?? id}</>;
}

export function UnitName({ id }: { readonly id: string }) {
  return <>{useUnits().find((unit) => unit.id === id)?.name ?? id}</>;
}

const noUnits: readonly Unit[] = [];

/** All units of the bureau. */
export function useUnits(): readonly Unit[] {
  const { data } = useQuery({
    queryKey: ['units'],
    queryFn: ({ signal }) => get<Page<Unit>>('/units', signal),
    staleTime: HOUR_MS,
  });
  return data?.items ?? noUnits;
}

/** Which rule it is, and what it says. */
export function RuleName({ id }: { readonly id: string }) {
  const { data } = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => get<Page<Rule>>('/rules?limit=200', signal),
    staleTime: HOUR_MS,
  });
  const rule = data?.items.find((each) => each.id === id);
  if (rule === undefined) return <>{id}</>;
  return (
    <span title={said(rule.text)}>
      {said(rule.regulation)} {rule.article}
    </span>
  );
}
