import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fileTypeIds } from './attachments.ts';
import { documentKindIds } from './documents.ts';
import { Duration } from './duration.ts';
import { PlainDate, Text } from './ids.ts';
import { Rung } from './ladder.ts';
import { inReadingOrder, PolicyError } from './policy-error.ts';
import { findingsOf } from './policy-findings.ts';
import { checkNames } from './policy-names.ts';
import { checkPolicy } from './policy-rules.ts';
import { type Finding, layOver, locate, type PolicyFile, readPolicySource } from './policy-source.ts';

export type Setting = number | boolean | string | Duration | { readonly [name: string]: Setting };
const Setting: z.ZodType<Setting> = z.lazy(() => z.union([z.number(), z.boolean(), z.string(), Duration, z.record(z.string(), Setting)]));

const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const SettingName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]*$/);

const timeOfDay = { zh: '应为 08:30 这样的时刻，至多 24:00', en: 'expected a time of day like 08:30, 24:00 at most' } satisfies Text;

/** Minutes since midnight. */
const TimeOfDay = z
  .string()
  .refine((text) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text), { params: { text: timeOfDay }, abort: true })
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const TaskPolicy = z.strictObject({
  /** How long the task may take; without it the task has no clock, unless the procedure gives it a date. */
  limit: Duration.optional(),
  /** Further limits among which the procedure chooses by name: a tier, a priority. */
  limits: z.record(Name, Duration).optional(),
  ladder: z.string().optional(),
  /** Its rungs come before those of all other tasks, however many are due at once. */
  urgent: z.boolean().optional(),
});
export type TaskPolicy = z.infer<typeof TaskPolicy>;

/** Of a closed case, in days of 24 hours; within a hundred years. The database reckons by it too (`retained_until`). */
const Retention = z.strictObject({ days: z.int().min(1).max(36_525) });

const ProcessPolicy = z.strictObject({
  tasks: z.record(Name, TaskPolicy).default({}),
  /** Numbers, switches and durations of this process that are not limits of a task. */
  settings: z.record(SettingName, Setting).default({}),
  /** How long its closed cases are kept, instead of the usual time. */
  retention: Retention.optional(),
});

const CalendarPolicy = z.strictObject({
  hours: z.array(z.strictObject({ from: TimeOfDay, to: TimeOfDay })).min(1),
  overrides: z.record(PlainDate, z.strictObject({ working: z.boolean(), name: z.union([z.string(), Text]).optional() })).default({}),
  publishedThrough: z.int().optional(),
});

export const Policy = z.strictObject({
  /** Every duration is divided by it; 86,400 makes a day pass in a second. */
  timeScale: z.number().min(1).max(1_000_000),
  timeZone: z.string(),
  calendar: CalendarPolicy,
  ladders: z.record(Name, z.array(Rung).min(1)),
  /** The daily brief (交办清单) of working days; a unit with so many overdue tasks (警戒线) is named in it. */
  brief: z.strictObject({
    at: TimeOfDay.refine((minutes) => minutes < 24 * 60, { params: { text: timeOfDay } }),
    alarmAt: z.int().min(1).max(100_000),
  }),
  /** How long a closed case is kept before its contents and persons are removed. */
  retention: Retention,
  /** What may be attached: kinds of files, and the size of each in megabytes (10⁶ bytes). */
  attachments: z.strictObject({ megabytes: z.int().min(1).max(500), types: z.array(z.enum(fileTypeIds)).min(1) }),
  /** Who issues documents (发文机关), and the letters of their numbers (发文机关代字) by kind. */
  documents: z.strictObject({ issuer: z.string().min(1).max(60), series: z.record(z.enum(documentKindIds), z.string().min(1).max(20)) }),
  /** Side tasks that every process has (an opinion, an extension); a process may set its own. */
  common: z.strictObject({ tasks: z.record(Name, TaskPolicy) }),
  processes: z.record(Name, ProcessPolicy),
});
export type Policy = z.infer<typeof Policy>;

/**
 * The policy that the files make, each laid over those before it; the first is the shipped one. An overlay may add ladders and calendar days, but
 * names of processes, tasks, limits and settings must be those of the first file, so that a slip of the pen cannot pass for a rule.
 * @param demo whether a time scale above 1 is allowed
 * @throws PolicyError with file, line and column of everything that is wrong
 * @source api.md "Policy"
 */
export const parsePolicy = (files: readonly PolicyFile[], { demo }: { readonly demo: boolean }): Policy => {
  const sources = files.map(readPolicySource);
  const [base] = sources;
  if (!base) throw new Error('a policy has at least one file');
  const merged = sources.slice(1).reduce((below, { value }) => layOver(below, value), base.value);

  const parsed = Policy.safeParse(merged);
  if (!parsed.success) throw refusal(findingsOf(parsed.error, Policy, merged));
  const findings = [...checkNames(base.value, merged), ...checkPolicy(parsed.data, demo)];
  if (findings.length > 0) throw refusal(findings);
  return parsed.data;

  function refusal(found: readonly Finding[]): PolicyError {
    return new PolicyError(inReadingOrder(found.map((finding) => locate(sources, finding))));
  }
};

/** Twelve hex digits that name a policy by its content; the order of keys does not matter. */
export const policyVersion = (policy: Policy): string => createHash('sha256').update(canonical(policy)).digest('hex').slice(0, 12);

export interface TaskLimit {
  readonly limit: Duration | null;
  readonly rungs: readonly Rung[];
  readonly urgent: boolean;
}

/**
 * Limit and ladder of a task: the process's own, or those that every process has for its side tasks.
 * @param chosen name of one of the task's `limits` instead of its usual one
 * @throws Error when policy does not know the process, the task or the chosen limit
 */
export const limitOf = (policy: Policy, processId: string, taskKey: string, chosen?: string): TaskLimit => {
  const task = own(own(policy.processes, processId)?.tasks ?? {}, taskKey) ?? own(policy.common.tasks, taskKey);
  if (!task) throw new Error(`the policy has no task ${processId}.${taskKey}`);
  const limit = chosen === undefined ? (task.limit ?? null) : own(task.limits ?? {}, chosen);
  if (limit === undefined) throw new Error(`the policy has no limit ${chosen} for ${processId}.${taskKey}`);
  const rungs = task.ladder === undefined ? [] : (own(policy.ladders, task.ladder) ?? []);
  return { limit, rungs, urgent: task.urgent ?? false };
};

/** A process's settings, read with the schema of whoever needs them. */
export const settingsOf = <S extends z.ZodType>(policy: Policy, processId: string, schema: S): z.output<S> =>
  schema.parse(own(policy.processes, processId)?.settings ?? {});

/** How long a setting of a process says that something lasts. */
export const durationOf = (policy: Policy, processId: string, setting: string): Duration =>
  Duration.parse(settingsOf(policy, processId, z.object({ [setting]: Duration }))[setting]);

const own = <Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inside: unknown) =>
    typeof inside === 'object' && inside !== null && !Array.isArray(inside)
      ? Object.fromEntries(Object.entries(inside).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inside,
  );
