import type { ReactNode } from 'react';

interface Props {
  readonly tone: 'plain' | 'good' | 'warning' | 'bad';
  readonly children: ReactNode;
}

/** A word about a state, which stands out. */
export const StateTag = ({ tone, children }: Props) => <span className={`state-tag ${tone}`}>{children}</span>;
