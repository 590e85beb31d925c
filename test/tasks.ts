import type { Bureau } from '../store/bureau.ts';

export interface TestTask {
  readonly number: string;
  readonly unit: string;
  readonly dueAt: string;
  readonly level?: number;
  readonly role?: string;
  readonly pausedAt?: string;
  readonly process?: string;
  readonly confidentiality?: 'open' | 'internal' | 'confidential' | 'sealed';
}

/** Open cases, each with one open task that handler-1 has, straight into the tables: for lists, which need no workflow. */
export async function insertTasks({ db, policies }: Bureau, tasks: readonly TestTask[]): Promise<void> {
  for (const {
    number,
    unit,
    dueAt,
    level = 0,
    role = 'officer',
    pausedAt = null,
    process = 'appeal',
    confidentiality = 'internal',
  } of tasks)
    await db.$executeRaw`
      with made as (
        insert into "case" (number, process, state, stage, title, data, confidentiality, unit_id, opened_by, opened_at, policy_version, head_seq, head_hash, begun)
        values (${number}, ${process}, 'open', 'handle', '', '', ${confidentiality}, ${unit}, 'zhao', '2026-03-01T09:00+08:00', ${policies.current.version}, 1, '', true)
        returning id)
      insert into task (id, case_id, ordinal, key, round, state, duty, role, unit_id, assignee, opened_at, due_at, paused_at, level)
      select ${`${number}.1`}, id, 1, 'handle', 1, 'open', 'handle', ${role}, ${unit}, 'handler-1', '2026-03-01T09:00+08:00', ${dueAt}::timestamptz, ${pausedAt}::timestamptz, ${level}
        from made`;
}
