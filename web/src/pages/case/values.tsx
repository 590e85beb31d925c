import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Case, Schema } from '../../contract/types.ts';
import { variantOf } from '../../forms/schema-values.ts';
import { useProcesses } from '../../parts/processes.ts';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';

interface Names {
  readonly people: Case['people'];
  readonly units: Case['units'];
}

interface Props extends Names {
  readonly of: unknown;
  readonly process: string;
  /** The task whose form it is; the intake unless stated. */
  readonly task?: string;
}

/** What somebody filled in, under the titles of the form that asked for it. */
export function Values({ of, process, task, people, units }: Props) {
  const { data: processes = [] } = useProcesses();
  const definition = processes.find(({ id }) => id === process);
  const schema = task === undefined ? definition?.intake : definition?.tasks.find(({ key }) => key === task)?.form;
  return <Value of={of} schema={schema ?? {}} names={{ people, units }} />;
}

interface OneValue {
  readonly of: unknown;
  readonly schema: Schema;
  readonly names: Names;
}

function Value({ of, schema, names }: OneValue) {
  const { t } = useTranslation();
  if (of === null || of === undefined) return <span className="quiet">—</span>;
  if (typeof of === 'boolean') return <>{of ? t('form.yes') : t('form.no')}</>;
  if (Array.isArray(of)) {
    return (
      <ul className="values">
        {of.map((item, index) => (
          <li key={index}>
            <Value of={item} schema={schema.items ?? {}} names={names} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof of === 'object') {
    const shape = variantOf(schema, of) ?? {};
    return (
      <dl className="filled">
        {Object.entries(of).map(([name, value]) => (
          <div key={name}>
            <dt>{titleOf(shape.properties?.[name], name, t)}</dt>
            <dd>
              <Value of={value} schema={shape.properties?.[name] ?? {}} names={names} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return <Plain text={String(of)} schema={schema} names={names} />;
}

/** The tag of a form with several shapes has the title of its value, and needs one for itself. */
const titleOf = (schema: Schema | undefined, name: string, t: (key: string) => string): string =>
  (schema?.const !== undefined ? t('case.answer') : said(schema?.['x-title'])) || name;

function Plain({ text, schema, names }: { readonly text: string; readonly schema: Schema; readonly names: Names }) {
  if (schema.const !== undefined) return <>{said(schema['x-title']) || text}</>;
  const choice = said(schema['x-values']?.[text]);
  if (choice) return <>{choice}</>;
  if (schema['x-ref'] === 'case') return <Link to={`/cases/${text}`}>{text}</Link>;
  if (schema['x-ref'] === 'person' || names.people[text]) return <>{names.people[text]?.name ?? text}</>;
  if (schema['x-ref'] === 'unit') return <>{names.units[text] ?? text}</>;
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return <time dateTime={text}>{dateAndTime(text)}</time>;
  return <span className="prose">{text}</span>;
}
