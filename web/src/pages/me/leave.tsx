import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OwnLeave } from '../../contract/own-file.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { useMinute } from '../../time/clock.tsx';
import { date, dayOf, lastDayOf } from '../../time/instants.ts';

/** 年休假: what is due, taken, asked for, planned and left of each year that is not over, and the way to ask for more. */
export function Leave({ leave }: { readonly leave: readonly OwnLeave[] }) {
  const { t } = useTranslation();
  const year = Number(dayOf(new Date(useMinute())).slice(0, 4));
  const shown = leave.filter((each) => each.state !== 'closed' || each.year >= year);
  const mayStart = !leave.some((each) => each.year === year);
  return (
    <Panel
      title={t('me.leave.title')}
      extra={mayStart && <Link to="/start/annual-leave">{t('me.leave.start')}</Link>}
      isEmpty={shown.length === 0}
      empty={t('me.leave.none')}
    >
      {shown.map((each) => (
        <Year key={each.case} leave={each} />
      ))}
    </Panel>
  );
}

function Year({ leave }: { readonly leave: OwnLeave }) {
  const { t } = useTranslation();
  const { year, case: number, task, account, decidedBy } = leave;
  return (
    <section className="leave-year" aria-label={t('me.leave.year', { year })}>
      <div className="leave-head">
        <h3>
          <Link to={`/cases/${number}`}>{t('me.leave.year', { year })}</Link>
        </h3>
        {task !== null && (
          <Link to={`/cases/${number}#${task}`} className="main-button">
            {t(account?.left === 0 ? 'me.leave.change' : 'me.leave.ask')}
          </Link>
        )}
      </div>
      {account === null ? (
        <p className="quiet">{t(`me.leave.${leave.state === 'closed' ? 'notDue' : 'confirming'}`)}</p>
      ) : (
        <Account account={account} />
      )}
      {decidedBy !== null && <p className="quiet">{t('me.leave.decidedBy', { day: date(lastDayOf(decidedBy)) })}</p>}
    </section>
  );
}

const numbers = ['entitled', 'taken', 'asked', 'planned', 'left'] as const;
const tones = { approved: 'good', asked: 'warning', planned: 'plain' } as const;

function Account({ account }: { readonly account: NonNullable<OwnLeave['account']> }) {
  const { t } = useTranslation();
  const { periods, until, carriedOver } = account;
  return (
    <>
      <dl className="leave-numbers">
        {numbers.map((name) => (
          <div key={name}>
            <dt>{t(`me.leave.${name}`)}</dt>
            <dd>{t('me.leave.days', { count: account[name] })}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t(carriedOver ? 'me.leave.carriedOver' : 'me.leave.until', { day: date(until) })}</p>
      <ul className="leave-periods">
        {periods.map(({ from, until: last, days, state }) => (
          <li key={`${from} ${state}`}>
            <span>
              {from === last ? date(from) : t('me.fromTo', { from: date(from), until: date(last) })}
              <span className="quiet"> {t('me.leave.days', { count: days })}</span>
            </span>
            <StateTag tone={tones[state]}>{t(`me.leave.states.${state}`)}</StateTag>
          </li>
        ))}
      </ul>
    </>
  );
}
