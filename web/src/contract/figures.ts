import type { Text } from './types.ts';

/* The shapes of `GET /figures/…` (api.md). */

export interface FigureNumber {
  readonly value: number | null;
  /** The list behind it, as an address of the API. */
  readonly link: string | null;
}

export interface FigureColumn {
  readonly key: string;
  readonly title: Text;
  readonly of: 'cases' | 'tasks' | 'people' | 'hours' | 'percent' | 'score';
}

export interface FigureRow {
  readonly key: string;
  readonly title: Text;
  readonly numbers: Readonly<Record<string, FigureNumber>>;
}

export interface FigureGroup {
  readonly by: string;
  readonly title: Text;
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly FigureRow[];
}

export interface Figures {
  readonly at: string;
  readonly figure: string;
  readonly unit: string | null;
  readonly process: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly groups: readonly FigureGroup[];
}

export interface CoverageShare {
  readonly toCover: number;
  readonly covered: number;
  readonly missing: number;
  readonly rate: number | null;
  readonly link: string;
}

export interface CoverageItem extends CoverageShare {
  readonly process: string;
  readonly processTitle: Text;
  readonly case: string | null;
  readonly openedAt: string | null;
  readonly key: string;
  readonly title: Text;
  readonly goal: number;
  readonly byUnit: readonly (CoverageShare & { readonly unit: string; readonly unitName: string })[];
  readonly missingPeople: readonly {
    readonly person: string | null;
    readonly personName: string | null;
    readonly unit: string;
    readonly unitName: string;
    readonly assigneeName: string | null;
    readonly dueAt: string | null;
  }[];
}

export interface CoverageFigures {
  readonly at: string;
  readonly unit: string | null;
  readonly items: readonly CoverageItem[];
}

export interface Fund {
  readonly id: string;
  readonly name: string;
  /** Yuan with two decimals. */
  readonly balance: string;
  readonly entries: number;
  readonly openRequests: number;
}
