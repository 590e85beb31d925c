import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../contract/client.ts';
import type { Process } from '../contract/types.ts';
import { i18n, said } from '../texts/i18n.ts';

const HOUR_MS = 3_600_000;

/** The processes that concern the reader. They change with a release only. */
export const useProcesses = () =>
  useQuery({
    queryKey: ['processes', i18n.language],
    queryFn: ({ signal }) => get<readonly Process[]>('/processes', signal),
    staleTime: HOUR_MS,
  });

/** The title of a process in the reader's language; its id where the reader has nothing to do with it. */
export function useProcessTitle(): (id: string) => string {
  const { data } = useProcesses();
  const titles = useMemo(() => new Map(data?.map(({ id, title }) => [id, title])), [data]);
  return (id) => said(titles.get(id)) || id;
}
