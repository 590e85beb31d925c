import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../../app/session.tsx';
import { get } from '../../contract/client.ts';
import type { OwnFile, Term } from '../../contract/own-file.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { useMinute } from '../../time/clock.tsx';
import { date, dateAndTime } from '../../time/instants.ts';

/** Bars and measures with their ends, marks that protect, and what they mean for honours and promotion today. */
export function Limits({ file: { restrictions, marks } }: { readonly file: OwnFile }) {
  const { t } = useTranslation();
  const terms = [...restrictions, ...marks].toSorted((a, b) => b.until.localeCompare(a.until));
  return (
    <Panel title={t('me.limits')}>
      <div className="padded-lines">
        <Eligibility purpose="honours" />
        <Eligibility purpose="promotion" />
      </div>
      {terms.length === 0 && <p className="nothing">{t('me.noLimits')}</p>}
      {terms.map((term) => (
        <TermLine key={`${term.kind} ${term.from} ${term.case}`} term={term} />
      ))}
    </Panel>
  );
}

interface Eligible {
  readonly eligible: boolean;
  readonly reasons: readonly { readonly kind: string; readonly until: string; readonly case?: string }[];
}

function Eligibility({ purpose }: { readonly purpose: 'honours' | 'promotion' }) {
  const { t } = useTranslation();
  const me = useMe();
  const { data } = useQuery({
    queryKey: ['me', 'eligibility', purpose],
    queryFn: ({ signal }) => get<Eligible>(`/people/${encodeURIComponent(me.id)}/eligibility?for=${purpose}`, signal),
  });
  return (
    <p>
      {t(`me.for.${purpose}`)}{' '}
      {data && <StateTag tone={data.eligible ? 'good' : 'bad'}>{t(data.eligible ? 'me.eligible' : 'me.notEligible')}</StateTag>}{' '}
      <span className="quiet">
        {data?.reasons.map(({ kind, until }) => t('me.barredUntil', { kind: t(`me.kinds.${kind}`), day: until })).join('；')}
      </span>
    </p>
  );
}

function TermLine({ term: { kind, from, until, case: number } }: { readonly term: Term }) {
  const { t } = useTranslation();
  const isOver = Date.parse(until) <= useMinute();
  const body = (
    <>
      <span className="row-main">
        <span className="row-title">{t(`me.kinds.${kind}`, { defaultValue: kind })}</span>
        <span className="quiet">{t('me.fromTo', { from: date(from), until: dateAndTime(until) })}</span>
      </span>
      <StateTag tone={isOver ? 'plain' : 'warning'}>{t(isOver ? 'me.over' : 'me.inForce')}</StateTag>
    </>
  );
  if (number === null) return <div className="row">{body}</div>;
  return (
    <Link to={`/cases/${number}`} className="row">
      {body}
    </Link>
  );
}
