/*
 * 一人一事一件: whoever reports the same emergency about the same person, however many at once and on whichever node, reports one case. The first opens it; the others join it: their
 * words stand in its record, whoever is asked to answer is told, and each of them is told what becomes of it.
 *
 * Invariants
 * - Reports about one person wait for each other (a lock of the transaction), before any case or counter is locked: which is the first is then known to all.
 * - A report that joined is known by its intake like one that opened a case: sent again it changes nothing and finds the same case.
 */
import { before } from '../domain/clock.ts';
import { type CaseNumber, type Instant, PersonId } from '../domain/ids.ts';
import { durationOf } from '../domain/policy.ts';
import type { Acceptance, CaseStep } from '../domain/step.ts';
import type { StepContext } from './bureau.ts';
import { addParticipant, openTasks } from './case-file.ts';
import { climbDue } from './climb.ts';
import { caseFile, type LockedCase, loadPartsOf, lockCases } from './load-case.ts';
import { bearersOf } from './rung-receivers.ts';
import { newDraft, type StepDraft, tell } from './step-draft.ts';

export interface Report {
  readonly cause: string;
  readonly acceptance: Acceptance;
  readonly at: Instant;
  readonly bodyHash: string;
}

/** What a report is about, where several reports of it are one case; null for every other intake. Of one transaction each may occur once. */
export const matterOf = ({ process, subject, oneWithin }: Acceptance): string | null =>
  oneWithin === undefined || subject === null ? null : `${process} ${subject}`;

/** Drafts, by cause, of those reports whose case is under way; the others open one. */
export async function joinedAmong(context: StepContext, reports: readonly Report[]): Promise<Map<string, StepDraft>> {
  const drafts = new Map<string, StepDraft>();
  const asked = reports.filter(({ acceptance }) => matterOf(acceptance) !== null);
  if (asked.length === 0) return drafts;
  for (const matter of asked.map(({ acceptance }) => matterOf(acceptance)).sort())
    await context.tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${matter}, 0))`;
  const underWay = new Map<string, CaseNumber>();
  for (const report of asked) {
    const number = await caseUnderWay(context, report);
    if (number !== null) underWay.set(report.cause, number);
  }
  const locked = await lockCases(context, [...underWay.values()]);
  for (const report of asked) {
    const row = locked.get(underWay.get(report.cause) ?? ('' as CaseNumber));
    if (row !== undefined && row.state !== 'closed') drafts.set(report.cause, await joining(context, row, report));
  }
  return drafts;
}

/** The case that others have opened about it and that is not over. One that this very report has made is found by its cause (accept.ts). Uses case_by_subject. */
async function caseUnderWay({ tx, policies }: StepContext, { cause, acceptance, at }: Report): Promise<CaseNumber | null> {
  const { policy, calendar } = policies.current;
  const { process, subject, oneWithin = '' } = acceptance;
  const since = before(at, durationOf(policy, process, oneWithin), calendar, policy.timeScale);
  const [found] = await tx.$queryRaw<{ number: CaseNumber }[]>`
    select c.number from "case" c
     where c.subject_id = ${subject} and c.process = ${process} and c.state <> 'closed' and c.opened_at >= ${since}::timestamptz
       and not exists (select 1 from case_step s where s.cause = ${cause})
     order by c.id limit 1`;
  return found?.number ?? null;
}

async function joining(context: StepContext, row: LockedCase, { cause, acceptance, at, bodyHash }: Report): Promise<StepDraft> {
  const parts = (await loadPartsOf(context, [{ id: row.id, cause, named: [] }])).get(row.id);
  if (parts === undefined) throw new Error(`case ${row.number} has no parts`);
  const { by, for: actorFor, data, first } = acceptance;
  const step: CaseStep = { case: row.number, cause, at, by, for: actorFor, bodyHash, changes: [] };
  const draft = newDraft(context, step, await caseFile(context, row, parts));
  await climbDue(draft, at);
  tell(draft, 'reported-again', { form: data });
  for (const { person, role } of acceptance.parties) if (role === 'caller') addParticipant(draft.file, PersonId.parse(person), role);
  const answering = openTasks(draft.file).find(({ key }) => key === first[0]?.key);
  if (answering !== undefined)
    for (const person of await bearersOf(draft, answering, at))
      draft.notices.push({ file: draft.file, person, task: answering.id, kind: 'reported-again' });
  return draft;
}
