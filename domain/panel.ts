/** How a panel decides: everyone agrees, more than half do, at least this share does, or one is enough. @source domain.md §2 "Panel" */
export type PanelRule = 'all' | 'majority' | 'one' | { readonly ratio: number };

export interface Tally {
  readonly members: number;
  readonly for: number;
  readonly against: number;
}

/** How many members must agree. */
export function needed(rule: PanelRule, members: number): number {
  switch (rule) {
    case 'all':
      return members;
    case 'majority':
      return Math.floor(members / 2) + 1;
    case 'one':
      return 1;
    default:
      return Math.max(1, Math.ceil(rule.ratio * members - 1e-9)); // 0.7 of ten are seven, not eight
  }
}

/**
 * The panel's decision as soon as no further vote could change it; null until then. Whoever asks for changes has not agreed, and a tie agrees to nothing.
 * Advisers are no members.
 */
export function panelVerdict(rule: PanelRule, { members, for: agreed, against }: Tally): 'carried' | 'rejected' | null {
  if (agreed >= needed(rule, members)) return 'carried';
  return members - against < needed(rule, members) ? 'rejected' : null;
}
