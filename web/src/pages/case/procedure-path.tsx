import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case, Task, Text } from '../../contract/types.ts';
import { useProcesses } from '../../parts/processes.ts';
import { said } from '../../texts/i18n.ts';
import { Due } from '../../time/due.tsx';
import { dateAndTime } from '../../time/instants.ts';
import { pathOf, type Step } from './path.ts';

/** The procedure as a path: what was done and by whom, what is open with its date and what will happen by itself, what usually follows. */
export function ProcedurePath({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const { data: processes = [] } = useProcesses();
  const list = useRef<HTMLOListElement>(null);
  const definition = processes.find(({ id }) => id === it.process);
  const steps = definition ? pathOf(it, definition) : [];
  const position = steps.filter(({ state }) => state === 'done').length;

  // The present step is in sight, also on a phone and after a long way.
  useEffect(() => {
    const box = list.current?.parentElement;
    const now = list.current?.children[position];
    if (box && now instanceof HTMLElement) box.scrollLeft = now.offsetLeft - box.clientWidth / 2;
  }, [position]);

  if (steps.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <section aria-label={t('case.path')} className="path" tabIndex={0}>
      <ol ref={list}>
        {steps.map((step, index) => (
          <li key={index} className={`step ${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
            <span className="dot" aria-hidden="true" />
            <span className="step-title">{joined(step.titles)}</span>
            <Under step={step} it={it} />
          </li>
        ))}
        {it.state === 'closed' && (
          <li className="step done end">
            <span className="dot" aria-hidden="true" />
            <span className="step-title">{said(it.outcomeTitle) || t('case.closed')}</span>
            {it.closedAt && <span className="quiet">{dateAndTime(it.closedAt)}</span>}
          </li>
        )}
      </ol>
    </section>
  );
}

const joined = (titles: readonly Text[]): string => titles.map(said).join(' / ');

function Under({ step, it }: { readonly step: Step; readonly it: Case }) {
  const { t } = useTranslation();
  if (step.state === 'next') return <span className="quiet">{t('case.next')}</span>;
  if (step.state === 'done') {
    const last = step.tasks.at(-1);
    return (
      <span className="quiet">
        {last?.closedBy && it.people[last.closedBy]?.name} {step.tasks.length > 1 && t('case.times', { count: step.tasks.length })}
        <br />
        {last?.closedAt && dateAndTime(last.closedAt)}
      </span>
    );
  }
  const [first] = step.tasks.toSorted((a, b) => String(a.dueAt ?? '9').localeCompare(String(b.dueAt ?? '9')));
  return first ? <Coming task={first} /> : <span className="quiet">{t('case.now')}</span>;
}

/** Until when, and what happens next if nothing does. */
function Coming({ task }: { readonly task: Task }) {
  const { t } = useTranslation();
  const next = task.ladder.find(({ firedAt }) => firedAt === null);
  return (
    <span className="quiet">
      <Due of={task} />
      {next && task.pausedAt === null && (
        <>
          <br />
          {t('case.nextRung', { at: dateAndTime(next.at), what: t(`case.rungKinds.${next.kind}`), to: said(next.toTitle) })}
        </>
      )}
    </span>
  );
}
