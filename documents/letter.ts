import { z } from 'zod';
import { PersonId, PlainDate } from '../domain/ids.ts';

/** A paragraph with or without a heading, or a table of two columns. */
const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), heading: z.string().optional(), text: z.string() }),
  z.strictObject({ kind: z.literal('rows'), rows: z.array(z.tuple([z.string(), z.string()])) }),
]);
export type Block = z.infer<typeof Block>;

/** What an official document says, whatever it is printed as. */
export const Letter = z.strictObject({
  title: z.string(),
  /** Whom it is to, if a person of the bureau: it is shown to them. */
  to: PersonId.optional(),
  /** 发文机关. */
  issuer: z.string(),
  /** 称谓, without the colon; null where it addresses nobody. */
  addressee: z.string().nullable(),
  blocks: z.array(Block),
  /** 特此答复。 */
  closing: z.string().nullable(),
  /** Whose lines for signature stand at its end, in the place of a seal. */
  signatures: z.array(z.string()),
});
export type Letter = z.infer<typeof Letter>;

/** A letter that was issued: with its number (文号) and its day, for good. */
export const IssuedLetter = Letter.extend({ number: z.string(), date: PlainDate });
export type IssuedLetter = z.infer<typeof IssuedLetter>;

export const paragraph = (heading: string, text: string): Block => ({ kind: 'text', heading, text });
export const plain = (text: string): Block => ({ kind: 'text', text });
