import { z } from 'zod';

const isMedical = (field: z.ZodType): boolean => field.meta()?.['x-medical'] === true;

/** What a form holds without the fields that are medical facts (`medical` in fields.ts). Data that fits the form. */
export function withoutMedical(form: z.ZodType, data: unknown): unknown {
  if (!(form instanceof z.ZodObject) || typeof data !== 'object' || data === null) return data;
  const hidden = Object.keys(form.shape).filter((name) => isMedical(form.shape[name]));
  return Object.fromEntries(Object.entries(data).filter(([name]) => !hidden.includes(name)));
}
