/** A share as a bar; the number itself stands beside it. */
export const RateBar = ({ rate }: { readonly rate: number | null }) => (
  <span className="rate-bar" aria-hidden="true">
    <span style={{ width: `${rate ?? 0}%` }} />
  </span>
);
