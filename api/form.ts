import type { z } from 'zod';
import { type Actor, holdsAny } from '../domain/actor.ts';
import { type CaseNumber, type Locale, PersonId, type Text } from '../domain/ids.ts';
import { type FieldError, Problem } from '../domain/problems.ts';
import { exclusionOf, type Participant } from '../domain/recusal.ts';
import { roles } from '../domain/roles.ts';
import { actorOfPerson } from '../store/actor.ts';
import { usableReferences } from '../store/references.ts';
import { notInForce } from '../store/rules.ts';
import { citationsIn } from '../workflows/kit/citations.ts';
import type { ApiDeps } from './deps.ts';
import { type PlacedReference, referencesIn } from './form-references.ts';
import { isTied, type Unit } from './independence.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { parse } from './parse.ts';
import { viewingAt } from './viewing.ts';

interface CheckedData<S extends z.ZodType> {
  readonly form: S;
  readonly data: unknown;
  /** Of the case whose task it is; the form itself is one unless stated. */
  readonly intake?: unknown;
  readonly participants?: readonly Participant[];
  /** Of the case, to whose unit whoever is named may have to be without a tie. */
  readonly inCase?: Unit;
  /** The case whose form it is, unless it is an intake. */
  readonly number?: CaseNumber;
  /** Where errors say that it stands. */
  readonly at?: string;
}

export interface FormCall {
  readonly actor: Actor;
  readonly locale: Locale;
  readonly at: Date;
}

/**
 * A form's data, checked as a whole: its shape; that the people, units, rules and cases it names can be named today; that rules cited for an act were in force on its day; and that whoever it names for a part in the case is free to
 * take it.
 * @param participants of the case so far
 * @throws Problem `invalid-form`
 */
export async function checkedForm<S extends z.ZodType>(
  deps: ApiDeps,
  { form, data, intake, participants = [], inCase, number, at = 'data' }: CheckedData<S>,
  call: FormCall,
): Promise<z.output<S>> {
  const parsed = parse(form, data, { at, locale: call.locale, slug: 'invalid-form' });
  const references = referencesIn(jsonSchemaOf(form, call.locale), parsed, at);
  await checkReferences(deps, references, call, number);
  const outOfForce = await notInForce(deps.db, citationsIn(form, parsed, intake ?? parsed));
  const taken = await Promise.all(references.map((reference) => conflictOf(deps, { reference, participants, inCase, call })));
  const dated = outOfForce.map(({ path, on }) => ({ path, message: notInForceThen[call.locale](on) }));
  const errors = [...dated, ...taken.filter((error) => error !== null)];
  if (errors.length > 0) throw new Problem('invalid-form', { errors });
  return parsed;
}

/** @throws Problem `invalid-form` with the place of each id that can't be named */
export async function checkReferences(
  deps: ApiDeps,
  references: readonly PlacedReference[],
  { actor, locale, at }: FormCall,
  within: CaseNumber | null = null,
): Promise<void> {
  if (references.length === 0) return;
  const on = deps.policies.current.calendar.dayAt(at.getTime()).date;
  const usable = await usableReferences(deps.db, { references, actor, viewing: viewingAt(at), on, within });
  const known = new Set(usable.map(({ kind, id }) => `${kind} ${id}`));
  const unknown = references.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
  if (unknown.length > 0)
    throw new Problem('invalid-form', { errors: unknown.map(({ path, kind }) => ({ path, message: unusable[kind][locale] })) });
}

interface Conflict {
  readonly reference: PlacedReference;
  readonly participants: readonly Participant[];
  readonly inCase: Unit | undefined;
  readonly call: FormCall;
}

async function conflictOf(deps: ApiDeps, { reference, participants, inCase, call }: Conflict): Promise<FieldError | null> {
  const { duty, role, independent, id, path } = reference;
  if (duty === undefined && role === undefined && !independent) return null;
  const person = await actorOfPerson(deps.db, PersonId.parse(id), call.at);
  if (person === null) return null;
  if (role !== undefined && !holdsAny(person, [role])) return { path, message: withoutRole[call.locale](roles[role]) };
  if (independent && inCase && (await isTied(deps, person.id, inCase))) return { path, message: tied[call.locale] };
  const reason = duty === undefined ? null : exclusionOf(person, duty, participants);
  return reason === null ? null : { path, message: conflicted[call.locale] };
}

const withoutRole = {
  zh: ({ zh }: Text) => `此人不是${zh}`,
  en: ({ en }: Text) => `does not hold the role: ${en}`,
};

const tied = {
  zh: '此人与被督察单位有关联（本人、近亲属或曾办该单位办件），应当回避',
  en: 'is tied to the unit: as its member, by a relative, or by handling its cases before',
};

const conflicted = {
  zh: '此人与本件有利害关系或已参与前一环节，应当回避',
  en: 'has a conflict of interest or took part in the step before',
};

const notInForceThen = {
  zh: (on: string) => `没有此规定，或在 ${on} 未施行`,
  en: (on: string) => `no such rule, or not in force on ${on}`,
};

const unusable = {
  person: { zh: '没有此人，或已离职', en: 'no such person, or no longer in service' },
  unit: { zh: '没有此单位，或已撤销', en: 'no such unit, or dissolved' },
  rule: { zh: '没有此规定，或今日未生效', en: 'no such rule, or not in force today' },
  case: { zh: '没有此件，或您无权知悉', en: 'no such case, or not yours to know of' },
  attachment: { zh: '没有此文件，或非您本人上传、已用于他件', en: 'no such file, or uploaded by someone else, or used in another case' },
};
