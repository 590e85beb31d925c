import { z } from 'zod';
import { Duration } from '../../domain/duration.ts';
import { Instant, Text } from '../../domain/ids.ts';
import { rungKinds } from '../../domain/ladder.ts';
import { simulateLimit, tasksOf } from '../../domain/limit-simulation.ts';
import { rungTargetTitle } from '../../domain/parts.ts';
import { policyEntries } from '../../domain/policy-entries.ts';
import { rungKindTitles } from '../../domain/rung-words.ts';
import { loadedAt } from '../../store/policies.ts';
import { shippedPolicy } from '../../store/shipped-policy.ts';
import { processes } from '../../workflows/definitions.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { taskTitle } from '../views/case-titles.ts';
import { ExplainedDayView } from '../views/explained-day.ts';

/** `entries`: every value in words, as shipped and as in force. `processes`: what can be asked of /policy/simulate. */
const PolicyView = z.object({
  version: z.string(),
  loadedAt: Instant,
  timeScale: z.number(),
  entries: z.array(
    z.object({ path: z.string(), shipped: Text.nullable(), inForce: Text.nullable(), differs: z.boolean(), note: Text.nullable() }),
  ),
  processes: z.array(
    z.object({
      id: z.string(),
      title: Text,
      tasks: z.array(
        z.object({
          key: z.string(),
          title: Text,
          limit: Duration.nullable(),
          limits: z.record(z.string(), Duration),
          ladder: z.string().nullable(),
        }),
      ),
    }),
  ),
});

const Question = z.object({
  process: z.enum([...processes.keys()]),
  task: z.string().max(60),
  /** When the task opens. */
  from: Instant,
  /** One of the task's further limits by name: a tier, a priority. */
  limit: z.string().max(60).optional(),
});

const Simulated = z.object({
  limit: Duration,
  dueAt: Instant,
  days: z.array(ExplainedDayView),
  rungs: z.array(
    z.object({
      at: Instant,
      kind: z.enum(rungKinds),
      kindTitle: Text,
      to: z.string(),
      toTitle: Text,
      level: z.int(),
      repeats: Duration.optional(),
    }),
  ),
});

export const policyRoutes = ({ db, policies }: ApiDeps): Route[] => [
  route.get(
    '/policy',
    { title: { zh: '现行政策', en: 'The policy in force' }, permission: 'policy.read', view: PolicyView, problems: ['forbidden'] },
    async () => {
      const { version, policy } = policies.current;
      const shipped = await shippedPolicy();
      return {
        version,
        loadedAt: (await loadedAt(db, version)).toISOString(),
        timeScale: policy.timeScale,
        entries: policyEntries(shipped.policy, policy, shipped.notes),
        processes: [...processes.values()].map((definition) => ({
          id: definition.id,
          title: definition.title,
          tasks: [...tasksOf(policy, definition.id)].map(([key, choices]) => ({ key, title: taskTitle(definition, key), ...choices })),
        })),
      };
    },
  ),
  route.get(
    '/policy/simulate',
    {
      title: { zh: '时限试算', en: 'What would be due when' },
      permission: 'policy.read',
      query: Question,
      view: Simulated,
      problems: ['forbidden', 'calendar-gap'],
    },
    async ({ query }) => {
      const { policy, calendar } = policies.current;
      const { rungs, ...simulated } = simulateLimit(policy, calendar, query);
      return {
        ...simulated,
        rungs: rungs.map((rung) => ({ ...rung, kindTitle: rungKindTitles[rung.kind], toTitle: rungTargetTitle(rung.to) })),
      };
    },
  ),
];
