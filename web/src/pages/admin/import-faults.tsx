import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldError, ProblemError } from '../../contract/problem.ts';
import { Panel } from '../../parts/panel.tsx';

const MOST_LINES = 50;

/** Why a table was not imported: how much is wrong with it, then each line that is. */
export function ImportFaults({ csv, refusal: { errors, message } }: { readonly csv: string; readonly refusal: ProblemError }) {
  const { t } = useTranslation();
  if (errors.length === 0) return <Alert className="gap-below" type="error" role="alert" title={message} />;
  return (
    <>
      <Alert className="gap-below" type="error" role="alert" title={t('admin.import.refused', { count: errors.length })} />
      <Lines csv={csv} errors={errors} />
    </>
  );
}

interface Props {
  readonly csv: string;
  readonly errors: readonly FieldError[];
}

function Lines({ csv, errors }: Props) {
  const { t } = useTranslation();
  const lines = csv.split(/\r?\n/);
  const faults = errors.map(({ path, message }) => ({ ...placeOf(path), message }));
  const wrong = [...new Set(faults.map(({ line }) => line))].sort((a, b) => a - b);
  const shown = wrong.slice(0, MOST_LINES);
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
