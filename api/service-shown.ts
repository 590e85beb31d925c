import { z } from 'zod';
import type { About, ServiceShown } from '../documents/about.ts';
import { documentKinds } from '../documents/kinds.ts';
import { type PersonId, PersonId as PersonIdSchema } from '../domain/ids.ts';
import type { CaseRecord, TaskRecord } from '../store/case-view.ts';
import type { IssuedDocument } from '../store/issue-document.ts';
import { service } from '../workflows/kit/service-form.ts';
import type { ApiDeps } from './deps.ts';
import { writtenDay } from './document-about.ts';

const Serving = z.looseObject({ to: PersonIdSchema });

interface Asked {
  readonly record: CaseRecord;
  readonly about: About;
  readonly document: IssuedDocument;
  readonly to: PersonId;
}

/** What a proof of service states: how the document was served, or blanks to be filled in by hand where it has not been yet. */
export function serviceShown(deps: ApiDeps, { record, about, document, to }: Asked): ServiceShown {
  const blank = {
    to: about.nameOf('person', to),
    document: `${documentKinds[document.kind].title.zh}（${document.number}）`,
    how: null,
    at: null,
    servedBy: null,
    witnesses: [],
    remarks: null,
  };
  const ofPerson = record.tasks.filter(({ key, context }) => key === 'serve' && Serving.safeParse(context).data?.to === to);
  const last = ofPerson.at(-1);
  if (last?.state !== 'done') return blank;
  const stated = service().parse(last.answer);
  const receipt = stated.how === 'system' ? record.tasks.findLast((task) => isReceiptOf(task, to)) : undefined;
  const at = stated.how === 'system' ? receipt?.closedAt : stated.at;
  if (at === undefined || at === null) return blank;
  return {
    ...blank,
    how: stated.how,
    at: `${writtenDay(deps, new Date(at))}${timeOfDay(deps, new Date(at))}`,
    servedBy: last.closedBy === null ? null : about.nameOf('person', last.closedBy),
    witnesses: stated.how === 'refused' ? stated.witnesses.map((person) => about.nameOf('person', person)) : [],
    remarks: remarksOf(stated),
  };
}

const isReceiptOf = ({ key, state, closedBy }: TaskRecord, to: PersonId): boolean =>
  key === 'confirm-receipt' && state === 'done' && closedBy === to;

function remarksOf(stated: z.output<ReturnType<typeof service>>): string | null {
  if (stated.how === 'refused') return `拒收事由：${stated.reason}`;
  return stated.how === 'mail' ? `邮件号码：${stated.tracking}` : null;
}

const timeOfDay = ({ policies }: ApiDeps, at: Date): string =>
  at.toLocaleTimeString('zh-CN', { timeZone: policies.current.policy.timeZone, hour12: false, hour: '2-digit', minute: '2-digit' });
