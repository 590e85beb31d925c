import dayjs, { type Dayjs } from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import 'dayjs/locale/zh-cn'; // the calendar of a picker, in Chinese
import { bureauZone } from './instants.ts';

dayjs.extend(utc);
dayjs.extend(timezone);
// What a picker takes for today and now.
dayjs.tz.setDefault(bureauZone());

const WALL = 'YYYY-MM-DDTHH:mm:ss';

/* A picker shows the wall clock of the bureau, wherever the browser stands: what was picked as nine o'clock is read by everyone as nine o'clock. */

/** The instant that was picked. */
export const instantOf = (picked: Dayjs): string => dayjs.tz(picked.format(WALL), bureauZone()).toISOString();

/** An instant for a picker to show. */
export const pickedOf = (instant: string): Dayjs => dayjs(dayjs(instant).tz(bureauZone()).format(WALL));
