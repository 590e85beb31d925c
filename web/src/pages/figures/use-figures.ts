import { useQuery } from '@tanstack/react-query';
import { get } from '../../contract/client.ts';
import type { CoverageFigures, Figures, Fund } from '../../contract/figures.ts';

/** Figures change with every step of every case: nobody wants them to jump as often. */
export const REFRESH_MS = 60_000;

export const useFigures = (figure: string, query: URLSearchParams) => useFigure<Figures>(`/figures/${figure}?${query}`);
export const useCoverage = (query: URLSearchParams) => useFigure<CoverageFigures>(`/figures/coverage?${query}`);
export const useFunds = () => useFigure<{ readonly items: readonly Fund[] }>('/funds');

const useFigure = <T>(address: string) =>
  useQuery({
    queryKey: ['figures', address],
    queryFn: ({ signal }) => get<T>(address, signal),
    refetchInterval: REFRESH_MS,
  });
