/*
 * Accepting a case: from its commit on nothing can lose it, whether or not the engine has heard of it yet.
 *
 * Invariants
 * - One intake, one case: an intake is known by `intake:<person>:<idempotency key>`, which the database keeps unique across all nodes.
 * - Numbers have no gaps: a counter per prefix and year, moved in the same transaction. Intakes that come together are written together, so that
 *   nobody waits for another one's commit to get a number.
 * - The first tasks are open with the case. The workflow finds them when it starts.
 */

import { genesisHash } from '../domain/chain.ts';
import { CaseNumber, type Instant, TaskId } from '../domain/ids.ts';
import type { Acceptance, CaseStep } from '../domain/step.ts';
import type { Bureau, StepContext } from './bureau.ts';
import { appendEvent, type CaseFile } from './case-file.ts';
import { ensurePartitions } from './event-partitions.ts';
import { inTransaction, sqlState } from './in-transaction.ts';
import { openTask } from './open-task.ts';
import { newDraft, type StepDraft } from './step-draft.ts';
import { writeDrafts } from './write-step.ts';

export interface Intake {
  readonly acceptance: Acceptance;
  /** Idempotency key of the person who sends it in. */
  readonly key: string;
  readonly bodyHash: string;
  readonly at: Instant;
  /** Whether the engine is believed to be up: only then the case is open at once. */
  readonly engineUp: boolean;
}

export interface Accepted {
  readonly number: CaseNumber;
  /** False where the same intake had been accepted before. */
  readonly created: boolean;
  /** Of the request that the case was made by; another one under the same key is a conflict. */
  readonly bodyHash: string;
}

/** Accepts the intakes in one transaction. Each person's key may occur once in the list. */
export async function accept(bureau: Bureau, intakes: readonly Intake[]): Promise<Accepted[]> {
  await ensurePartitions(
    bureau.db,
    intakes.map(({ at }) => at),
  );
  try {
    return await inTransaction(bureau.db, (tx) => acceptIn({ ...bureau, tx }, intakes));
  } catch (error) {
    // Another node has just accepted one of them: what it wrote can be seen now.
    if (sqlState(error) !== uniqueViolation) throw error;
    return inTransaction(bureau.db, (tx) => acceptIn({ ...bureau, tx }, intakes));
  }
}

const uniqueViolation = '23505';
const causeOf = ({ acceptance, key }: Intake): string => `intake:${acceptance.by}:${key}`;

async function acceptIn(context: StepContext, intakes: readonly Intake[]): Promise<Accepted[]> {
  const earlier = await earlierIntakes(context, intakes.map(causeOf));
  const fresh = intakes.filter((intake) => !earlier.has(causeOf(intake)));
  const places = await allocate(context, fresh);
  const relatives = await relativesOf(
    context,
    fresh.flatMap(({ acceptance }) => acceptance.parties),
  );
  const drafts: StepDraft[] = [];
  for (const [index, intake] of fresh.entries()) {
    const place = places[index];
    if (!place) throw new Error('an intake got no number');
    drafts.push(await openFile(context, { ...intake, place, relatives, step: { cause: causeOf(intake), bodyHash: intake.bodyHash } }));
  }
  if (drafts.length > 0) await writeDrafts(context, drafts);
  const created = new Map(drafts.map((draft) => [draft.step.cause, draft.file.number]));
  return intakes.map((intake) => {
    const known = earlier.get(causeOf(intake));
    const number = known?.number ?? created.get(causeOf(intake));
    if (!number) throw new Error('an intake got no case');
    return { number, created: known === undefined, bodyHash: known?.bodyHash ?? intake.bodyHash };
  });
}

async function earlierIntakes(
  { tx }: StepContext,
  causes: readonly string[],
): Promise<Map<string, { number: CaseNumber; bodyHash: string }>> {
  const rows = await tx.$queryRaw<{ cause: string; number: CaseNumber; bodyHash: string }[]>`
    select s.cause, c.number, s.body_hash as "bodyHash" from case_step s join "case" c on c.id = s.case_id where s.cause = any(${[...causes]})`;
  return new Map(rows.map((row) => [row.cause, row]));
}

/** A case's place: its row id and its number. */
export interface Place {
  readonly id: string;
  readonly number: CaseNumber;
}

type Relative = CaseFile['relatives'][number];

export async function relativesOf({ tx }: StepContext, parties: Acceptance['parties']): Promise<Relative[]> {
  if (parties.length === 0) return [];
  return tx.$queryRaw<Relative[]>`
    select person_id as person, relative_id as relative from kinship where person_id = any(${parties.map(({ person }) => person)})`;
}

/** The year is that of the bureau's zone, in which numbers are read. */
export async function allocate(
  { tx, policies }: StepContext,
  cases: readonly { readonly acceptance: Acceptance; readonly at: Instant }[],
): Promise<Place[]> {
  if (cases.length === 0) return [];
  const asked = cases.map(({ acceptance, at }) => ({
    prefix: acceptance.prefix,
    year: Number(policies.current.calendar.dayAt(Date.parse(at)).date.slice(0, 4)),
  }));
  const rows = await tx.$queryRaw<{ id: string; nth: number; last: number; of: number }[]>`
    with asked as (
      select ordinality, prefix, year, row_number() over (partition by prefix, year order by ordinality)::integer as nth,
             count(*) over (partition by prefix, year)::integer as of
        from rows from (jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as (prefix text, year integer)) with ordinality as x(prefix, year, ordinality)),
    moved as (
      insert into case_counter (prefix, year, last)
      select prefix, year, count(*)::integer from asked group by prefix, year order by prefix, year
      on conflict (prefix, year) do update set last = case_counter.last + excluded.last
      returning prefix, year, last)
    select nextval(pg_get_serial_sequence('"case"', 'id'))::text as id, nth, last, of
      from asked join moved using (prefix, year) order by ordinality`;
  return rows.map(({ id, nth, last, of }, index) => ({ id, number: numberOf(asked[index], last - of + nth) }));
}

function numberOf(of: { prefix: string; year: number } | undefined, running: number): CaseNumber {
  return CaseNumber.parse(`${of?.prefix}-${of?.year}-${String(running).padStart(6, '0')}`);
}

export interface NewCase {
  readonly acceptance: Acceptance;
  readonly at: Instant;
  readonly place: Place;
  readonly relatives: readonly Relative[];
  readonly step: { readonly cause: string; readonly bodyHash: string | null };
  readonly spawnedBy?: CaseNumber;
  readonly engineUp?: boolean;
}

/** Drafts a new case with its first event and its first tasks. */
export async function openFile(
  context: StepContext,
  { acceptance, at, place, relatives, step, spawnedBy, engineUp = true }: NewCase,
): Promise<StepDraft> {
  const { by, for: actorFor, subject } = acceptance;
  const file: CaseFile = { ...newFile(context, acceptance, at, place), relatives, state: engineUp ? 'open' : 'accepted' };
  const caseStep: CaseStep = { case: place.number, cause: step.cause, at, by, for: actorFor, bodyHash: step.bodyHash, changes: [] };
  const draft = newDraft(context, caseStep, file);
  appendEvent(file, context.ring, {
    at,
    type: 'case-accepted',
    actor: by,
    actorFor,
    data: { title: acceptance.title, form: acceptance.data, subject, ...(spawnedBy ? { openedBy: spawnedBy } : {}) },
  });
  for (const [index, first] of acceptance.first.entries()) {
    await openTask(draft, file, { ...first, task: TaskId.parse(`${place.number}.${index + 1}`), ordinal: index + 1, round: 1 }, at);
  }
  if (subject && subject !== by) draft.notices.push({ file, person: subject, task: null, kind: 'registered' });
  return draft;
}

function newFile(context: StepContext, acceptance: Acceptance, at: Instant, { id, number }: Place): CaseFile {
  const { by, subject, unit, title, data, confidentiality, nameWithheld, parties, process } = acceptance;
  return {
    id,
    number,
    process,
    policy: context.policies.current,
    openedBy: by,
    subject,
    isNew: true,
    intake: { title, data, confidentiality, nameWithheld },
    openedAt: at,
    state: 'open',
    stage: acceptance.stage,
    outcome: null,
    closedAt: null,
    unit,
    handler: null,
    transfers: 0,
    runs: 1,
    headSeq: 0,
    headHash: genesisHash,
    tasks: new Map(),
    participants: parties.map(({ person, role }) => ({ person, role, isNew: true })),
    relatives: [],
    events: [],
  };
}
