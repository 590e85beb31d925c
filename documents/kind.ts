import type { Text } from '../domain/ids.ts';
import type { About } from './about.ts';
import type { Letter } from './letter.ts';

/** What a case can issue. */
export interface DocumentKind {
  readonly title: Text;
  /** Whose cases can issue it; every process's unless stated. */
  readonly processes?: readonly string[];
  /** What the letter says; null while the case has not come so far, or where it has nothing of the kind to say to that person. */
  readonly write: (about: About) => Omit<Letter, 'title' | 'issuer' | 'to'> | null;
}
