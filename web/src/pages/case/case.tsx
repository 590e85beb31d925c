import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { get } from '../../contract/client.ts';
import { ProblemError } from '../../contract/problem.ts';
import type { Case } from '../../contract/types.ts';
import { Loading, Refused } from '../../parts/states.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { Level } from '../../parts/task-row.tsx';
import { said } from '../../texts/i18n.ts';
import { Due } from '../../time/due.tsx';
import { dateAndTime } from '../../time/instants.ts';
import { Values } from '../../values/values.tsx';
import { Bundle } from './bundle.tsx';
import { CaseCommands } from './commands.tsx';
import { Files } from './files.tsx';
import { Inquiry } from './inquiry.tsx';
import { Items } from './items.tsx';
import { Links } from './links.tsx';
import { People } from './people.tsx';
import { ProcedurePath } from './procedure-path.tsx';
import { Story } from './story.tsx';
import { Tasks } from './tasks.tsx';

/** One case: where it stands, what is to be done, what happened. */
export function CasePage() {
  const { t } = useTranslation();
  const { number = '' } = useParams();
  const found = useQuery({ queryKey: ['case', number], queryFn: ({ signal }) => get<Case>(`/cases/${number}`, signal) });
  if (found.data === undefined) return found.error ? <Refused error={found.error} retry={found.refetch} /> : <Loading rows={10} />;
  const isGone = found.error instanceof ProblemError && found.error.status === 404;
  return (
    <>
      {isGone && <Alert className="gap-below" type="info" role="status" title={t('case.noMoreSight')} />}
      <CaseContents it={found.data} />
    </>
  );
}

function CaseContents({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const title = it.title ?? said(it.processTitle);
  return (
    <article aria-label={`${it.number} ${title}`}>
      <title>{`${it.number} ${title} · ${t('app.name')}`}</title>
      <header className="case-head">
        <div>
          <h1>{title}</h1>
          <p className="quiet">
            {it.number} · {said(it.processTitle)} · {t(`case.levels.${it.confidentiality}`)}
          </p>
        </div>
        <div className="case-state">
          <State it={it} />
          <Level of={it.escalationLevel} />
          {it.state === 'open' && <Due of={it} />}
          <CaseCommands it={it} />
        </div>
      </header>
      {it.redacted.includes('data') && <Alert className="gap-below" type="info" title={t('case.notVisible')} />}
      {it.anonymisedAt && <Alert className="gap-below" type="info" title={t('case.anonymised')} />}
      <Facts it={it} />
      <ProcedurePath it={it} />
      <div className="columns">
        <div className="contents-of-case">
          {it.data !== undefined && (
            <section className="panel padded" aria-label={t('case.facts')}>
              <h2>{t('case.facts')}</h2>
              <Values of={it.data} process={it.process} form="intake" />
            </section>
          )}
        </div>
        <div className="work">
          <Tasks it={it} />
          {it.may.includes('items') && <Items it={it} />}
          {it.may.includes('records') && <Inquiry it={it} />}
          {it.may.includes('bundle') && <Bundle it={it} />}
          <Story number={it.number} />
        </div>
        <div>
          <Links it={it} />
          {it.may.includes('documents') && <Files it={it} />}
          <People it={it} />
        </div>
      </div>
    </article>
  );
}

function State({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  if (it.state === 'closed') return <StateTag tone="plain">{said(it.outcomeTitle) || t('case.closed')}</StateTag>;
  return (
    <>
      <StateTag tone="plain">{said(it.stageTitle)}</StateTag>
      {it.overdue && <StateTag tone="bad">{t('case.overdue')}</StateTag>}
    </>
  );
}

function Facts({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const nameOf = (person: string | null | undefined) => (person ? (it.people[person]?.name ?? person) : null);
  const facts: readonly (readonly [string, string | null])[] = [
    [t('case.unit'), it.units[it.unit] ?? it.unit],
    [t('case.handler'), nameOf(it.handler)],
    [t('case.subject'), nameOf(it.subject)],
    [t('case.openedAt'), dateAndTime(it.openedAt)],
    [t('case.dueAt'), it.state === 'open' && it.dueAt ? dateAndTime(it.dueAt) : null],
    [t('case.closedAt'), it.closedAt && dateAndTime(it.closedAt)],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
