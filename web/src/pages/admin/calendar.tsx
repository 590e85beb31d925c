import { useQuery } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CalendarDay } from '../../contract/admin.ts';
import { get } from '../../contract/client.ts';
import { Loading, Refused } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { date, dayOf, monthName, weekdayNames } from '../../time/instants.ts';

/** A year of the working calendar: days off, holidays, make-up days and the bureau's own. */
export function CalendarPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const year = Number(params.get('year')) || Number(dayOf(new Date()).slice(0, 4));
  const days = useQuery({
    queryKey: ['calendar', 'year', year],
    queryFn: ({ signal }) => get<readonly CalendarDay[]>(`/calendar?from=${year}-01-01&to=${year}-12-31`, signal),
  });
  const go = (to: number) => setParams({ year: String(to) });
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.calendar.year', { year })}</h1>
        <Space>
          <Button onClick={() => go(year - 1)}>{year - 1}</Button>
          <Button onClick={() => go(year + 1)}>{year + 1}</Button>
        </Space>
      </div>
      {days.error ? <Refused error={days.error} retry={days.refetch} /> : days.isPending ? <Loading rows={8} /> : <Year days={days.data} />}
    </>
  );
}

function Year({ days }: { readonly days: readonly CalendarDay[] }) {
  const { t } = useTranslation();
  const months = [...new Set(days.map((day) => day.date.slice(0, 7)))];
  const special = days.filter(({ name }) => name !== undefined);
  return (
    <>
      {days.some(({ provisional }) => provisional) && <p className="banner">{t('admin.calendar.provisionalLead')}</p>}
      <p className="legend">
        <span className="cell off">{t('admin.calendar.off')}</span>
        <span className="cell holiday">{t('admin.calendar.holiday')}</span>
        <span className="cell made-up">{t('admin.calendar.madeUp')}</span>
      </p>
      <div className="months">
        {months.map((month) => (
          <Month key={month} month={month} days={days.filter((day) => day.date.startsWith(month))} />
        ))}
      </div>
      <section className="panel" aria-label={t('admin.calendar.special')}>
        <div className="panel-head">
          <h2>{t('admin.calendar.special')}</h2>
        </div>
        <ul className="special">
          {special.map(({ date: day, name, working }) => (
            <li key={day} className={working ? 'made-up' : ''}>
              <span>{date(`${day}T12:00:00+08:00`)}</span> <span>{said(name)}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Month({ month, days }: { readonly month: string; readonly days: readonly CalendarDay[] }) {
  const blanks = days[0] ? weekdayOf(days[0].date) : 0;
  const cells = [...Array.from({ length: blanks }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return (
    <table className="panel month">
      <caption>{monthName(`${month}-15T12:00:00+08:00`)}</caption>
      <thead>
        <tr>
          {weekdayNames().map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, index) => (
          <tr key={index}>
            {week.map((day, place) =>
              day === null ? (
                <td key={place} />
              ) : (
                <td key={day.date} className={`cell ${kindOf(day)}`} title={said(day.name)}>
                  {Number(day.date.slice(8))}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Monday is 0. */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const kindOf = ({ working, name }: CalendarDay): string => {
  if (name !== undefined) return working ? 'made-up' : 'holiday';
  return working ? '' : 'off';
};
