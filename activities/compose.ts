import { CaselessNotice, caselessText } from '../domain/caseless-notices.ts';
import type { Locale } from '../domain/ids.ts';
import { noticeText } from '../domain/notice-texts.ts';
import type { OutboundMessage } from '../platform/outbound.ts';
import type { DueDelivery, DueMail } from '../store/post.ts';
import { processOf } from '../workflows/definitions.ts';
import { taskDefinition } from '../workflows/kit/tasks.ts';

/** Notices leave the house: no title, no form, no name. Several become one message that lists them. */
export function messageOf({ to, locale }: DueMail, deliveries: readonly DueDelivery[], id: string): OutboundMessage {
  const notices = deliveries.map((delivery) => noticeOf(delivery, locale));
  const [first] = notices;
  if (first === undefined) throw new Error('a message says something');
  const where = { id, to: to.address, secret: to.secret };
  if (notices.length === 1) return { ...where, ...first };
  const text = notices.map((notice) => notice.text).join('\n');
  return {
    ...where,
    subject: several[locale](notices.length),
    text,
    facts: { case: null, kind: 'digest', task: null, at: first.facts.at, text, notices: notices.map(({ facts }) => facts) },
  };
}

interface Said {
  readonly subject: string;
  readonly text: string;
  readonly facts: { readonly at: string; readonly [name: string]: unknown };
}

function noticeOf({ kind, number, process, taskKey, facts, at: when }: DueDelivery, locale: Locale): Said {
  const at = when.toISOString();
  if (number === null || process === null) {
    const text = caselessText(CaselessNotice.parse(facts))[locale];
    return { subject: caseless[locale], text, facts: { case: null, kind, task: null, at, text } };
  }
  const definition = processOf(process);
  const task = taskKey ? taskDefinition(definition, taskKey).title : definition.title;
  const { title, discreet } = definition;
  const text = noticeText(kind, { number, process: title, task, discreet })[locale];
  if (discreet) return { subject: caseless[locale], text, facts: { case: null, kind: 'discreet', task: null, at, text } };
  return { subject: `${definition.title[locale]} ${number}`, text, facts: { case: number, kind, task: taskKey, at, text } };
}

const caseless = { zh: '万件不落', en: 'Fivefold' };
const several = {
  zh: (count: number) => `万件不落：${count} 条通知`,
  en: (count: number) => `Fivefold: ${count} notices`,
};
