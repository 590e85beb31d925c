import { topicOf } from '../domain/channels.ts';
import type { TaskId } from '../domain/ids.ts';
import { isAlarm } from '../domain/notice-texts.ts';
import type { Recorded } from '../domain/step.ts';
import type { StepContext } from './bureau.ts';
import { type CaseFile, stepContext } from './case-file.ts';
import { base64, newCaseRow, oldCaseRow, taskColumns } from './case-rows.ts';
import { figureMoves } from './figures/counted.ts';
import { actor, counterMoves, recordedTask, type StepDraft } from './step-draft.ts';

/**
 * Writes the drafts of one transaction in one statement. Tables are locked in the order case → inbox_count, rows in the order of their keys.
 * 1 round trip; a step of five events takes 1.5 ms (bench/record.ts).
 */
export async function writeDrafts(context: StepContext, drafts: readonly StepDraft[]): Promise<void> {
  const rows = JSON.stringify(rowsOf(context, drafts));
  await context.tx.$executeRaw`
    with input as materialized (select ${rows}::jsonb as p),
    new_case as (
      insert into "case" (id, number, process, state, stage, title, search, data, confidentiality, name_withheld, subject_id, unit_id, opened_by, opened_at, bell, due_at, policy_version, head_seq, head_hash)
      select id, number, process, state, stage, decode(title, 'base64'), search, decode(data, 'base64'), confidentiality, name_withheld, subject, unit, opened_by, opened_at, bell, due_at, policy_version, head_seq, head_hash
        from input, jsonb_to_recordset(p->'newCases') as x(id bigint, number text, process text, state text, stage text, title text, search integer[], data text, confidentiality text,
             name_withheld boolean, subject text, unit text, opened_by text, opened_at timestamptz, bell boolean, due_at timestamptz, policy_version text, head_seq integer, head_hash text)),
    old_case as (
      update "case" c set state = x.state, stage = x.stage, outcome = x.outcome, closed_at = x.closed_at, unit_id = x.unit, handler_id = x.handler, transfers = x.transfers, suspensions = x.suspensions,
             title = coalesce(decode(x.title, 'base64'), c.title), search = coalesce(x.search, c.search), data = coalesce(decode(x.data, 'base64'), c.data),
             first_data = case when x.runs > c.runs then null when x.data is null then c.first_data else coalesce(c.first_data, c.data) end,
             runs = x.runs, begun = x.begun, bell = x.bell, steps = x.steps, reopened = x.reopened, due_at = x.due_at, level = x.level, head_seq = x.head_seq, head_hash = x.head_hash,
             confidentiality = case when x.sealed then 'sealed' else c.confidentiality end
        from input, jsonb_to_recordset(p->'oldCases') as x(id bigint, state text, stage text, outcome text, closed_at timestamptz, unit text, handler text, transfers integer, suspensions jsonb, title text, search integer[], data text,
             runs integer, begun boolean, bell boolean, steps integer, reopened jsonb, due_at timestamptz, level integer, head_seq integer, head_hash text, sealed boolean)
       where c.id = x.id),
    events as (
      insert into event (case_id, seq, at, type, actor, actor_for, who_salt, who_hash, task_id, data_hash, prev_hash, hash)
      select x.* from input, jsonb_to_recordset(p->'events') as x(case_id bigint, seq integer, at timestamptz, type text, actor text, actor_for text, who_salt text, who_hash text, task_id text, data_hash text, prev_hash text, hash text)),
    contents as (
      insert into event_data (case_id, seq, sealed)
      select case_id, seq, decode(sealed, 'base64') from input, jsonb_to_recordset(p->'events') as x(case_id bigint, seq integer, sealed text) where sealed is not null),
    tasks as (
      insert into task (id, case_id, ordinal, key, round, state, duty, role, unit_id, assignee, excluded, opened_at, due_at, time_limit, paused_at, level, ladder, context, judges, claimed_at, closed_at, closed_by, closed_for, answer, clock_from, moves, checkpoint, lapses, resumes_at, urgent, ring_at, wake_at)
      select id, case_id, ordinal, key, round, state, duty, role, unit, assignee, excluded, opened_at, due_at, time_limit, paused_at, level, ladder, decode(context, 'base64'), judges, claimed_at, closed_at, closed_by, closed_for, decode(answer, 'base64'), clock_from, moves, checkpoint, lapses, resumes_at, urgent, ring_at, wake_at
        from input, jsonb_to_recordset(p->'tasks') as x(id text, case_id bigint, ordinal integer, key text, round integer, state text, duty text, role text, unit text, assignee text, excluded text[],
             opened_at timestamptz, due_at timestamptz, time_limit jsonb, paused_at timestamptz, level integer, ladder jsonb, context text, judges text, claimed_at timestamptz, closed_at timestamptz, closed_by text, closed_for text, answer text, clock_from timestamptz, moves jsonb, checkpoint smallint, lapses boolean, resumes_at timestamptz, urgent boolean, ring_at timestamptz, wake_at timestamptz)
      on conflict (id) do update set state = excluded.state, role = excluded.role, unit_id = excluded.unit_id, assignee = excluded.assignee, excluded = excluded.excluded, due_at = excluded.due_at, moves = excluded.moves, paused_at = excluded.paused_at,
             level = excluded.level, ladder = excluded.ladder, claimed_at = excluded.claimed_at, closed_at = excluded.closed_at, closed_by = excluded.closed_by, closed_for = excluded.closed_for, answer = excluded.answer,
             lapses = excluded.lapses, resumes_at = excluded.resumes_at, ring_at = excluded.ring_at, wake_at = excluded.wake_at),
    parts as (
      insert into participant (case_id, person_id, role, since, process, opened_at, ended)
      select x.* from input, jsonb_to_recordset(p->'participants') as x(case_id bigint, person_id text, role text, since timestamptz, process text, opened_at timestamptz, ended boolean) on conflict do nothing),
    waits as (
      insert into case_wait (id, case_id, key, since, ends_at, wake_at, on_case)
      select x.id, x.case_id, x.key, x.since, x.ends_at, x.wake_at, (select id from "case" where number = x.on_case)
        from input, jsonb_to_recordset(p->'waits') as x(id text, case_id bigint, key text, since timestamptz, ends_at timestamptz, wake_at timestamptz, on_case text)),
    ended_waits as (
      update case_wait w set ended_at = x.at, wake_at = null from input, jsonb_to_recordset(p->'endedWaits') as x(id text, at timestamptz) where w.id = x.id),
    links as (
      insert into case_link (case_id, relation, other_id, at)
      select x.* from input, jsonb_to_recordset(p->'links') as x(case_id bigint, relation text, other_id bigint, at timestamptz) on conflict do nothing),
    marks as (
      insert into mark (person_id, kind, case_id, starts_at, ends_at)
      select x.* from input, jsonb_to_recordset(p->'marks') as x(person_id text, kind text, case_id bigint, starts_at timestamptz, ends_at timestamptz) on conflict do nothing),
    restrictions as (
      insert into restriction (case_id, kind, person_id, ground, starts_at, ends_at)
      select x.* from input, jsonb_to_recordset(p->'restrictions') as x(case_id bigint, kind text, person_id text, ground text, starts_at timestamptz, ends_at timestamptz)
      on conflict (case_id, kind, person_id) do update set ground = excluded.ground, ends_at = excluded.ends_at),
    glass as (
      insert into break_glass (case_id, person_id, at, until)
      select x.* from input, jsonb_to_recordset(p->'glass') as x(case_id bigint, person_id text, at timestamptz, until timestamptz)),
    holds as (
      insert into legal_hold (case_id, placed_at, placed_by)
      select x.case_id, x.at, x.by from input, jsonb_to_recordset(p->'holds') as x(case_id bigint, at timestamptz, by text, lifted boolean) where not x.lifted
      on conflict (case_id) where lifted_at is null do nothing),
    lifted_holds as (
      update legal_hold h set lifted_at = x.at, lifted_by = x.by
        from input, jsonb_to_recordset(p->'holds') as x(case_id bigint, at timestamptz, by text, lifted boolean)
       where x.lifted and h.case_id = x.case_id and h.lifted_at is null),
    attachments as (
      update attachment a set case_id = x.case_id, task_id = x.task, bound_at = x.at
        from input, jsonb_to_recordset(p->'attachments') as x(id text, case_id bigint, task text, at timestamptz) where a.id = x.id),
    withheld as (
      update attachment a set withheld = x.withheld
        from input, jsonb_to_recordset(p->'withheld') as x(id text, withheld boolean) where a.id = x.id),
    documents as (
      insert into document (id, case_id, kind, number, issued_at, issued_by, letter, replaces)
      select id, case_id, kind, number, at, by, decode(letter, 'base64'), replaces
        from input, jsonb_to_recordset(p->'documents') as x(id text, case_id bigint, kind text, number text, at timestamptz, by text, letter text, replaces text)),
    document_files as (
      update document d set docx = x.docx, pdf = x.pdf from input, jsonb_to_recordset(p->'documentFiles') as x(id text, docx text, pdf text) where d.id = x.id),
    notices as (
      insert into notice (person_id, case_id, task_id, kind, topic, urgent, at, facts)
      select x.* from input, jsonb_to_recordset(p->'notices') as x(person_id text, case_id bigint, task_id text, kind text, topic text, urgent boolean, at timestamptz, facts jsonb)
      returning id, person_id, case_id, task_id, topic, urgent, at),
    deliveries as (
      insert into delivery (notice_id, person_id, channel, state, urgent, queued_at)
      select n.id, n.person_id, c.kind, 'queued', n.urgent, n.at from notices n join channel c on c.person_id = n.person_id and n.topic = any (c.topics)),
    counts as (
      insert into inbox_count (holder, slot, open)
      select * from (select x.* from input, jsonb_to_recordset(p->'counts') as x(holder text, slot smallint, open integer) order by holder, slot) s
      on conflict (holder, slot) do update set open = inbox_count.open + excluded.open),
    labels as (
      insert into case_label (case_id, key, value, at)
      select x.* from input, jsonb_to_recordset(p->'labels') as x(case_id bigint, key text, value text, at timestamptz)
      on conflict (case_id, key) do update set value = excluded.value, at = excluded.at),
    figures as (
      insert into figure_move (measure, process, unit_id, confidentiality, day, key, bucket, n)
      select x.* from input, jsonb_to_recordset(p->'figures') as x(measure text, process text, unit text, confidentiality text, day date, key text, bucket smallint, n integer)),
    feeds as (
      insert into feed (at, kind, case_id, task_id, person_id)
      select x.* from input, jsonb_to_recordset(p->'feed') as x(at timestamptz, kind text, case_id bigint, task_id text, person_id text)
      union all select n.at, 'notification', n.case_id, n.task_id, n.person_id from notices n),
    steps as (
      insert into case_step (case_id, cause, nth, at, body_hash, result, input)
      select case_id, cause, nth, at, body_hash, result, decode(input, 'base64')
        from input, jsonb_to_recordset(p->'steps') as x(case_id bigint, cause text, nth integer, at timestamptz, body_hash text, result jsonb, input text))
    select 1`;
}

function rowsOf(context: StepContext, drafts: readonly StepDraft[]) {
  const files = drafts.flatMap((draft) => [draft.file, ...draft.others].map((file) => ({ draft, file })));
  return {
    newCases: files.filter(({ file }) => file.isNew).map(({ file }) => newCaseRow(context, file)),
    oldCases: files.filter(({ file }) => !file.isNew).map(({ file }) => oldCaseRow(context, file)),
    events: files.flatMap(({ file }) =>
      file.events.map((event) => ({
        case_id: file.id,
        seq: event.seq,
        at: event.at,
        type: event.type,
        actor: event.actor,
        actor_for: event.actorFor,
        who_salt: event.whoSalt,
        who_hash: event.whoHash,
        task_id: event.task,
        data_hash: event.dataHash,
        prev_hash: event.prevHash,
        hash: event.hash,
        sealed: event.sealed && base64(event.sealed),
      })),
    ),
    tasks: files.flatMap(({ file }) =>
      [...file.tasks.values()].filter((task) => task.isChanged).map((task) => taskColumns(context, file, task)),
    ),
    participants: files.flatMap(({ draft, file }) =>
      file.participants
        .filter(({ isNew }) => isNew)
        .map(({ person, role }) => ({
          case_id: file.id,
          person_id: person,
          role,
          since: draft.step.at,
          process: file.process,
          opened_at: file.openedAt,
          ended: file.state === 'closed',
        })),
    ),
    waits: drafts.flatMap((draft) =>
      draft.waits.map(({ id, key, endsAt, on }) => ({
        id,
        case_id: draft.file.id,
        key,
        since: draft.step.at,
        ends_at: endsAt,
        wake_at: draft.file.bell ? endsAt : null,
        on_case: on,
      })),
    ),
    endedWaits: drafts.flatMap((draft) => draft.endedWaits.map((id) => ({ id, at: draft.step.at }))),
    links: drafts.flatMap((draft) =>
      draft.links.map(({ from, relation, to }) => ({ case_id: from.id, relation, other_id: to.id, at: draft.step.at })),
    ),
    marks: drafts.flatMap((draft) =>
      draft.marks.map(({ person, kind, endsAt }) => ({
        person_id: person,
        kind,
        case_id: draft.file.id,
        starts_at: draft.step.at,
        ends_at: endsAt,
      })),
    ),
    restrictions: drafts.flatMap((draft) =>
      draft.restrictions.map(({ kind, person, ground, from, until }) => ({
        case_id: draft.file.id,
        kind,
        person_id: person,
        ground,
        starts_at: from,
        ends_at: until,
      })),
    ),
    glass: drafts.flatMap((draft) =>
      draft.glass.map(({ person, until }) => ({ case_id: draft.file.id, person_id: person, at: draft.step.at, until })),
    ),
    holds: drafts.flatMap((draft) =>
      draft.holds.map(({ lifted }) => ({ case_id: draft.file.id, at: draft.step.at, by: actor(draft), lifted })),
    ),
    attachments: drafts.flatMap((draft) =>
      draft.attachments.map(({ id, task }) => ({ id, case_id: draft.file.id, task, at: draft.step.at })),
    ),
    withheld: drafts.flatMap((draft) => draft.withheld),
    documents: drafts.flatMap((draft) =>
      draft.documents.map(({ letter, ...document }) => ({
        ...document,
        case_id: draft.file.id,
        at: draft.step.at,
        by: actor(draft),
        letter: base64(letter),
      })),
    ),
    documentFiles: drafts.flatMap((draft) => draft.documentFiles),
    notices: drafts.flatMap((draft) => noticeRows(draft)),
    counts: countRows(drafts),
    labels: files.flatMap(({ file }) =>
      [...file.labels].filter(([, { isNew }]) => isNew).map(([key, { value, at }]) => ({ case_id: file.id, key, value, at })),
    ),
    figures: figureMoves(files.map(({ file }) => file)),
    feed: files.flatMap(({ draft, file }) => feedRows(draft, file)),
    steps: drafts.map((draft) => stepRow(context, draft)),
  };
}

/** Nobody is told what they did themselves. */
const noticeRows = ({ step, notices, apart }: StepDraft) => {
  const told = new Map(
    notices
      .filter(({ person }) => person !== step.by)
      .map((notice) => [`${notice.file.number} ${notice.person} ${notice.kind} ${notice.task}`, notice]),
  );
  const ofCases = [...told.values()].map(({ file, person, task, kind }) => ({
    person_id: person,
    case_id: file.id,
    task_id: task,
    kind,
    topic: topicOf(kind),
    urgent: isAlarm(kind) || (task !== null && file.tasks.get(task)?.urgent === true),
    at: step.at,
    facts: null,
  }));
  const ofNone = apart
    .filter(({ person }) => person !== step.by)
    .map(({ person, notice }) => ({
      person_id: person,
      case_id: null,
      task_id: null,
      kind: notice.kind,
      topic: topicOf(notice.kind),
      urgent: false,
      at: step.at,
      facts: notice,
    }));
  return [...ofCases, ...ofNone];
};

/** Counters have several rows each, so that steps of one busy desk do not wait for each other's commit. */
const counterSlots = 8;

function countRows(drafts: readonly StepDraft[]) {
  const rows = new Map<string, { holder: string; slot: number; open: number }>();
  for (const draft of drafts) {
    const slot = Number(draft.file.id) % counterSlots;
    for (const [holder, by] of counterMoves(draft)) {
      const row = rows.get(`${holder} ${slot}`) ?? { holder, slot, open: 0 };
      rows.set(`${holder} ${slot}`, { ...row, open: row.open + by });
    }
  }
  return [...rows.values()];
}

const feedRows = ({ step }: StepDraft, file: CaseFile) => [
  { at: step.at, kind: 'case', case_id: file.id, task_id: null, person_id: null },
  ...[...file.tasks.values()]
    .filter((task) => task.isChanged)
    .map((task) => ({ at: step.at, kind: 'task', case_id: file.id, task_id: task.id, person_id: null })),
];

function stepRow({ ring }: StepContext, draft: StepDraft) {
  const { file, step } = draft;
  return {
    case_id: file.id,
    cause: step.cause,
    nth: step.known === undefined ? null : file.steps,
    at: step.at,
    body_hash: step.bodyHash,
    result: resultOf(draft),
    input: step.input === undefined ? null : base64(ring.sealJson('database', step.input, stepContext(file.number, step.cause))),
  };
}

/** Tells of a task that the step opens also where acceptance had opened it: its clock is news to the workflow. */
export const resultOf = (draft: StepDraft): Recorded => ({
  tasks: Object.fromEntries(
    [...draft.file.tasks.values()]
      .filter(({ id, state, isChanged }) => state === 'open' && (isChanged || isOpenedBy(draft, id)))
      .map((task) => [task.id, recordedTask(task)]),
  ),
  waits: Object.fromEntries(draft.waits.map(({ id, endsAt }) => [id, { endsAt }])),
  spawned: draft.spawned,
  ...(draft.restrictions.length > 0 && {
    restrictions: Object.fromEntries(
      draft.restrictions.flatMap(({ kind, person, from, until }) => [
        [kind, { from, until }],
        [`${kind} ${person}`, { from, until }],
      ]),
    ),
  }),
  ...(draft.open.length > 0 && { open: draft.open }),
  ...(draft.coverage[0] && { coverage: draft.coverage[0] }),
  ...(draft.leave[0] && { leave: draft.leave[0] }),
  deliveries: [],
});

const isOpenedBy = ({ step }: StepDraft, id: TaskId): boolean =>
  step.changes.some((change) => change.kind === 'open-task' && change.task === id);
