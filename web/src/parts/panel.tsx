import type { ReactNode } from 'react';
import { Loading, Nothing, Refused } from './states.tsx';

interface Props {
  readonly id?: string;
  readonly title: string;
  readonly extra?: ReactNode;
  /** What it shows is read first: until then its shape, and what was refused. */
  readonly reading?: { readonly isPending: boolean; readonly error: unknown; readonly refetch: () => unknown };
  readonly isEmpty?: boolean;
  readonly empty?: string;
  readonly children: ReactNode;
}

/** A part of a page under a title of its own. */
export function Panel({ id, title, extra, reading, isEmpty = false, empty, children }: Props) {
  return (
    <section className="panel" id={id} aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        {extra}
      </div>
      <Contents {...(reading && { reading })}>{isEmpty ? <Nothing>{empty}</Nothing> : children}</Contents>
    </section>
  );
}

function Contents({ reading, children }: Pick<Props, 'reading' | 'children'>) {
  if (reading?.error) return <Refused error={reading.error} retry={reading.refetch} />;
  return reading?.isPending ? <Loading /> : children;
}
