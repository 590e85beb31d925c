import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OwnCheck } from '../../contract/own-file.ts';
import { Panel } from '../../parts/panel.tsx';
import { said } from '../../texts/i18n.ts';
import { useMinute } from '../../time/clock.tsx';
import { dateAndTime, dayOf } from '../../time/instants.ts';

/** “1+N”体检: where the check of the year stands, when and where the appointment is, and the way to one. What was found stands in the case alone. */
export function Checks({ checks }: { readonly checks: readonly OwnCheck[] }) {
  const { t } = useTranslation();
  const year = Number(dayOf(new Date(useMinute())).slice(0, 4));
  const shown = checks.filter((each) => each.state !== 'closed' || each.year >= year);
  const mayStart = !checks.some((each) => each.year === year && each.state !== 'closed');
  return (
    <Panel
      title={t('me.checks.title')}
      extra={mayStart && <Link to="/start/health-check">{t('me.checks.start')}</Link>}
      isEmpty={shown.length === 0}
      empty={t('me.checks.none')}
    >
      {shown.map((each) => (
        <Check key={each.case} check={each} />
      ))}
    </Panel>
  );
}

function Check({ check: { year, case: number, standing, task, appointment } }: { readonly check: OwnCheck }) {
  const { t } = useTranslation();
  return (
    <section className="leave-year" aria-label={t('me.checks.year', { year })}>
      <div className="leave-head">
        <h3>
          <Link to={`/cases/${number}`}>{t('me.checks.year', { year })}</Link>
        </h3>
        {task !== null && (
          <Link to={`/cases/${number}#${task}`} className="main-button">
            {t(appointment === null ? 'me.checks.register' : 'me.checks.move')}
          </Link>
        )}
      </div>
      {appointment === null ? (
        <p className="quiet">{said(standing)}</p>
      ) : (
        <>
          <p>{t('me.checks.at', { at: dateAndTime(appointment.at), hospital: appointment.hospital })}</p>
          {appointment.preparation !== undefined && <p className="quiet">{appointment.preparation}</p>}
        </>
      )}
    </section>
  );
}
