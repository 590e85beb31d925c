import { useQuery } from '@tanstack/react-query';
import type { Role } from '../../contract/admin.ts';
import { get } from '../../contract/client.ts';
import { said } from '../../texts/i18n.ts';

const none: readonly Role[] = [];

/** Every role of the bureau; they change with a release only. */
export function useRoles(): readonly Role[] {
  const { data } = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => get<{ items: readonly Role[] }>('/roles', signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.items ?? none;
}

export function useRoleTitle(): (id: string) => string {
  const titles = new Map(useRoles().map(({ id, title }) => [id, title]));
  return (id) => said(titles.get(id)) || id;
}
