import { z } from 'zod';
import { Text } from './ids.ts';
import { type Finding, type PolicyPath, valueAt } from './policy-source.ts';

/** What zod found, in words for whoever edits the file. */
export const findingsOf = (error: z.ZodError, schema: z.ZodType, value: unknown): Finding[] =>
  error.issues.flatMap((issue): Finding[] => {
    const path = issue.path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment));
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({ path: [...path, key], at: 'key', message: unknownName(key, known) }));
    }
    if (issue.code === 'invalid_key') return [{ path, at: 'key', message: malformedName }];
    return [{ path, message: messageOf(issue, valueAt(value, path)) }];
  });

export const unknownName = (name: string, known: readonly string[]): Text => ({
  zh: `没有“${name}”；可用：${known.join('、')}`,
  en: `there is no "${name}"; known: ${known.join(', ')}`,
});

const malformedName: Text = {
  zh: '名称格式有误：日期写作 2026-03-02，其他名称用小写字母、数字和连字符',
  en: 'malformed name: a day is written 2026-03-02, any other name in lower-case letters, digits and hyphens',
};

const messageOf = (issue: z.core.$ZodIssue, found: unknown): Text => {
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined
        ? { zh: '缺少此项', en: 'missing' }
        : expected(typeNames[issue.expected] ?? { zh: issue.expected, en: issue.expected });
    case 'invalid_value':
      return found === undefined
        ? { zh: '缺少此项', en: 'missing' }
        : expected({ zh: `下列之一：${issue.values.join('、')}`, en: `one of ${issue.values.join(', ')}` });
    case 'too_small':
      return expected({ zh: `不小于 ${issue.minimum}`, en: `at least ${issue.minimum}` });
    case 'too_big':
      return expected({ zh: `不大于 ${issue.maximum}`, en: `at most ${issue.maximum}` });
    case 'custom':
      return Text.parse(issue.params?.text);
    case 'invalid_union':
      return notASetting;
    default:
      return { zh: issue.message, en: issue.message };
  }
};

const notASetting: Text = {
  zh: '应为数字、文字、true 或 false、时长，或由它们组成的映射',
  en: 'expected a number, a text, true or false, a duration, or a map of these',
};

const expected = ({ zh, en }: Text): Text => ({ zh: `应为${zh}`, en: `expected ${en}` });

const typeNames: Partial<Record<string, Text>> = {
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  string: { zh: '文字', en: 'a text' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  object: { zh: '“键: 值”映射', en: 'a map' },
  record: { zh: '“键: 值”映射', en: 'a map' },
  array: { zh: '列表', en: 'a list' },
};

/** The keys that the schema knows at a path. */
const keysAt = (schema: z.core.$ZodType, path: PolicyPath): string[] => {
  const inner = unwrapped(schema);
  const [segment, ...rest] = path;
  if (segment === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  if (inner instanceof z.ZodRecord) return keysAt(inner.valueType, rest);
  if (inner instanceof z.ZodArray) return keysAt(inner.element, rest);
  const field: z.core.$ZodType | undefined = inner instanceof z.ZodObject ? inner.shape[segment] : undefined;
  return field ? keysAt(field, rest) : [];
};

const unwrapped = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
};
