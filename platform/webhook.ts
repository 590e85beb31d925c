import type { KeyRing } from './key-ring.ts';
import type { Send } from './outbound.ts';
import { postJson } from './post-json.ts';
import type { Receivers } from './receivers.ts';

/**
 * A signed POST. `X-Fivefold-Signature: t=<unix seconds>,v1=<MAC>`, where the MAC is that of `<t>.<body>` with the bureau's signing key:
 * a receiver refuses old timestamps and wrong MACs.
 */
export const webhook =
  (ring: KeyRing, receivers: Receivers): Send =>
  async ({ id, to, facts }) => {
    const body = JSON.stringify({ delivery: id, ...facts });
    const time = Math.floor(Date.now() / 1000);
    const signature = `t=${time},v1=${ring.mac('sign', `${time}.${body}`)}`;
    await postJson(receivers, { url: new URL(to), body, headers: { 'x-fivefold-signature': signature } });
  };
