import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { API } from '../contract/client.ts';
import type { Schema } from '../contract/types.ts';
import { tagWords, variantOf } from '../forms/schema-values.ts';
import { useProcesses } from '../parts/processes.ts';
import { said } from '../texts/i18n.ts';
import { date, dateAndTime } from '../time/instants.ts';
import { PersonName, RuleName, UnitName } from './names.tsx';
import { type Words, wordsOf } from './words.ts';

interface Props {
  readonly of: unknown;
  readonly process: string;
  /** Whose form was filled in: `intake`, or a task; something put together from several unless stated. */
  readonly form?: string;
}

/** What somebody filled in, under the titles of the form that asked for it. */
export function Values({ of, process, form }: Props) {
  const { data: processes = [] } = useProcesses();
  const definition = processes.find(({ id }) => id === process);
  const schema = form === 'intake' ? definition?.intake : definition?.tasks.find(({ key }) => key === form)?.form;
  return <Value of={of} schema={schema ?? {}} words={definition ? wordsOf(definition) : noWords} />;
}

/** The same under a form that is at hand. */
export function FormValues({ of, form, process }: { readonly of: unknown; readonly form: Schema; readonly process: string }) {
  const { data: processes = [] } = useProcesses();
  const definition = processes.find(({ id }) => id === process);
  return <Value of={of} schema={form} words={definition ? wordsOf(definition) : noWords} />;
}

const noWords: Words = () => undefined;

interface OneValue {
  readonly of: unknown;
  readonly schema: Schema;
  readonly words: Words;
}

function Value({ of, schema, words }: OneValue) {
  const { t } = useTranslation();
  if (of === null || of === undefined) return <span className="quiet">—</span>;
  if (typeof of === 'boolean') return <>{of ? t('form.yes') : t('form.no')}</>;
  if (Array.isArray(of)) {
    return (
      <ul className="values">
        {of.map((item, index) => (
          <li key={index}>
            <Value of={item} schema={schema.items ?? {}} words={words} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof of === 'object') return isDuration(of) ? durationInWords(of, t) : <Filled of={of} schema={schema} words={words} />;
  return <Plain text={String(of)} schema={schema} />;
}

function Filled({ of, schema, words }: OneValue & { readonly of: object }) {
  const { t } = useTranslation();
  const shape = variantOf(schema, of) ?? {};
  return (
    <dl className="filled">
      {Object.entries(of)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => {
          const field = shape.properties?.[name] ?? words(name, value) ?? {};
          return (
            <div key={name}>
              <dt>{titleOf(field, name, t)}</dt>
              <dd>
                <Value of={value} schema={field} words={words} />
              </dd>
            </div>
          );
        })}
    </dl>
  );
}

const titleOf = (schema: Schema, name: string, t: TFunction): string =>
  schema.const !== undefined
    ? said(tagWords(schema).question) || t('case.answer')
    : said(schema['x-title']) || t(`contents.${name}`, { defaultValue: name });

function Plain({ text, schema }: { readonly text: string; readonly schema: Schema }) {
  const { t } = useTranslation();
  if (schema.const !== undefined) return <>{said(tagWords(schema).answer) || text}</>;
  const choice = said(schema['x-values']?.[text]);
  if (choice) return <>{choice}</>;
  if (schema['x-ref'] === 'case' || /^[A-Z]{2}-\d{4}-\d{6}$/.test(text)) return <Link to={`/cases/${text}`}>{text}</Link>;
  if (schema['x-ref'] === 'person') return <PersonName id={text} />;
  if (schema['x-ref'] === 'unit') return <UnitName id={text} />;
  if (schema['x-ref'] === 'rule') return <RuleName id={text} />;
  if (schema['x-ref'] === 'attachment') return <a href={`${API}/attachments/${text}`}>{t('form.attached')}</a>;
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return <time dateTime={text}>{dateAndTime(text)}</time>;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return <time dateTime={text}>{date(`${text}T12:00:00+08:00`)}</time>;
  // What the procedure itself put in, such as which of two investigations it is.
  if (/^[a-z-]{3,30}$/.test(text)) return <>{t(`contents.${text}`, { defaultValue: text })}</>;
  return <span className="prose">{text}</span>;
}

const units = ['workingDays', 'workingHours', 'days', 'hours', 'minutes', 'seconds'] as const;

const isDuration = (value: object): boolean => {
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => (units as readonly string[]).includes(name));
};

/** `{ workingDays: 5 }` in words. */
export const durationInWords = (of: object, t: TFunction): string =>
  Object.entries(of)
    .map(([unit, count]) => t(`time.${unit}`, { count: Number(count) }))
    .join(' ');
