import { createTransport } from 'nodemailer';
import type { KeyRing } from './key-ring.ts';

/** A message that leaves the house. */
export interface OutboundMessage {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly facts: Readonly<Record<string, string | null>>;
}

/** Sends it or throws; a receiver recognises a second try by the message's id. */
export type Send = (message: OutboundMessage) => Promise<void>;

const timeoutMs = 10_000;

/** Mail by SMTP. @param url `smtp://user:password@host:port?from=address` */
export function mailer(url: string): Send {
  const from = new URL(url).searchParams.get('from') ?? 'fivefold@localhost';
  const transport = createTransport(url, { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs } as object);
  return async ({ id, to, subject, text }) => {
    await transport.sendMail({ from, to, subject, text, messageId: `<delivery-${id}@fivefold>` });
  };
}

/**
 * A signed POST. `X-Fivefold-Signature: t=<unix seconds>,v1=<MAC>`, where the MAC is that of `<t>.<body>` with the bureau's signing key:
 * a receiver refuses old timestamps and wrong MACs.
 */
export function webhooks(ring: KeyRing): Send {
  return async ({ id, to, facts }) => {
    const body = JSON.stringify({ delivery: id, ...facts });
    const time = Math.floor(Date.now() / 1000);
    const response = await fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-fivefold-signature': `t=${time},v1=${ring.mac('sign', `${time}.${body}`)}` },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
  };
}
