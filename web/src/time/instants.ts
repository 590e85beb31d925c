import { locale } from '../texts/i18n.ts';

/** The bureau's own zone: a due date is the same day for everyone, wherever the browser stands. */
export const ZONE = 'Asia/Shanghai';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale() === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: ZONE, ...options });
  formats.set(key, made);
  return made;
}

/** `2026年11月25日 14:05`. */
export const dateAndTime = (instant: string): string =>
  format({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  );

export const date = (instant: string): string =>
  format({ year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' }).format(new Date(instant));

export const clock = (instant: string): string =>
  format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant));

/** `2026年11月`. */
export const monthName = (instant: string): string => format({ year: 'numeric', month: 'long' }).format(new Date(instant));

/** From Monday, as short as they go. */
export const weekdayNames = (): readonly string[] =>
  Array.from({ length: 7 }, (_, day) => format({ weekday: locale() === 'zh' ? 'narrow' : 'short' }).format(Date.UTC(2024, 0, 1 + day, 4)));

const days = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

/** The bureau's day on which an instant falls, `2026-11-25`. */
export const dayOf = (at: Date): string => days.format(at);

/** What the bureau's clocks show at an instant, `2026-11-25T14:05`, for fields in which a time is chosen. */
export const wallClock = (instant: string): string => `${dayOf(new Date(instant))}T${clock(instant)}`;

/** China has one zone and no summer time. */
export const atWallClock = (wall: string): string => new Date(`${wall}:00+08:00`).toISOString();

/** A limit ends at 24:00, which is 00:00 of the next day: it belongs to the day that ends. */
export const lastDayOf = (instant: string): string => dayOf(new Date(Date.parse(instant) - 1));
