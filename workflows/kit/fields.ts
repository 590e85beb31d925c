import { z } from 'zod';
import { AttachmentId } from '../../domain/attachments.ts';
import { CaseNumber, Instant, PersonId, PlainDate, type Text, UnitId } from '../../domain/ids.ts';
import type { Duty } from '../../domain/recusal.ts';
import type { Role } from '../../domain/roles.ts';

/**
 * The fields of which forms are made. Each carries its titles and, where it takes an id, what kind of id (`x-ref`),
 * so that a client can build the form from the JSON Schema alone (api.md, "Processes").
 */
const described = <T extends z.ZodType>(schema: T, title: Text, extra: Record<string, unknown> = {}): T =>
  schema.meta({ title, ...extra } as unknown as z.GlobalMeta) as T;

export const shortText = (title: Text, max = 200) => described(z.string().trim().min(1).max(max), title);
export const longText = (title: Text, max = 5000) => described(z.string().trim().min(1).max(max), title, { 'x-multiline': true });
export const yesNo = (title: Text) => described(z.boolean(), title);
/** Marks a field as a medical fact: see ProcessDefinition.medicalFor. */
export const medical = <T extends z.ZodType>(field: T): T => field.meta({ ...field.meta(), 'x-medical': true } as z.GlobalMeta) as T;
export const wholeNumber = (title: Text, min: number, max: number) => described(z.int().min(min).max(max), title);
/** Yuan, with two decimals at most. @source domain/fund-booking.ts `fenOf` */
export const yuan = (title: Text, max = 10_000_000) => described(z.number().min(0.01).max(max).multipleOf(0.01), title);
export const instant = (title: Text) => described(Instant, title, { examples: ['2026-12-01T09:00:00+08:00'] });

export const day = (title: Text) => described(PlainDate, title, { examples: ['2026-06-01'] });

/** One of a few values, each with its own title. */
export const choice = <const V extends Record<string, Text>>(title: Text, values: V) =>
  described(z.enum(Object.keys(values) as [keyof V & string, ...(keyof V & string)[]]), title, { 'x-values': values });

/** The tiers of supervision (domain.md §2). */
export const tier = (title: Text) =>
  choice(title, {
    '1': { zh: '1 天', en: '1 day' },
    '3': { zh: '3 天', en: '3 days' },
    '5': { zh: '5 天', en: '5 days' },
    '7': { zh: '7 天', en: '7 days' },
    '15': { zh: '15 天', en: '15 days' },
    '30': { zh: '30 天', en: '30 days' },
  });

export const list = <T extends z.ZodType>(title: Text, item: T, min: number, max: number) =>
  described(z.array(item).min(min).max(max), title);

/**
 * The tag of a form that has several shapes, each of which has a title to be chosen by: `title` itself, or `name` where `title` is what is being decided
 * (处理决定: 受理).
 */
export const tag = <const V extends string>(value: V, title: Text, name: Text = title) =>
  described(z.literal(value), title, { 'x-values': { [value]: name } });

const id = z.string().regex(/^[\w-]{1,40}$/);

interface Naming {
  readonly duty?: Exclude<Duty, 'inform'>;
  readonly role?: Role;
  /** The named person must have no tie to the case's unit. */
  readonly independent?: true;
}

/**
 * @param extra.duty the named person must be free to take that part in the case: no party, relative or recused
 * @param extra.role the named person must hold this role, wherever in the bureau
 */
export const person = (title: Text, { duty, role, independent }: Naming = {}) =>
  described(PersonId, title, {
    'x-ref': 'person',
    ...(duty ? { 'x-duty': duty } : {}),
    ...(role ? { 'x-role': role } : {}),
    ...(independent ? { 'x-independent': true } : {}),
  });
/** Several people, nobody twice: a panel, a team, witnesses. @param each as `person` has it */
export const people = (title: Text, each: ReturnType<typeof person>, min: number, max: number) =>
  described(
    z
      .array(each)
      .min(min)
      .max(max)
      .refine((named) => new Set(named).size === named.length, { error: '同一人只能列一次 / each person is named once' }),
    title,
    { uniqueItems: true },
  );
export const unit = (title: Text) => described(UnitId, title, { 'x-ref': 'unit' });
/**
 * @param extra.inForceOn where the day stands on which the rule must have been in force, that of the act: `form.actOn`, `intake.actOn`; today unless stated. Held to by the API and
 * again by the record.
 */
export const rule = (title: Text, extra: { readonly inForceOn?: `${'form' | 'intake'}.${string}` } = {}) =>
  described(id, title, { 'x-ref': 'rule', ...(extra.inForceOn ? { 'x-in-force-on': extra.inForceOn } : {}) });
/** A file that whoever fills the form has uploaded; with the submission it belongs to the case for good. */
export const attachment = (title: Text) => described(AttachmentId, title, { 'x-ref': 'attachment' });
export const attachments = () => list({ zh: '附件', en: 'Attachments' }, attachment({ zh: '附件', en: 'Attachment' }), 0, 20).optional();
export const caseRef = (title: Text) => described(CaseNumber, title, { 'x-ref': 'case', examples: ['SQ-2026-000123'] });

/** What whoever decides against someone owes where a no-retaliation mark protects them; the kit asks for it then (domain.md §4.5). */
export const unrelated = () =>
  longText({ zh: '与受保护的诉求、举报无关的说明', en: 'Why this has nothing to do with what they raised' }).optional();

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

/** 同意 / 不同意, where there is nobody to return it to and the subject may be protected: see adverse.ts. */
export const verdict = () =>
  z.discriminatedUnion('decision', [
    z.strictObject({
      decision: tag('approve', { zh: '同意', en: 'Approve' }),
      unrelated: unrelated(),
      remarks: longText({ zh: '说明', en: 'Remarks' }).optional(),
    }),
    z.strictObject({
      decision: tag('refuse', { zh: '不同意', en: 'Refuse' }),
      reasons: longText({ zh: '不同意的理由', en: 'Reasons for refusing it' }),
    }),
  ]);
export type Verdict = z.output<ReturnType<typeof verdict>>;

export const note = (title: Text) => z.strictObject({ note: longText(title) });
