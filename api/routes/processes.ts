import { z } from 'zod';
import { type Actor, holdsAny, leaderRoles } from '../../domain/actor.ts';
import { Duration } from '../../domain/duration.ts';
import type { Locale } from '../../domain/ids.ts';
import { Text } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import { processes } from '../../workflows/definitions.ts';
import { type ProcessDefinition, schemaOf } from '../../workflows/kit/define.ts';
import type { ApiDeps } from '../deps.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import { type Route, route } from '../route.ts';

const JsonSchema = z.record(z.string(), z.unknown());

const ProcessView = z.object({
  id: z.string(),
  prefix: z.string(),
  group: z.string(),
  shape: z.enum(['R', 'D', 'I', 'S', 'C', 'E']),
  title: Text,
  confidentiality: z.enum(['open', 'internal', 'confidential', 'sealed']),
  startableBy: z.array(z.string()),
  /** Whether the caller may open one. */
  startable: z.boolean(),
  /** Whether the caller may open one in the name of someone else. */
  forOthers: z.boolean(),
  intake: JsonSchema,
  stages: z.record(z.string(), Text),
  tasks: z.array(
    z.object({
      key: z.string(),
      title: Text,
      role: z.string(),
      stage: z.string(),
      form: JsonSchema,
      limit: Duration.nullable(),
      limits: z.record(z.string(), Duration).optional(),
      ladder: z.string().nullable(),
    }),
  ),
  /** The usual way through it, each step by one of these tasks. */
  course: z.array(z.array(z.string())),
  /** Whom a round covers, and what is recorded of each. */
  items: z.array(z.object({ key: z.string(), title: Text, form: JsonSchema })),
  outcomes: z.array(z.object({ key: z.string(), title: Text })),
  commands: z.array(z.string()),
});

export const processRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/processes',
    { title: { zh: '办件种类', en: 'Processes' }, permission: 'process.read', view: z.array(ProcessView) },
    async ({ actor, locale }) =>
      [...processes.values()]
        .filter((each) => concerns(actor, each))
        .map((each) => processView(each, { actor, locale, policy: deps.policies.current.policy })),
  ),
];

/** What someone may open, oversee or be asked to do; leaders and auditors see them all. */
const concerns = (actor: Actor, { startableBy, overseenBy, tasks }: ProcessDefinition): boolean => {
  const roles = Object.values(tasks).flatMap(({ role }) => (role === 'subject' ? [] : [role]));
  return holdsAny(actor, [...startableBy, ...overseenBy, ...roles, 'auditor', 'administrator', 'bureau-leader']);
};

/** How a command ends a case. */
const commandOutcomes = [
  ['withdraw', 'withdrawn'],
  ['merge', 'merged'],
  ['cancel', 'cancelled'],
  ['split', 'split'],
] as const;

function processView(definition: ProcessDefinition, { actor, locale, policy }: { actor: Actor; locale: Locale; policy: Policy }) {
  const { id, prefix, group, shape, title, confidentiality, startableBy, intake, stages, tasks, outcomes, outcomeTitles, commands } =
    definition;
  const limits = policy.processes[id]?.tasks ?? {};
  return {
    id,
    prefix,
    group,
    shape,
    title,
    confidentiality,
    startableBy,
    startable: holdsAny(actor, startableBy),
    forOthers: isSpokenFor(definition) && (holdsAny(actor, definition.overseenBy) || holdsAny(actor, leaderRoles)),
    intake: jsonSchemaOf(schemaOf(intake), locale),
    stages,
    tasks: Object.entries(tasks).map(([key, task]) => ({
      key,
      title: task.title,
      role: task.role,
      stage: task.stage ?? key,
      form: jsonSchemaOf(schemaOf(task.form), locale),
      limit: limits[key]?.limit ?? null,
      ...(limits[key]?.limits && { limits: limits[key].limits }),
      ladder: limits[key]?.ladder ?? null,
    })),
    course: definition.course?.map((step) => [...step]) ?? plainCourse(definition),
    items: Object.entries(definition.items ?? {}).map(([key, item]) => ({
      key,
      title: item.title,
      form: jsonSchemaOf(schemaOf(item.form), locale),
    })),
    outcomes: [...outcomes, ...commandOutcomes.flatMap(([command, outcome]) => (commands[command] ? [outcome] : []))].map((key) => ({
      key,
      title: new Map(Object.entries(outcomeTitles)).get(key) ?? { zh: key, en: key },
    })),
    commands: Object.keys(commands),
  };
}

const plainCourse = ({ tasks }: ProcessDefinition): string[][] =>
  Object.entries(tasks).flatMap(([key, { standing }]) => (standing ? [] : [[key]]));

/** Whoever it is about speaks for themselves, or through someone who may. */
const isSpokenFor = ({ subjectRole, subjectFrom }: ProcessDefinition): boolean =>
  (subjectRole === 'appellant' || subjectRole === 'reporter') && subjectFrom === undefined;
