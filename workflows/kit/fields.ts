import { z } from 'zod';
import { CaseNumber, Instant, PersonId, type Text, UnitId } from '../../domain/ids.ts';

/**
 * The fields of which forms are made. Each carries its titles and, where it takes an id, what kind of id (`x-ref`),
 * so that a client can build the form from the JSON Schema alone (api.md, "Processes").
 */
const described = <T extends z.ZodType>(schema: T, title: Text, extra: Record<string, unknown> = {}): T =>
  schema.meta({ title, ...extra } as unknown as z.GlobalMeta) as T;

export const shortText = (title: Text, max = 200) => described(z.string().trim().min(1).max(max), title);
export const longText = (title: Text, max = 5000) => described(z.string().trim().min(1).max(max), title, { 'x-multiline': true });
export const yesNo = (title: Text) => described(z.boolean(), title);
export const wholeNumber = (title: Text, min: number, max: number) => described(z.int().min(min).max(max), title);
export const instant = (title: Text) => described(Instant, title, { examples: ['2026-12-01T09:00:00+08:00'] });

/** One of a few values, each with its own title. */
export const choice = <const V extends Record<string, Text>>(title: Text, values: V) =>
  described(z.enum(Object.keys(values) as [keyof V & string, ...(keyof V & string)[]]), title, { 'x-values': values });

export const list = <T extends z.ZodType>(title: Text, item: T, min: number, max: number) =>
  described(z.array(item).min(min).max(max), title);

/** The tag of a form that has several shapes. */
export const tag = <const V extends string>(value: V, title: Text) => described(z.literal(value), title);

const id = z.string().regex(/^[\w-]{1,40}$/);

/** @param extra.duty the named person must be free to take that part in the case: no party, relative or recused */
export const person = (title: Text, extra: { readonly duty?: 'handle' | 'decide' | 'review' } = {}) =>
  described(PersonId, title, { 'x-ref': 'person', ...(extra.duty ? { 'x-duty': extra.duty } : {}) });
export const unit = (title: Text) => described(UnitId, title, { 'x-ref': 'unit' });
export const rule = (title: Text) => described(id, title, { 'x-ref': 'rule' });
export const caseRef = (title: Text) => described(CaseNumber, title, { 'x-ref': 'case', examples: ['SQ-2026-000123'] });

/** 同意 / 退回 / 不同意: the answer of every approval. Reasons are owed for the last two. */
export const decision = () =>
  z.discriminatedUnion('decision', [
    z.strictObject({
      decision: tag('approve', { zh: '同意', en: 'Approve' }),
      remarks: longText({ zh: '说明', en: 'Remarks' }).optional(),
    }),
    z.strictObject({
      decision: tag('return', { zh: '退回', en: 'Return' }),
      reasons: longText({ zh: '退回理由', en: 'Reasons for returning it' }),
    }),
    z.strictObject({
      decision: tag('refuse', { zh: '不同意', en: 'Refuse' }),
      reasons: longText({ zh: '不同意的理由', en: 'Reasons for refusing it' }),
    }),
  ]);
export type Decision = z.output<ReturnType<typeof decision>>;

export const note = (title: Text) => z.strictObject({ note: longText(title) });
