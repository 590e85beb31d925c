import { Alert, Button, Form } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../contract/problem.ts';
import type { Beside, Schema } from '../contract/types.ts';
import { SchemaFields } from './schema-fields.tsx';
import { type Filled, filledOf, isRecord, valuesOf } from './schema-values.ts';
import { useDraft } from './use-draft.ts';

interface Props {
  readonly schema: Schema;
  /** Where the draft is kept: a task's id, or `start:<process>`; none is kept unless stated. */
  readonly draft?: string;
  /** What is filled in at first. */
  readonly initial?: unknown;
  readonly submitLabel: string;
  readonly isBusy: boolean;
  readonly refusal: ProblemError | null;
  /** Fields above those of the schema, named by {@link besideField}; they are part of the draft. */
  readonly beside?: ReactNode;
  /** @returns whether it was taken: then the draft goes */
  readonly onSubmit: (data: unknown, beside: Beside) => Promise<boolean>;
}

/** No field of a schema has a name like this. */
const BESIDE = '/beside';
export const besideField = (name: keyof Beside) => [BESIDE, name];

/** A form made from a JSON Schema, which keeps a draft and shows refusals at the field that they are about. */
export function SchemaForm({ schema, draft: target, initial, submitLabel, isBusy, refusal, beside, onSubmit }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Filled>();
  const id = useId();
  const draft = useDraft(target ?? null, ({ data, unit, onBehalfOf }) =>
    form.setFieldsValue({ ...filledOf(schema, data), [BESIDE]: { unit, onBehalfOf } }),
  );

  useEffect(() => {
    if (refusal === null) return;
    const fields = refusal.errors.map(({ path, message }) => ({ name: fieldName(path), errors: [message] }));
    form.setFields(fields as never);
    const first = fields[0]?.name;
    if (first) form.scrollToField(first, { block: 'center', focus: true });
  }, [refusal, form]);

  const submit = async (filled: Filled) => {
    draft.pause();
    if (await onSubmit(valuesOf(schema, filled), besideIn(filled))) draft.drop();
    else draft.goOn();
  };
  const homeless = refusal?.errors.filter(({ path }) => form.getFieldInstance(fieldName(path)) === undefined) ?? [];

  return (
    <Form
      form={form}
      name={target ?? id}
      initialValues={filledOf(schema, initial)}
      layout="vertical"
      scrollToFirstError={{ block: 'center', focus: true }}
      onFinish={submit}
      onKeyDown={keepEnter}
      onValuesChange={() => {
        const filled = form.getFieldsValue(true);
        draft.save({ data: valuesOf(schema, filled), ...besideIn(filled) });
      }}
      disabled={isBusy}
    >
      {draft.restoredAt !== null && (
        <Alert
          className="gap-below"
          type="info"
          title={t('start.restored', { at: draft.restoredAt })}
          action={
            <Button
              size="small"
              onClick={() => {
                form.resetFields();
                draft.drop();
              }}
            >
              {t('start.discard')}
            </Button>
          }
        />
      )}
      {beside}
      <SchemaFields schema={schema} path={[]} />
      {homeless.length > 0 && (
        <Alert
          className="gap-below"
          type="error"
          role="alert"
          title={homeless.map(({ path, message }) => `${path.replace(/^data\.?/, '')} ${message}`.trim()).join('；')}
        />
      )}
      <div className="form-end">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {submitLabel}
        </Button>
        <span className="quiet" role="status">
          {draft.state === 'idle' ? '' : t(`start.${draft.state}`)}
        </span>
      </div>
    </Form>
  );
}

/** Only the button sends what goes into the record, never a slip of the Enter key in a field. */
function keepEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

/** What is chosen beside the form; an emptied picker chooses nothing. */
function besideIn(filled: Filled): Beside {
  const chosen = isRecord(filled[BESIDE]) ? filled[BESIDE] : {};
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => typeof value === 'string'));
}

/** `data.items.0.name` of the API is the field `['items', 0, 'name']` of the form; `unit` of a start is one beside it. */
function fieldName(path: string): (string | number)[] {
  if (path === 'unit' || path === 'onBehalfOf') return besideField(path);
  return path
    .replace(/^data(\.|$)/, '')
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
