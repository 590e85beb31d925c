import type { CaseFacts } from '../domain/access-facts.ts';
import { copyRefusal, usualCopyPolicy } from '../domain/circulation.ts';
import type { CaseNumber, Instant, PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { actorOfPerson } from '../store/actor.ts';
import type { CaseRecord } from '../store/case-view.ts';
import type { Plan } from './act.ts';
import { type Asking, caseFor } from './case-for.ts';
import { commandSettings } from './command-rules.ts';
import type { ApiDeps } from './deps.ts';
import { checkReferences } from './form.ts';

export interface Copying {
  readonly number: CaseNumber;
  readonly people: readonly PersonId[];
  readonly note?: string | undefined;
  readonly readBy?: Instant | undefined;
}

/** 抄送传阅. @throws Problem with the reason of the refusal; `invalid-form` names each person who may not read the case */
export async function circulating(deps: ApiDeps, asking: Asking, { number, people, note, readBy }: Copying): Promise<Plan> {
  const { record, facts, decision } = await caseFor(deps, asking, { number, permission: 'case.copy' });
  if (readBy !== undefined && Date.parse(readBy) <= asking.at.getTime())
    throw new Problem('invalid-form', { errors: [{ path: 'readBy', message: isPast[asking.locale] }] });
  const receivers = people.map((person, index) => ({ person, path: `people.${index}` }));
  await checkReaders(deps, asking, { record, facts, receivers });
  const further = { ...(note !== undefined && { note }), ...(readBy !== undefined && { readBy }) };
  return { number, decision, changes: [{ kind: 'circulate', people: [...new Set(people)], ...further }] };
}

export interface Readers {
  readonly record: CaseRecord;
  readonly facts: CaseFacts;
  readonly receivers: readonly { readonly person: PersonId; readonly path: string }[];
}

/** @throws Problem `invalid-form` for those who are not to read the case */
export async function checkReaders(deps: ApiDeps, asking: Asking, { record, facts, receivers }: Readers): Promise<void> {
  await checkReferences(
    deps,
    receivers.map(({ person, path }) => ({ kind: 'person', id: person, path })),
    asking,
  );
  const { copiesTo = usualCopyPolicy(facts.confidentiality) } = await commandSettings(deps, record);
  const refused = await Promise.all(
    receivers.map(async ({ person, path }) => {
      const reader = await actorOfPerson(deps.db, person, asking.at);
      const reason = reader && copyRefusal(reader, facts, copiesTo);
      return reason === null ? [] : [{ path, message: reasons[reason][asking.locale] }];
    }),
  );
  const errors = refused.flat();
  if (errors.length > 0) throw new Problem('invalid-form', { errors });
}

const isPast = { zh: '应为将来的时间', en: 'expected a time to come' };
const reasons = {
  recused: { zh: '此人与本件有利害关系，不能阅知', en: 'has a conflict of interest and may not read the case' },
  forbidden: { zh: '本件的密级不允许抄送此人', en: 'is outside of those whom the level of confidentiality allows' },
};
