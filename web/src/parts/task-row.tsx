import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Task } from '../contract/types.ts';
import { said } from '../texts/i18n.ts';
import { Due } from '../time/due.tsx';
import { date } from '../time/instants.ts';
import { StateTag } from './tag.tsx';

interface Props {
  readonly task: Task;
  /** The title of its process. */
  readonly process: string;
  readonly isCurrent?: boolean;
  /** Where the tasks of several people stand together. */
  readonly namesAssignee?: boolean;
}

/** One task: what is to be done, in which case, by when; or when it was done. */
export function TaskRow({ task, process, isCurrent = false, namesAssignee = false }: Props) {
  const { t } = useTranslation();
  return (
    <Link to={`/cases/${task.case}#${task.id}`} className="row" aria-current={isCurrent || undefined} data-task={task.id}>
      <span className="row-main">
        <span className="row-title">{said(task.title)}</span>
        <span className="quiet">
          {process} · {task.case} · {task.unitName}
          {namesAssignee && task.assigneeName !== undefined && ` · ${task.assigneeName}`}
        </span>
      </span>
      <span className="row-end">
        <Level of={task.escalationLevel} />
        {task.closedAt === null ? (
          <Due of={task} />
        ) : (
          <span className="quiet">{t(`tasks.${task.state}`, { at: date(task.closedAt) })}</span>
        )}
      </span>
    </Link>
  );
}

/** How high it has climbed; nothing where it has not. */
export function Level({ of }: { readonly of: number }) {
  const { t } = useTranslation();
  return of > 0 ? <StateTag tone="warning">{t('case.level', { level: of })}</StateTag> : null;
}
