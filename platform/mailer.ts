import { createTransport, type SendMailOptions } from 'nodemailer';
import { SEND_LIMIT_MS, type Send, Undelivered } from './outbound.ts';

/** Mail by SMTP. @param url `smtp://user:password@host:port?from=address` */
export function mailer(url: string): Send {
  const from = new URL(url).searchParams.get('from') ?? 'fivefold@localhost';
  const transport = createTransport({
    url,
    connectionTimeout: SEND_LIMIT_MS,
    greetingTimeout: SEND_LIMIT_MS,
    socketTimeout: SEND_LIMIT_MS,
    dnsTimeout: SEND_LIMIT_MS,
  } as object);
  return async ({ id, to, subject, text }) => {
    const mail: SendMailOptions = {
      from,
      to,
      subject,
      text,
      messageId: `<delivery-${id}@fivefold>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
    await transport.sendMail(mail).catch((error: { responseCode?: number; code?: string }) => {
      const { responseCode, code } = error;
      if (responseCode !== undefined) throw new Undelivered('refused', responseCode, { cause: error });
      throw new Undelivered(code === 'ETIMEDOUT' ? 'no-answer' : 'unreachable', undefined, { cause: error });
    });
  };
}
