/*
 * Accepting a case: from its commit on nothing can lose it, whether or not the engine has heard of it yet.
 *
 * Invariants
 * - One intake, one case: an intake is known by `intake:<person>:<idempotency key>`, which the database keeps unique across all nodes.
 * - One period of a round, one case: known by `round:<process>:<period>`, kept unique in the same way.
 * - Numbers have no gaps: a counter per prefix and year, moved in the same transaction. Intakes that come together are written together, so that
 *   nobody waits for another one's commit to get a number.
 * - Reports of one emergency are one case: the later ones join it in the same transaction (join-case.ts).
 * - One person, one period, one case that is not closed, of processes that have it so (case-periods.ts).
 * - The first tasks are open with the case. The workflow finds them when it starts.
 */

import { genesisHash } from '../domain/chain.ts';
import { CaseNumber, type Instant, TaskId } from '../domain/ids.ts';
import type { Acceptance, CaseStep, StartInput } from '../domain/step.ts';
import { bindAttachments } from './attachments.ts';
import type { Bureau, StepContext } from './bureau.ts';
import { appendEvent, type CaseFile } from './case-file.ts';
import { takePeriod } from './case-periods.ts';
import { ensurePartitions } from './event-partitions.ts';
import { ringFeed } from './feed.ts';
import { inTransaction, sqlState } from './in-transaction.ts';
import { joinedAmong } from './join-case.ts';
import { openTask } from './open-task.ts';
import type { Policies } from './policies.ts';
import { demandInForce } from './rules.ts';
import { newDraft, type StepDraft } from './step-draft.ts';
import { writeDrafts } from './write-step.ts';

export interface Intake {
  readonly acceptance: Acceptance;
  /** Idempotency key of the person who sends it in; the period where the bureau itself opens a round. */
  readonly key: string;
  readonly bodyHash: string;
  readonly at: Instant;
  /** Whether the engine is believed to be up: only then the case is open at once. */
  readonly engineUp: boolean;
}

export interface Accepted {
  readonly number: CaseNumber;
  /** What its workflow starts from; null where the same intake had been accepted before, or joined a case that others have opened. */
  readonly input: StartInput | null;
  /** Of the request that the case was made by; another one under the same key is a conflict. */
  readonly bodyHash: string;
}

/** Accepts the intakes in one transaction. Each person's key, and each matter of which several reports are one case, may occur once in the list. */
export async function accept(bureau: Bureau, intakes: readonly Intake[]): Promise<Accepted[]> {
  await ensurePartitions(
    bureau.db,
    intakes.map(({ at }) => at),
  );
  const write = () => inTransaction(bureau.db, (tx) => acceptIn({ ...bureau, tx }, intakes));
  const accepted = await write().catch((error: unknown) => {
    // Another node has just accepted one of them: what it wrote can be seen now.
    if (sqlState(error) === uniqueViolation) return write();
    throw error;
  });
  ringFeed(bureau.db);
  return accepted;
}

const uniqueViolation = '23505';
const causeOf = ({ acceptance: { by, process }, key }: Intake): string => (by === null ? `round:${process}:${key}` : `intake:${by}:${key}`);

async function acceptIn(context: StepContext, intakes: readonly Intake[]): Promise<Accepted[]> {
  const joined = await joinedAmong(
    context,
    intakes.map((intake) => ({ ...intake, cause: causeOf(intake) })),
  );
  const opening = intakes.filter((intake) => !joined.has(causeOf(intake)));
  const { earlier, places, relatives } = await takePlaces(context, opening);
  const drafts = new Map(joined);
  for (const intake of opening) {
    const cause = causeOf(intake);
    const place = places.get(cause);
    if (place) drafts.set(cause, await openFile(context, { ...intake, place, relatives, step: { cause, bodyHash: intake.bodyHash } }));
  }
  if (drafts.size > 0) await writeDrafts(context, [...drafts.values()]);
  return intakes.map((intake) => {
    const cause = causeOf(intake);
    const known = earlier.get(cause);
    if (known) return { ...known, input: null };
    const draft = drafts.get(cause);
    if (!draft) throw new Error('an intake got no case');
    const { file } = draft;
    return { number: file.number, bodyHash: intake.bodyHash, input: file.isNew ? startInputOf(file, intake) : null };
  });
}

const startInputOf = ({ number, policy, subject, unit, openedBy }: CaseFile, { acceptance }: Intake): StartInput => ({
  number,
  process: acceptance.process,
  policyVersion: policy.version,
  data: acceptance.data,
  subject,
  unit,
  openedBy,
  bell: true,
  run: 1,
});

interface Taken {
  readonly earlier: ReadonlyMap<string, { readonly number: CaseNumber; readonly bodyHash: string }>;
  readonly places: ReadonlyMap<string, Place>;
  readonly relatives: readonly Relative[];
}

/** Which of the intakes are known, places for the others, and who is related to their parties. One round trip. */
async function takePlaces({ tx, policies }: StepContext, intakes: readonly Intake[]): Promise<Taken> {
  const asked = intakes.map((intake) => ({
    cause: causeOf(intake),
    prefix: intake.acceptance.prefix,
    year: yearOf(policies, intake.at),
    parties: intake.acceptance.parties.map(({ person }) => person),
  }));
  const [row] = await tx.$queryRaw<
    [{ earlier: { cause: string; number: CaseNumber; bodyHash: string }[]; places: PlaceRow[]; relatives: Relative[] }]
  >`
    with asked as (
      select * from rows from (jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as (cause text, prefix text, year integer, parties text[])) with ordinality as x(cause, prefix, year, parties, ordinality)),
    earlier as (
      select s.cause, c.number, s.body_hash from asked join case_step s using (cause) join "case" c on c.id = s.case_id),
    fresh as (
      select cause, prefix, year, row_number() over (partition by prefix, year order by ordinality)::integer as nth,
             count(*) over (partition by prefix, year)::integer as of
        from asked where cause not in (select cause from earlier)),
    moved as (
      insert into case_counter (prefix, year, last)
      select prefix, year, count(*)::integer from fresh group by prefix, year order by prefix, year
      on conflict (prefix, year) do update set last = case_counter.last + excluded.last
      returning prefix, year, last)
    select (select coalesce(json_agg(json_build_object('cause', cause, 'number', number, 'bodyHash', body_hash)), '[]') from earlier) as earlier,
           (select coalesce(json_agg(json_build_object('cause', cause, 'id', nextval(pg_get_serial_sequence('"case"', 'id'))::text, 'prefix', prefix, 'year', year, 'running', last - of + nth)), '[]')
              from fresh join moved using (prefix, year)) as places,
           (select coalesce(json_agg(json_build_object('person', k.person_id, 'relative', k.relative_id)), '[]')
              from kinship k where k.person_id in (select unnest(parties) from asked)) as relatives`;
  return {
    earlier: new Map(row.earlier.map(({ cause, ...known }) => [cause, known])),
    places: new Map(row.places.map((place) => [place.cause, { id: place.id, number: numberOf(place) }])),
    relatives: row.relatives,
  };
}

/** A case's place: its row id and its number. */
export interface Place {
  readonly id: string;
  readonly number: CaseNumber;
}

type Relative = CaseFile['relatives'][number];

interface PlaceRow {
  readonly cause: string;
  readonly id: string;
  readonly prefix: string;
  readonly year: number;
  readonly running: number;
}

/** The place of a case that another one opens, and who is related to its parties. */
export async function placeOfSpawned(
  { tx, policies }: StepContext,
  { prefix, parties }: Acceptance,
  at: Instant,
): Promise<{ place: Place; relatives: Relative[] }> {
  const year = yearOf(policies, at);
  const [row] = await tx.$queryRaw<[{ id: string; running: number; relatives: Relative[] }]>`
    with moved as (
      insert into case_counter (prefix, year, last) values (${prefix}, ${year}, 1)
      on conflict (prefix, year) do update set last = case_counter.last + 1 returning last)
    select nextval(pg_get_serial_sequence('"case"', 'id'))::text as id, last as running,
           (select coalesce(json_agg(json_build_object('person', person_id, 'relative', relative_id)), '[]')
              from kinship where person_id = any(${parties.map(({ person }) => person)})) as relatives
      from moved`;
  return { place: { id: row.id, number: numberOf({ prefix, year, running: row.running }) }, relatives: row.relatives };
}

/** The year is that of the bureau's zone, in which numbers are read. */
const yearOf = ({ current }: Policies, at: Instant): number => Number(current.calendar.dayAt(Date.parse(at)).date.slice(0, 4));

const numberOf = ({ prefix, year, running }: Omit<PlaceRow, 'cause' | 'id'>): CaseNumber =>
  CaseNumber.parse(`${prefix}-${year}-${String(running).padStart(6, '0')}`);

export interface NewCase {
  readonly acceptance: Acceptance;
  readonly at: Instant;
  readonly place: Place;
  readonly relatives: readonly Relative[];
  readonly step: { readonly cause: string; readonly bodyHash: string | null };
  readonly engineUp?: boolean;
}

/** Drafts a new case with its first event and its first tasks. */
export async function openFile(
  context: StepContext,
  { acceptance, at, place, relatives, step, engineUp = true }: NewCase,
): Promise<StepDraft> {
  await demandInForce(context.tx, acceptance.cites);
  await takePeriod(context, { acceptance, at, id: place.id });
  const { by, for: actorFor, subject } = acceptance;
  const file: CaseFile = { ...newFile(context, acceptance, at, place), relatives: [...relatives], state: engineUp ? 'open' : 'accepted' };
  const caseStep: CaseStep = { case: place.number, cause: step.cause, at, by, for: actorFor, bodyHash: step.bodyHash, changes: [] };
  const draft = newDraft(context, caseStep, file);
  appendEvent(file, context.ring, {
    at,
    type: 'case-accepted',
    actor: by,
    actorFor,
    // Not the case that it was opened from: whoever reads this file may not be one to know of that (its link says it to those who are).
    data: { title: acceptance.title, form: acceptance.data, subject },
  });
  await bindAttachments(draft, acceptance.attachments);
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
    confidentiality,
    isNew: true,
    intake: { title, data, confidentiality, nameWithheld },
    openedAt: at,
    bell: true,
    state: 'open',
    stage: acceptance.stage,
    outcome: null,
    closedAt: null,
    unit,
    handler: null,
    transfers: 0,
    amended: null,
    suspensions: [],
    runs: 1,
    begun: false,
    steps: 0,
    reopened: null,
    isSealed: false,
    headSeq: 0,
    headHash: genesisHash,
    labels: new Map(Object.entries(acceptance.counts ?? {}).map(([key, value]) => [key, { value, at, isNew: true as const }])),
    countedBefore: [],
    doneBefore: [],
    tasks: new Map(),
    participants: parties.map(({ person, role }) => ({ person, role, isNew: true })),
    relatives: [],
    events: [],
  };
}
