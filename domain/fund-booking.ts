/** What a case asks of the ledger as one of its tasks is completed. `nth`: which payment of the case, the next one only after the one before was returned. */
export type CaseBooking =
  | { readonly kind: 'pay'; readonly fund: string; readonly fen: number; readonly nth: number }
  | { readonly kind: 'return'; readonly fund: string; readonly nth: number };

/** Yuan with at most two decimals, as forms have it, in fen. */
export const fenOf = (yuan: number): number => Math.round(yuan * 100);
