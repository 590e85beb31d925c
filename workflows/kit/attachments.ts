import { z } from 'zod';
import { AttachmentId } from '../../domain/attachments.ts';
import { fieldsMarked } from './marked-fields.ts';

const Attached = z.looseObject({ 'x-ref': z.literal('attachment') });

/** All files that a form names (`attachment(title)`), each once. Data that fits the form. */
export const attachmentsIn = (form: z.ZodType, data: unknown): readonly AttachmentId[] => [
  ...new Set(fieldsMarked(form, data, Attached).map(({ value }) => AttachmentId.parse(value))),
];
