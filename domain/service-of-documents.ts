import type { Instant, PersonId, Text } from './ids.ts';

/** 送达方式: how a document can be served on a person. */
export const waysOfService = {
  'in-person': { zh: '直接送达', en: 'Handed over' },
  system: { zh: '系统送达', en: 'Through the system' },
  refused: { zh: '留置送达（本人拒收）', en: 'Left with a person who refused it' },
  'left-at-unit': { zh: '单位转交', en: 'Handed on by the unit' },
  mail: { zh: '邮寄送达', en: 'By mail' },
} satisfies Record<string, Text>;
export type WayOfService = keyof typeof waysOfService;

/** A service as whoever served it states it; by the system it is the person's own act and needs no statement. */
export type Service =
  | { readonly how: 'in-person' | 'left-at-unit' | 'mail'; readonly at: Instant }
  | { readonly how: 'refused'; readonly at: Instant; readonly witnesses: readonly PersonId[] };

export interface ServiceFacts {
  readonly to: PersonId;
  readonly servedBy: readonly PersonId[];
  /** When it was first to be served. */
  readonly begunAt: Instant;
  /** When it is stated. */
  readonly statedAt: Instant;
}

/** Why a service does not stand, and has to be done again. */
export const serviceFaults = {
  'in-the-future': { zh: '送达时间晚于填报时间', en: 'It lies in the future' },
  'before-the-document': { zh: '送达时间早于交付送达的时间', en: 'It lies before there was anything to serve' },
  'too-few-witnesses': { zh: '拒收须有两名以上不同的见证人', en: 'A refusal takes two different witnesses' },
  'witness-not-apart': { zh: '见证人不得是受送达人或送达人', en: 'A witness is whoever served it, or was served' },
  'not-opened': { zh: '系统送达后未在期限内确认收到', en: 'It was not opened in time in the system' },
} satisfies Record<string, Text>;
export type ServiceFault = keyof typeof serviceFaults;

/** A refusal to accept counts as service if so many others saw it. */
export const LEAST_WITNESSES = 2;
/** In milliseconds: times are stated to the minute. */
const MINUTE_MS = 60_000;

/**
 * Whether a service stands; its instant is the one that it states, and the remedy's time runs from it.
 * @returns null where it does
 * @source domain.md §2 "Document", §4.3; after the chapter on service of the Civil Procedure Law: the day of signing, of the note of a refusal before witnesses, of the receipt of the mail
 */
export function serviceFault(service: Service, { to, servedBy, begunAt, statedAt }: ServiceFacts): ServiceFault | null {
  const at = Date.parse(service.at);
  if (at > Date.parse(statedAt)) return 'in-the-future';
  if (at <= Date.parse(begunAt) - MINUTE_MS) return 'before-the-document';
  if (service.how !== 'refused') return null;
  const witnesses = new Set(service.witnesses);
  if ([to, ...servedBy].some((person) => witnesses.has(person))) return 'witness-not-apart';
  return witnesses.size < LEAST_WITNESSES ? 'too-few-witnesses' : null;
}
