import type { AttachmentId } from '../domain/attachments.ts';
import type { CaseNumber, PersonId } from '../domain/ids.ts';
import {
  type FilingOfRecord,
  type Inquiry,
  type InvestigationRecord,
  investigatorOf,
  recordFault,
  recordFaults,
  unfoundAllegations,
} from '../domain/investigation.ts';
import { Problem } from '../domain/problems.ts';
import type { Change } from '../domain/step.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import { bindAttachments } from './attachments.ts';
import type { Bureau } from './bureau.ts';
import { openTasks } from './case-file.ts';
import { openEvent, type SealedEvent } from './events.ts';
import { addPart } from './parts.ts';
import { actor, type StepDraft, tell } from './step-draft.ts';

/*
 * The file of an investigation is a part of the case's record: each entry is an event, sealed and chained like all others, and there is no second place that could say something else.
 * An entry is never changed; one that corrects it names it.
 */
const FILED = 'record-filed';
const HEARD = 'heard';

/** The records of a case in their order, corrected ones included. */
export async function recordsOf({ db, ring }: Pick<Bureau, 'db' | 'ring'>, number: CaseNumber): Promise<InvestigationRecord[]> {
  return filed(ring, number, await eventsOfType(db, number, FILED));
}

/** Puts an entry into the file. @throws Problem `forbidden`, `not-now`, `invalid-form` */
export async function fileRecord(draft: StepDraft, filing: FilingOfRecord): Promise<void> {
  const { context, file } = draft;
  const { kind: _, inquiry, record, data, replaces, reason, attachments = [] } = { kind: '', ...filing };
  demandInquirer(draft, inquiry);
  const records = filed(context.ring, file.number, await eventsOfType(context.tx, file.number, FILED));
  const reported = file.participants.filter(({ role }) => role === 'reported' || role === 'subject').map(({ person }) => person);
  const fault = recordFault(filing, { records, reported });
  if (fault !== null) throw new Problem('invalid-form', { detail: recordFaults[fault] });

  await bindAttachments(draft, attachments as readonly AttachmentId[]);
  tell(draft, FILED, { no: records.length + 1, inquiry, record, data, ...(replaces !== undefined && { replaces, reason }) });
  const witness = witnessIn(filing);
  if (witness !== null) await addPart(draft, { person: witness, role: 'witness' });
}

/** Whoever belongs to the team of this investigation, while it goes on. */
function demandInquirer(draft: StepDraft, inquiry: Inquiry): void {
  const { participants } = draft.file;
  const me = actor(draft);
  if (!participants.some(({ person, role }) => person === me && role === investigatorOf[inquiry])) throw new Problem('forbidden');
  if (!openTasks(draft.file).some(({ duty }) => duty === inquiry)) throw new Problem('not-now');
}

const witnessIn = (filing: FilingOfRecord): PersonId | null => {
  if (filing.record === 'interview' && filing.data.as === 'witness') return filing.data.person ?? null;
  return filing.record === 'party' && filing.data.part === 'witness' ? (filing.data.person ?? null) : null;
};

/** @throws Problem `findings-missing` while an allegation on file has no finding; what is not on file the report itself states, point by point */
export async function demandFindings({ context, file }: StepDraft, inquiry: Inquiry): Promise<void> {
  const records = filed(context.ring, file.number, await eventsOfType(context.tx, file.number, FILED));
  if (unfoundAllegations(records, inquiry).length > 0) throw new Problem('findings-missing');
}

/** 听取意见 stands in the record once for all, whatever a workflow believes. */
export function noteHearing(draft: StepDraft, { person, how, servedAt, statement }: Extract<Change, { kind: 'heard' }>): void {
  tell(draft, HEARD, { person, how, servedAt, ...(statement !== undefined && { statement }) });
}

/** @throws Problem `not-heard` (domain.md §4.3) */
export async function demandHearing({ context, file }: StepDraft, people: readonly PersonId[]): Promise<void> {
  const events = await eventsOfType(context.tx, file.number, HEARD);
  const heard = events.map((event) => (openEvent(context.ring, file.number, event).data as { person: PersonId }).person);
  if (!people.every((person) => heard.includes(person))) throw new Problem('not-heard');
}

/** The facts are shown: from now on the person sees an extract of the case, and takes no other part in it. */
export async function showFacts(draft: StepDraft, person: PersonId): Promise<void> {
  tell(draft, 'facts-shown', { person });
  await addPart(draft, { person, role: 'heard' });
}

type Reader = Pick<Bureau['db'], '$queryRaw'>;

/** Uses event_pkey of each month's partition. */
const eventsOfType = (db: Reader, number: CaseNumber, type: string): Promise<SealedEvent[]> =>
  db.$queryRaw<SealedEvent[]>(Prisma.sql`
    select e.seq, e.at, e.type, e.actor, e.actor_for as "actorFor", e.task_id as task, null as "taskKey", d.sealed, e.prev_hash as "prevHash", e.hash
      from "case" c join event e on e.case_id = c.id join event_data d on d.case_id = e.case_id and d.seq = e.seq
     where c.number = ${number} and e.at >= c.opened_at and e.type = ${type} order by e.seq`);

const filed = (ring: KeyRing, number: CaseNumber, events: readonly SealedEvent[]): InvestigationRecord[] =>
  events.map((sealed) => {
    const { at, actor: by, data } = openEvent(ring, number, sealed);
    // What `fileRecord` wrote.
    const filing = data as Omit<InvestigationRecord, 'by' | 'at' | 'replaces' | 'reason'> & { replaces?: number; reason?: string };
    return { ...filing, by, at: at.toISOString(), replaces: filing.replaces ?? null, reason: filing.reason ?? null } as InvestigationRecord;
  });
