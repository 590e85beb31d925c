import { describeDuration } from './duration.ts';
import type { Text } from './ids.ts';
import type { Rung, RungKind } from './ladder.ts';
import { rungTargetTitle } from './parts.ts';

/** What a rung does, as a label. */
export const rungKindTitles = {
  remind: { zh: '提醒', en: 'Remind' },
  due: { zh: '到期提醒', en: 'Falls due' },
  escalate: { zh: '升级', en: 'Escalate' },
  inspect: { zh: '转督察', en: 'Inspection' },
} as const satisfies Readonly<Record<RungKind, Text>>;

/** A rung in words: `到期后 1 天：升级（单位负责人）` / `1 day after the limit: Escalate (Unit leader)`. */
export function describeRung(rung: Rung): Text {
  const [when, what, to] = [moment(rung), rungKindTitles[rung.do], rungTargetTitle(rung.to)];
  const every = rung.repeats && describeDuration(rung.repeats);
  return {
    zh: `${when.zh}：${what.zh}（${to.zh}）${every ? `，此后每 ${every.zh}一次` : ''}`,
    en: `${when.en}: ${what.en} (${to.en})${every ? `, then every ${every.en}` : ''}`,
  };
}

function moment(rung: Rung): Text {
  if ('at' in rung) return { zh: '到期时', en: 'at the limit' };
  const isBefore = 'before' in rung;
  const { zh, en } = describeDuration(isBefore ? rung.before : rung.after);
  return isBefore ? { zh: `到期前 ${zh}`, en: `${en} before the limit` } : { zh: `到期后 ${zh}`, en: `${en} after the limit` };
}
