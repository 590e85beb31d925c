import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useClock, workingDaysBetween } from './clock.tsx';
import { clock, dateAndTime, dayOf, lastDayOf } from './instants.ts';

interface Clocked {
  readonly dueAt: string | null;
  readonly pausedAt?: string | null;
  readonly state?: string;
}

/** A due date in words: 还剩 2 个工作日. The instant itself is its tooltip. */
export function Due({ of: { dueAt, pausedAt = null } }: { readonly of: Clocked }) {
  const { t } = useTranslation();
  const { now, workingDays: days } = useClock();
  if (dueAt === null) return <span className="quiet">{t('time.none')}</span>;
  if (pausedAt !== null) return <span className="due paused">{t('time.paused')}</span>;
  const late = Date.parse(dueAt) <= now;
  return (
    <time dateTime={dueAt} title={dateAndTime(dueAt)} className={late ? 'due late' : 'due'}>
      {dueInWords(t, { dueAt, now, days })}
    </time>
  );
}

export function dueInWords(t: TFunction, { dueAt, now, days }: { dueAt: string; now: number; days: readonly string[] }): string {
  const left = Date.parse(dueAt) - now;
  if (left <= 0) return t('time.over', { time: span(t, -left) });
  const today = dayOf(new Date(now));
  const lastDay = lastDayOf(dueAt);
  if (lastDay === today) return left < 6 * HOUR ? t('time.left', { time: span(t, left) }) : t('time.today', { clock: endOfDay(dueAt) });
  const working = workingDaysBetween(days, today, lastDay);
  const time = working === null || working === 0 ? span(t, left) : t('time.workingDays', { count: working });
  return t('time.left', { time });
}

export const ago = (t: TFunction, at: string, now = Date.now()): string => {
  const passed = now - Date.parse(at);
  return passed < MINUTE ? t('time.now') : t('time.ago', { time: span(t, passed) });
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const span = (t: TFunction, ms: number): string => {
  if (ms >= DAY) return t('time.days', { count: Math.floor(ms / DAY) });
  if (ms >= HOUR) return t('time.hours', { count: Math.floor(ms / HOUR) });
  return t('time.minutes', { count: Math.max(1, Math.floor(ms / MINUTE)) });
};

const endOfDay = (dueAt: string): string => (clock(dueAt) === '00:00' ? '24:00' : clock(dueAt));
