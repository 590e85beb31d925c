import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Task } from '../contract/types.ts';
import { said } from '../texts/i18n.ts';
import { Due } from '../time/due.tsx';
import { useProcessTitle } from './processes.ts';
import { StateTag } from './tag.tsx';

/** One task: what is to be done, in which case, by when. */
export function TaskRow({ task, isCurrent = false }: { readonly task: Task; readonly isCurrent?: boolean }) {
  const titleOf = useProcessTitle();
  return (
    <Link to={`/cases/${task.case}#${task.id}`} className="row" aria-current={isCurrent || undefined} data-task={task.id}>
      <span className="row-main">
        <span className="row-title">{said(task.title)}</span>
        <span className="quiet">
          {titleOf(task.process)} · {task.case} · {task.unitName}
        </span>
      </span>
      <span className="row-end">
        <Level of={task.escalationLevel} />
        <Due of={task} />
      </span>
    </Link>
  );
}

/** How high it has climbed; nothing where it has not. */
export function Level({ of }: { readonly of: number }) {
  const { t } = useTranslation();
  return of > 0 ? <StateTag tone="warning">{t('case.level', { level: of })}</StateTag> : null;
}
