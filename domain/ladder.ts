import { z } from 'zod';
import type { Calendar } from './calendar.ts';
import { after, before } from './clock.ts';
import { Duration, plainMs } from './duration.ts';
import type { Instant, Text } from './ids.ts';
import { Problem } from './problems.ts';
import { type Role, roleIds } from './roles.ts';
import { instantOf as utcInstant } from './time-zone.ts';

export const rungKinds = ['remind', 'due', 'escalate', 'inspect'] as const;
export type RungKind = (typeof rungKinds)[number];

/** Whom a rung tells: the task's assignee, a role as seen from the task's unit, or `inspection`, which opens an inspection order. */
export type RungTarget = 'assignee' | 'inspection' | Role;
export const rungTargets: readonly [RungTarget, ...RungTarget[]] = ['assignee', 'inspection', ...roleIds];

type Moment = { readonly before: Duration } | { readonly after: Duration } | { readonly at: 'limit' };
export type Rung = Moment & { readonly do: RungKind; readonly to: RungTarget } & Repeating;
/** The last rung may come again and again, so long after itself, until the task is done. */
interface Repeating {
  readonly repeats?: Duration;
}

const oneMoment = {
  zh: '每一级须写明 before、after、at 三者之一，且只能一个',
  en: 'a rung states exactly one of before, after and at',
} satisfies Text;

/** One rung as policy writes it. */
export const Rung = z
  .strictObject({
    before: Duration.optional(),
    after: Duration.optional(),
    at: z.literal('limit').optional(),
    do: z.enum(rungKinds),
    to: z.enum(rungTargets),
    repeats: Duration.optional(),
  })
  .transform((rung, context): Rung => {
    const { before, after, at, repeats, do: kind, to } = rung;
    const what = { do: kind, to, ...(repeats && { repeats }) };
    const stated = [before, after, at].filter((moment) => moment !== undefined);
    if (stated.length === 1 && before) return { before, ...what };
    if (stated.length === 1 && after) return { after, ...what };
    if (stated.length === 1 && at) return { at, ...what };
    context.addIssue({ code: 'custom', message: `${oneMoment.zh} / ${oneMoment.en}`, params: { text: oneMoment } });
    return z.NEVER;
  });

export interface LadderInstant extends Repeating {
  readonly at: Instant;
  readonly kind: RungKind;
  readonly to: RungTarget;
  /** How many rungs have escalated or called inspection when this one is reached, itself included; 0 before the first. */
  readonly level: number;
}

/**
 * The next instant of a rung that repeats, after `now`: what an outage kept from being rung is not made up for one by one. Once a second at most, however fast a demonstration runs.
 * @source domain.md 3.1 "then every 15 min"; issue 9 "the last rung repeats"
 */
export function nextRepeat(rung: { readonly at: Instant; readonly repeats: Duration }, now: Instant, timeScale: number): Instant {
  const every = Math.max(1000, plainMs(rung.repeats) / timeScale);
  const missed = Math.max(0, Math.floor((Date.parse(now) - Date.parse(rung.at)) / every));
  return utcInstant(Math.round(Date.parse(rung.at) + (missed + 1) * every));
}

export interface Climb {
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly rungs: readonly Rung[];
  readonly calendar: Calendar;
  readonly timeScale?: number;
}

/**
 * When each rung of a task's ladder is reached, in order of time and, at the same time, in the order of the policy file. A rung before the limit that
 * would lie before the opening is dropped; one at or after the limit is never lost, and comes with the opening if the limit had passed by then.
 * @source domain.md §2 "Ladder"; api.md "Policy"
 */
export const ladderInstants = ({ openedAt, dueAt, rungs, calendar, timeScale = 1 }: Climb): LadderInstant[] => {
  const opened = Date.parse(openedAt);
  const reached = rungs
    .map((rung) => ({ rung, at: instantOf(rung) }))
    .filter(({ rung, at }) => !('before' in rung) || Date.parse(at) >= opened)
    .map(({ rung, at }) => ({ rung, at: Date.parse(at) < opened ? openedAt : at }))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));

  let level = 0;
  return reached.map(({ rung, at }) => {
    if (rung.do === 'escalate' || rung.do === 'inspect') level += 1;
    return { at, kind: rung.do, to: rung.to, level, ...(rung.repeats && { repeats: rung.repeats }) };
  });

  function instantOf(rung: Rung): Instant {
    try {
      if ('before' in rung) return before(dueAt, rung.before, calendar, timeScale);
      if ('after' in rung) return after(dueAt, rung.after, calendar, timeScale);
      return dueAt;
    } catch (error) {
      // A bar may end in a year of which nobody knows the holidays yet: what only reminds of it is then reckoned in plain time.
      if (!(error instanceof Problem) || error.slug !== 'calendar-gap') throw error;
      return inPlainTime(rung);
    }
  }

  function inPlainTime(rung: Rung): Instant {
    const shift = 'before' in rung ? -plainMs(rung.before) : 'after' in rung ? plainMs(rung.after) : 0;
    return utcInstant(Date.parse(dueAt) + Math.round(shift / timeScale));
  }
};
