import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import type { Rule as FieldRule } from 'antd/es/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../contract/types.ts';
import { said } from '../texts/i18n.ts';
import { AttachmentField } from './attachment-field.tsx';
import { ReferenceField } from './reference-field.tsx';
import { NONE, tagOf, tagWords, variantOf } from './schema-values.ts';

type Path = readonly (string | number)[];

interface Fields {
  readonly schema: Schema;
  readonly path: Path;
}

/** All fields of a form or of a part of it. */
export function SchemaFields({ schema, path }: Fields) {
  if (schema.oneOf ?? schema.anyOf) return <Variants schema={schema} path={path} isRequired />;
  return Object.entries(schema.properties ?? {})
    .filter(([, field]) => field.const === undefined)
    .map(([name, field]) => (
      <Field key={name} schema={field} path={[...path, name]} isRequired={schema.required?.includes(name) ?? false} />
    ));
}

/** A form of several shapes: first which one, or none where it need not be given, then its fields. */
function Variants({ schema, path, isRequired }: Fields & { readonly isRequired: boolean }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const tag = tagOf(schema);
  const variants = schema.oneOf ?? schema.anyOf ?? [];
  Form.useWatch([...path, tag ?? ''], form);
  if (tag === undefined) return variants[0] ? <SchemaFields schema={variants[0]} path={path} /> : null;
  const filled = path.length === 0 ? form.getFieldsValue(true) : form.getFieldValue([...path]);
  const chosen = variantOf(schema, filled);
  const question = said(tagWords(variants[0]?.properties?.[tag]).question) || t('form.chooseFirst');
  const answers = variants.map(({ properties }) => ({
    value: properties?.[tag]?.const,
    label: said(tagWords(properties?.[tag]).answer) || String(properties?.[tag]?.const),
  }));
  return (
    <>
      <Form.Item
        name={[...path, tag]}
        label={question}
        {...(isRequired ? { rules: [{ required: true, message: t('form.required') }] } : { initialValue: NONE })}
      >
        <Radio.Group aria-label={question} options={isRequired ? answers : [{ value: NONE, label: t('form.none') }, ...answers]} />
      </Form.Item>
      {chosen && <SchemaFields schema={chosen} path={path} />}
    </>
  );
}

function Field({ schema, path, isRequired }: Fields & { readonly isRequired: boolean }) {
  const { t } = useTranslation();
  const label = said(schema['x-title']) || schema.title;
  if (schema.type === 'array' && schema.items?.['x-ref'] !== 'attachment' && !isChoice(schema.items) && !schema.items?.['x-ref']) {
    return <Items schema={schema} path={path} label={label} isRequired={isRequired} />;
  }
  if (schema.properties ?? schema.oneOf ?? schema.anyOf) {
    return (
      <fieldset className="part">
        <legend>{label}</legend>
        {schema.properties ? (
          <SchemaFields schema={schema} path={path} />
        ) : (
          <Variants schema={schema} path={path} isRequired={isRequired} />
        )}
      </fieldset>
    );
  }
  const rules: FieldRule[] = isRequired ? [{ required: true, message: t('form.required') }] : [];
  if (schema.maxLength !== undefined) rules.push({ max: schema.maxLength, message: t('form.tooLong', { max: schema.maxLength }) });
  return (
    <Form.Item name={[...path]} label={label} rules={rules}>
      {control(schema, t)}
    </Form.Item>
  );
}

const isChoice = (schema: Schema | undefined): boolean => schema?.enum !== undefined;

/** What a value is entered with. */
function control(schema: Schema, t: (key: string) => string): ReactNode {
  if (schema['x-ref'] === 'attachment' || schema.items?.['x-ref'] === 'attachment')
    return <AttachmentField many={schema.type === 'array'} />;
  const reference = schema['x-ref'] ?? schema.items?.['x-ref'];
  if (reference)
    return <ReferenceField kind={reference} many={schema.type === 'array'} role={schema['x-role'] ?? schema.items?.['x-role']} />;
  const choices = schema.enum ?? schema.items?.enum;
  if (choices) return <Select mode={schema.type === 'array' ? 'multiple' : undefined} allowClear options={optionsOf(schema, choices)} />;
  if (schema.type === 'boolean') {
    return (
      <Radio.Group
        aria-label={said(schema['x-title'])}
        options={[
          { value: true, label: t('form.yes') },
          { value: false, label: t('form.no') },
        ]}
      />
    );
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    return (
      <InputNumber
        {...(schema.minimum !== undefined && { min: schema.minimum })}
        {...(schema.maximum !== undefined && { max: schema.maximum })}
        {...(schema.type === 'integer' && { precision: 0 })}
      />
    );
  }
  if (schema.format === 'date') return <DatePicker className="full" />;
  if (schema.format === 'date-time') return <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className="full" />;
  if (schema['x-multiline']) return <Input.TextArea className="prose-input" />;
  return <Input />;
}

const optionsOf = (schema: Schema, values: readonly string[]) => {
  const titles = schema['x-values'] ?? schema.items?.['x-values'];
  return values.map((value) => ({ value, label: said(titles?.[value]) || value }));
};

/** A list of which each item is a part of the form. */
function Items({ schema, path, label, isRequired }: Fields & { readonly label: ReactNode; readonly isRequired: boolean }) {
  const { t } = useTranslation();
  const item = schema.items ?? {};
  const isPlain = !item.properties && !item.oneOf && !item.anyOf;
  const least = schema.minItems ?? (isRequired ? 1 : 0);
  const first = Array.from({ length: least });
  return (
    <Form.List name={[...path]} initialValue={first}>
      {(fields, { add, remove }) => (
        <fieldset className="part">
          <legend>{label}</legend>
          {fields.map(({ key, name }) => (
            <div key={key} className="item">
              <div className="item-fields">
                {isPlain ? (
                  <Form.Item name={[name]} rules={[{ required: true, message: t('form.required') }]}>
                    {control(item, t)}
                  </Form.Item>
                ) : (
                  <SchemaFields schema={item} path={[name]} />
                )}
              </div>
              {fields.length > least && (
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('form.remove')} onClick={() => remove(name)} />
              )}
            </div>
          ))}
          {(schema.maxItems === undefined || fields.length < schema.maxItems) && (
            <Button icon={<PlusOutlined />} onClick={() => add()}>
              {t('form.add')}
            </Button>
          )}
        </fieldset>
      )}
    </Form.List>
  );
}
