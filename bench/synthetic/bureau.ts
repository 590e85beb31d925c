import type { Role } from '../../domain/roles.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Transaction } from '../../platform/database.ts';
import type { Bureau } from '../../store/bureau.ts';
import { loadRuleLibrary } from '../../store/rule-library.ts';
import { processes } from '../../workflows/definitions.ts';
import { caseRow, type Making, pathOf, YEARS } from './case-rows.ts';
import { chanceOf, type SqlChance, sqlChance } from './chance.ts';
import { insertStaff, type Staff, staffOf } from './staff.ts';

/*
 * A bureau to measure on: so many cases of five years, a tenth of them open, 5,000 people, 60 units, with everything that lists and figures read. The same seed and time give the
 * same bureau. It goes past the record: its hashes link and verify nothing, its answers open to nothing, nothing rings, and Temporal knows of none of it. Titles and intake forms
 * are sealed and searched for as real ones are.
 */

export interface SyntheticOptions {
  /** 1 to 999,999 and a last one. */
  readonly cases: number;
  readonly seed?: number;
  /** What is now for it. */
  readonly at?: Date;
  /** Of each case. At a million cases and 30 of them some 20 GB: lists read none. */
  readonly events?: number;
}

export interface SyntheticBureau {
  readonly staff: Staff;
  readonly at: Date;
}

const BATCH = 5000;

/** Fills a migrated, empty database. Its connections need `statementTimeoutMs: 0` for much more than 10,000 cases, and a superuser's rights. */
export async function syntheticBureau(
  bureau: Bureau,
  { cases, seed = 1, at = new Date(), events = 30 }: SyntheticOptions,
): Promise<SyntheticBureau> {
  const { db } = bureau;
  const chance = chanceOf(seed);
  const staff = staffOf(chance);
  await loadRuleLibrary(db);
  await insertStaff(db, staff, chance);
  for (let month = 0; month <= 12 * YEARS + 1; month++) {
    await db.$executeRaw`select make_event_partition(${at}::timestamptz - make_interval(months => ${month}::integer))`;
  }
  const making = { bureau, staff, chance, cases, at };
  await db.$transaction((tx) => fill(tx, making, { events, share: sqlChance(seed) }), { maxWait: 10_000, timeout: 4 * 3_600_000 });
  await db.$executeRaw`vacuum analyze`;
  return { staff, at };
}

interface Filling {
  readonly events: number;
  readonly share: SqlChance;
}

async function fill(tx: Transaction, making: Making, filling: Filling): Promise<void> {
  // Foreign keys hold by the way the rows are made: synthetic-bureau.test.ts counts those that do not.
  await tx.$executeRaw`set local session_replication_role = replica`;
  await tx.$executeRaw`set local statement_timeout = 0`;
  await layOut(tx, making);
  for (let first = 1; first <= making.cases; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, making.cases - first + 1) }, (_, index) => caseRow(making, first + index));
    await tx.$executeRaw`truncate made`;
    await tx.$executeRaw`insert into made select * from jsonb_populate_recordset(null::made, ${JSON.stringify(rows)}::jsonb)`;
    await insertCases(tx, making, filling);
    await insertParticipants(tx, filling);
    await insertTasks(tx, making, filling);
    await insertRestrictions(tx, filling);
    await insertNotices(tx);
    if (filling.events > 0) await insertEvents(tx, making, filling);
  }
  await keepCounters(tx, making);
}

/** `path`: the tasks of each process in their order; `place`: who holds which role for which unit. */
async function layOut(tx: Transaction, { staff }: Making): Promise<void> {
  await tx.$executeRaw`
    create temp table made (
      id bigint, number text, process text, state text, stage text, outcome text, title text, search integer[], data text, confidentiality text, name_withheld boolean, subject text, subject_role text,
      unit text, handler text, handler_role text, opened_by text, opened_at timestamptz, closed_at timestamptz, worked_until timestamptz, due_at timestamptz, paused boolean, level integer,
      done integer, open integer, bystander text, bystander_role text) on commit drop`;
  await tx.$executeRaw`create temp table path (process text, nth integer, tasks integer, key text, role text, duty text) on commit drop`;
  await tx.$executeRaw`create temp table place (role text, unit text, held_in text, people text[], primary key (role, unit)) on commit drop`;
  const paths = [...processes.values()].map((definition) => ({ process: definition.id, tasks: pathOf(definition) }));
  const steps = paths.flatMap(({ process, tasks }) =>
    tasks.map(({ key, role, duty }, nth) => ({ process, nth, tasks: tasks.length, key, role, duty })),
  );
  await tx.$executeRaw`insert into path select * from jsonb_populate_recordset(null::path, ${JSON.stringify(steps)}::jsonb)`;
  const roles = [...new Set<Role | 'subject'>([...steps.map(({ role }) => role), 'supervising-leader', 'bureau-leader'])];
  const places = staff.units.flatMap(({ id: unit }) =>
    roles.map((role) => {
      // What is asked of the subject lies in the subject's unit, what any officer may do with one that the procedure names.
      const { unit: heldIn, people } = staff.holders(role === 'subject' ? 'officer' : role, unit);
      return { role, unit, held_in: heldIn, people };
    }),
  );
  await tx.$executeRaw`insert into place select * from jsonb_populate_recordset(null::place, ${JSON.stringify(places)}::jsonb)`;
  await tx.$executeRaw`analyze path, place`;
}

const insertCases = (tx: Transaction, { bureau }: Making, { events }: Filling): Promise<number> => tx.$executeRaw`
  insert into "case" (id, number, process, state, stage, outcome, title, search, data, confidentiality, name_withheld, subject_id, unit_id, handler_id, opened_by, opened_at, closed_at,
                      due_at, level, policy_version, head_seq, head_hash, begun, bell, steps)
  select id, number, process, state, stage, outcome, decode(title, 'base64'), search, decode(data, 'base64'), confidentiality, name_withheld, subject, unit, handler, opened_by, opened_at, closed_at,
         case when not paused then due_at end, level, ${bureau.policies.current.version}, ${events}::integer, repeat(md5(number || ${events}::integer), 2), true, true, done + 1
    from made order by id`;

const insertParticipants = (tx: Transaction, { share }: Filling): Promise<number> => tx.$executeRaw`
  insert into participant (case_id, person_id, role, since, process, opened_at, ended)
  select part.*, m.process, m.opened_at, m.state = 'closed'
    from (
      select id, subject, subject_role, opened_at as since from made where subject is not null
      union all select id, handler, handler_role, opened_at from made where handler is not null
      union all select m.id, p.people[1 + floor(${share('m.id', 'decider')} * cardinality(p.people))::integer], 'decider', m.closed_at
                  from made m join place p on p.role = 'supervising-leader' and p.unit = m.unit where m.closed_at is not null
      union all select id, bystander, bystander_role, opened_at from made where bystander_role is not null) part
    join made m on m.id = part.id
  on conflict do nothing`;

/** Done ones share the time that the case has taken; of those that are open the first is due when the case is. */
const insertTasks = (tx: Transaction, { at }: Making, { share }: Filling): Promise<number> => tx.$executeRaw`
  insert into task (id, case_id, ordinal, key, round, state, duty, role, unit_id, assignee, opened_at, due_at, time_limit, paused_at, level, ladder, claimed_at, closed_at, closed_by, answer)
  select id, case_id, ordinal, key, round, case when is_open then 'open' else 'done' end, duty, role, unit_id, case when is_open and lies then null else bearer end, opened_at, due_at,
         '{"workingDays": 5}', case when is_open and paused then opened_at end, case when is_open then level else 0 end,
         case when due_at is null then '[]' else (
           select jsonb_agg(jsonb_build_object('at', due_at + after, 'kind', kind, 'to', told, 'level', rung.level, 'firedAt', case when due_at + after < coalesce(closed_at, ${at}) then due_at + after end))
             from (values ('remind', interval '-4 hours', 'assignee', 0), ('due', interval '0', 'assignee', 0), ('escalate', interval '1 day', 'unit-leader', 1),
                          ('escalate', interval '2 days', 'supervising-leader', 2), ('inspect', interval '3 days', 'inspection', 3)) rung(kind, after, told, level)) end,
         case when is_open and lies then null else opened_at end, closed_at, case when not is_open then bearer end, case when not is_open then decode(repeat(md5(id), 10), 'hex') end
    from (
      select m.number || '.' || task.nth as id, m.id as case_id, task.nth as ordinal, p.key, 1 + (task.nth - 1) / p.tasks as round, task.nth > m.done as is_open, p.duty, p.role,
             l.held_in as unit_id, m.paused, case when task.nth = m.done + 1 then m.level else 0 end as level,
             -- Whoever handles the case was named; the rest lies at a desk until somebody takes it.
             p.role <> 'subject' and p.duty !~ '^(handle|investigate)' and ${share('m.id * 16 + task.nth', 'taken')} < 0.6 as lies,
             case when p.role = 'subject' then coalesce(m.subject, m.handler, m.opened_by)
                  when p.duty ~ '^(handle|investigate)' and m.handler is not null then m.handler
                  else l.people[1 + floor(${share('m.id * 16 + task.nth', 'bearer')} * cardinality(l.people))::integer] end as bearer,
             t.opened_at, t.closed_at,
             case when task.nth > m.done then m.due_at + (task.nth - m.done - 1) * interval '3 days'
                  -- Every seventh was late.
                  else greatest(t.opened_at + interval '1 hour', t.closed_at + (${share('m.id * 16 + task.nth', 'late')} - 0.15) * interval '10 days') end as due_at
        from made m cross join lateral generate_series(1, m.done + m.open) task(nth)
        join path p on p.process = m.process and p.nth = (task.nth - 1) % p.tasks
        join place l on l.role = p.role and l.unit = m.unit
        cross join lateral (
          select m.opened_at + (m.worked_until - m.opened_at) * least(1, (task.nth - 1)::double precision / greatest(m.done, 1)) as opened_at,
                 case when task.nth <= m.done then m.opened_at + (m.worked_until - m.opened_at) * (task.nth::double precision / m.done) end as closed_at) t) made_task
   order by case_id, ordinal`;

/** What bars and measures say: most have ended. */
const insertRestrictions = (tx: Transaction, { share }: Filling): Promise<number> => tx.$executeRaw`
  insert into restriction (case_id, kind, person_id, ground, starts_at, ends_at)
  select m.id, kind, m.subject, (select min(id) from rule), m.opened_at, m.opened_at + lasts
    from made m join (values ('eligibility-bar', 'honours', interval '12 months'), ('eligibility-bar', 'promotion', interval '24 months'), ('measure', 'suspension', interval '60 days'),
                             ('measure', 'confinement', interval '7 days')) r(process, kind, lasts) on r.process = m.process
   where m.subject is not null and ${share('m.id', 'restricted')} < 0.8`;

const insertNotices = (tx: Transaction): Promise<number> => tx.$executeRaw`
  insert into notice (person_id, case_id, kind, topic, at, read_at)
  select handler, id, 'task-opened', 'task', opened_at, case when closed_at is not null then closed_at end from made where handler is not null order by id`;

/** Spread over the life of each case; its content is as long as a sealed one of some words. */
async function insertEvents(tx: Transaction, { at }: Making, { events, share }: Filling): Promise<void> {
  await tx.$executeRaw`
    insert into event (case_id, seq, at, type, actor, who_salt, who_hash, task_id, data_hash, prev_hash, hash)
    select m.id, seq, m.opened_at + (coalesce(m.closed_at, ${at}) - m.opened_at) * ((seq - 1)::double precision / ${events}::integer),
           case seq when 1 then 'case-accepted' when ${events}::integer then case when m.closed_at is null then 'noted' else 'closed' end
                    else (array['task-opened', 'task-completed', 'notified', 'remind', 'due', 'escalate', 'commented'])[1 + floor(${share('m.id * 64 + seq', 'event')} * 7)::integer] end,
           case when seq % 2 = 1 then coalesce(m.handler, m.opened_by) end, md5(m.number), repeat(md5(m.number || seq), 2), case when seq > 1 then m.number || '.1' end,
           repeat(md5(seq || m.number), 2), repeat(md5(m.number || seq - 1), 2), repeat(md5(m.number || seq), 2)
      from made m cross join generate_series(1, ${events}::integer) seq`;
  await tx.$executeRaw`
    insert into event_data (case_id, seq, sealed)
    select m.id, seq, decode(repeat(md5(m.number || seq), 8), 'hex') from made m cross join generate_series(1, ${events}::integer) seq`;
}

async function keepCounters(tx: Transaction, { bureau }: Making): Promise<void> {
  await tx.$executeRaw`
    insert into inbox_count (holder, slot, open)
    select holder, slot, count(*)::integer
      from (select case when assignee is null then 'r:' || role || '@' || unit_id else 'p:' || assignee end as holder, (case_id % 8)::smallint as slot from task where state = 'open') t
     group by holder, slot`;
  await tx.$executeRaw`
    insert into case_counter (prefix, year, last)
    select left(number, 2), substr(number, 4, 4)::integer, max(right(number, 6)::integer) from "case" group by 1, 2`;
  await tx.$executeRaw`
    insert into case_label (case_id, key, value, at)
    select id, 'route', (array['measure', 'policy', 'upward', 'legacy'])[1 + id % 4], opened_at from "case" where process = 'appeal'
    union all select id, 'channel', (array['desk', 'self-service', 'letter', 'hotline'])[1 + id % 4], opened_at from "case" where process = 'appeal'
    union all select id, 'answer', case when id % 7 = 0 then 'unsatisfied' else 'satisfied' end, closed_at from "case" where process = 'appeal' and closed_at is not null`;
  await tx.$executeRaw`update task set checkpoint = (array[1, 3, 5, 7, 15, 30])[1 + case_id % 6] where key = 'result'`;
  await tx.$executeRaw`insert into figure_count select * from figures_recounted(${bureau.policies.current.policy.timeZone})`;
  await tx.$executeRaw(Prisma.sql`select setval(pg_get_serial_sequence('"case"', 'id'), (select max(id) from "case"))`);
}
