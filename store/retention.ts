/*
 * Retention: when the time of a closed case has passed, what it held and who took part is removed and an event says so. What may go, and when, is checked by the
 * database function anonymise_case() itself (prisma/migrations/0081_retention), by its own clock; nothing else gets past the append-only tables.
 *
 * The policy in force today decides, not that of the case's start: retention is a rule about the archive, and a bureau must be able to correct it.
 */
import { plainMs } from '../domain/duration.ts';
import type { CaseNumber, Instant } from '../domain/ids.ts';
import type { CaseStep } from '../domain/step.ts';
import type { Bureau, StepContext } from './bureau.ts';
import { dataContext, titleContext } from './case-file.ts';
import { trimFeed } from './feed.ts';
import { inTransaction } from './in-transaction.ts';
import { caseFile, loadParts, lockCases } from './load-case.ts';
import { newDraft, tell } from './step-draft.ts';
import { writeDrafts } from './write-step.ts';

export interface RetainedCase {
  readonly id: string;
  readonly number: CaseNumber;
  readonly process: string;
  readonly closedAt: Date;
  readonly retainedUntil: Date;
  /** What keeps it all the same: a legal hold, a linked case that is open, a mark or restriction from it that is in force. */
  readonly keptBy: 'hold' | 'linked' | 'in-force' | null;
}

/** What is left of a title. */
export const blankTitle = '已清除 Removed';
const PAGE = 200;

/** Closed cases whose time has passed, longest closed first, page by page. Uses case_retained. */
export async function* pastRetention({ db, policies }: Bureau): AsyncGenerator<RetainedCase> {
  const under = policies.current.version;
  for (let after = { closedAt: new Date(0), id: '0' }; ; ) {
    const page = await db.$queryRaw<RetainedCase[]>`
      select id::text, number, process, closed_at as "closedAt", retained_until(process, closed_at, ${under}) as "retainedUntil", kept_by(id) as "keptBy"
        from "case" where state = 'closed' and anonymised_at is null and (closed_at, id) > (${after.closedAt}, ${after.id}::bigint)
         and retained_until(process, closed_at, ${under}) <= clock_timestamp()
       order by closed_at, id limit ${PAGE}`;
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last;
  }
}

/** Anonymises every case whose time has passed and that nothing keeps. @returns their numbers */
export async function applyRetention(bureau: Bureau, at: Date): Promise<CaseNumber[]> {
  await trimFeed(bureau.db, at);
  await trimBulks(bureau, at);
  const done: CaseNumber[] = [];
  for await (const due of pastRetention(bureau)) {
    if (due.keptBy !== null) continue;
    const isDone = await inTransaction(bureau.db, (tx) => anonymise({ ...bureau, tx }, due, at.toISOString() as Instant));
    if (isDone) done.push(due.number);
  }
  return done;
}

/** What was done to many at once is kept as long as a case usually is. */
const trimBulks = ({ db, policies }: Bureau, at: Date): Promise<number> => {
  const { retention, timeScale } = policies.current.policy;
  const before = new Date(at.getTime() - plainMs(retention) / timeScale);
  return db.$executeRaw`
    with ended as (select id from bulk where ended_at < ${before}), items as (delete from bulk_item where bulk_id in (select id from ended))
    delete from bulk where id in (select id from ended)`;
};

/** @returns false for a case that was reopened or placed under a hold a moment ago */
async function anonymise(context: StepContext, { id, number, retainedUntil }: RetainedCase, at: Instant): Promise<boolean> {
  const { tx, ring, policies } = context;
  const step: CaseStep = { case: number, cause: 'anonymise', at, by: null, for: null, bodyHash: null, changes: [] };
  const row = (await lockCases(context, [number])).get(number);
  const [{ keptBy }] = await tx.$queryRaw<[Pick<RetainedCase, 'keptBy'>]>`select kept_by(${id}::bigint) as "keptBy"`;
  if (row?.state !== 'closed' || keptBy !== null) return false;
  const draft = newDraft(context, step, await caseFile(context, row, await loadParts(context, id, step)));
  const { version } = policies.current;
  const [{ forgotten }] = await tx.$queryRaw<[{ forgotten: number }]>`
    select anonymise_case(${id}::bigint, ${version}, ${ring.sealJson('database', blankTitle, titleContext(number))}, ${ring.sealJson('database', null, dataContext(number))}) as forgotten`;
  await tx.$executeRaw`delete from round_item where case_id = ${id}::bigint`;
  Object.assign(draft.file, { handler: null, reopened: null });
  tell(draft, 'anonymised', { policyVersion: version, retainedUntil: retainedUntil.toISOString(), contents: forgotten });
  await writeDrafts(context, [draft]);
  return true;
}
