import { locale } from '../texts/i18n.ts';

/** Until the service has said which; nothing is shown before. */
let zone = 'Asia/Shanghai';

/** The bureau's own zone: a due date is the same day for everyone, wherever the browser stands. */
export const bureauZone = (): string => zone;

export function keepTimeOf(bureau: string): void {
  zone = bureau;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, language = locale() === 'zh' ? 'zh-CN' : 'en-GB'): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
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
  Array.from({ length: 7 }, (_, day) => format({ weekday: locale() === 'zh' ? 'narrow' : 'short' }).format(Date.UTC(2024, 0, 1 + day, 12)));

/** The bureau's day on which an instant falls, `2026-11-25`. */
export const dayOf = (at: Date): string => format({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA').format(at);

/** A limit ends at 24:00, which is 00:00 of the next day: it belongs to the day that ends. */
export const lastDayOf = (instant: string): string => dayOf(new Date(Date.parse(instant) - 1));
