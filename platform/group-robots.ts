import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type OutboundMessage, type Send, Undelivered } from './outbound.ts';
import { postJson } from './post-json.ts';
import type { Receivers } from './receivers.ts';

/** WeCom refuses more than 2,048 bytes of text, DingTalk more than 20,000; the notice is in the inbox in full. */
const mostBytes = { wecom: 2048, dingtalk: 20_000 };

/** A group robot of WeCom (企业微信群机器人). @source developer.work.weixin.qq.com/document/path/91770 */
export const wecomRobot =
  (receivers: Receivers): Send =>
  (message) =>
    say(receivers, new URL(message.to), textOf(message, mostBytes.wecom));

/**
 * A group robot of DingTalk (钉钉自定义机器人), signed where the person gave its secret: `sign` is the base64 HMAC-SHA-256 of `<ms>\n<secret>` under the secret, valid for an hour.
 * @source open.dingtalk.com/document/robots/custom-robot-access
 */
export const dingtalkRobot =
  (receivers: Receivers): Send =>
  (message) => {
    const url = new URL(message.to);
    if (message.secret !== undefined) {
      const timestamp = String(Date.now());
      url.searchParams.set('timestamp', timestamp);
      url.searchParams.set('sign', createHmac('sha256', message.secret).update(`${timestamp}\n${message.secret}`).digest('base64'));
    }
    return say(receivers, url, textOf(message, mostBytes.dingtalk));
  };

const Answer = z.object({ errcode: z.number() });

/** Both take the same body, and answer 200 also to what they refuse: with a code other than 0. */
async function say(receivers: Receivers, url: URL, content: string): Promise<void> {
  const answer = await postJson(receivers, { url, body: JSON.stringify({ msgtype: 'text', text: { content } }) });
  const { success, data } = Answer.safeParse(parsed(answer));
  if (!success) throw new Undelivered('refused', 'not-a-robot');
  if (data.errcode !== 0) throw new Undelivered('refused', data.errcode);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Cut at a whole character. */
function textOf({ subject, text }: OutboundMessage, most: number): string {
  const whole = Buffer.from(`${subject}\n${text}`);
  if (whole.length <= most) return whole.toString();
  let end = most - 3;
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end--;
  return `${whole.subarray(0, end)}…`;
}
