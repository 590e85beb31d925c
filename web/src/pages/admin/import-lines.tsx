import { useTranslation } from 'react-i18next';
import type { FieldError } from '../../contract/problem.ts';
import { Panel } from '../../parts/panel.tsx';

const MOST_LINES = 50;

interface Props {
  readonly csv: string;
  readonly errors: readonly FieldError[];
}

/** The lines of a table that are wrong, each with what is wrong; nothing where it is not about a line. */
export function ImportLines({ csv, errors }: Props) {
  const { t } = useTranslation();
  const lines = csv.split(/\r?\n/);
  const faults = errors.map(({ path, message }) => ({ ...placeOf(path), message }));
  const wrong = [...new Set(faults.map(({ line }) => line))].sort((a, b) => a - b);
  const shown = wrong.slice(0, MOST_LINES);
  if (wrong.length === 0) return null;
  return (
    <Panel title={t('admin.import.faults')}>
      <ol className="table-lines">
        {shown.map((line) => (
          <li key={line}>
            <span className="quiet">{t('admin.import.line', { line })}</span>
            <code>{lines[line - 1]}</code>
            {faults
              .filter((fault) => fault.line === line)
              .map(({ column, message }) => (
                <span key={`${column} ${message}`} className="fault">
                  {column && <strong>{column}</strong>} {message}
                </span>
              ))}
          </li>
        ))}
      </ol>
      {wrong.length > shown.length && <p className="nothing">{t('admin.import.more', { count: wrong.length - shown.length })}</p>}
    </Panel>
  );
}

/** `people.14.unit`: the line of the file and the column; a fault of the whole table is one of its head. */
function placeOf(path: string): { readonly line: number; readonly column: string } {
  const [, line = '1', column = ''] = path.split('.');
  return { line: Number(line) || 1, column };
}
