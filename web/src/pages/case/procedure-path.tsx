import { useTranslation } from 'react-i18next';
import type { Case } from '../../contract/types.ts';
import { useProcesses } from '../../parts/processes.ts';
import { said } from '../../texts/i18n.ts';
import { Due } from '../../time/due.tsx';

/** The stages of the procedure: those passed, the present one with its due date, and those that may come. */
export function ProcedurePath({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const { data: processes = [] } = useProcesses();
  const definition = processes.find(({ id }) => id === it.process);
  if (!definition) return null;
  const stageOfTask = new Map(definition.tasks.map(({ key, stage }) => [key, stage]));
  const passed = new Set(it.tasks.filter(({ state }) => state === 'done').map(({ key }) => stageOfTask.get(key) ?? key));
  const isClosed = it.state === 'closed';
  const steps = Object.entries(definition.stages).map(([key, title]) => ({
    key,
    title: said(title),
    state: !isClosed && key === it.stage ? 'now' : passed.has(key) ? 'done' : 'next',
  }));
  const shown = isClosed ? steps.filter(({ state }) => state === 'done') : steps;
  if (shown.length === 0) return null;
  return (
    <section aria-label={t('case.path')} className="path">
      <ol>
        {shown.map(({ key, title, state }) => (
          <li key={key} className={`step ${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="dot" aria-hidden="true" />
            <span>{title}</span>
            <span className="quiet">{state === 'now' && it.dueAt ? <Due of={it} /> : t(`case.${state}`)}</span>
          </li>
        ))}
        {isClosed && (
          <li className="step done end">
            <span className="dot" aria-hidden="true" />
            <span>{said(it.outcomeTitle) || t('case.closed')}</span>
          </li>
        )}
      </ol>
    </section>
  );
}
