import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type BureauClient, Refused } from '../bureau-client.ts';
import { must, type Teller } from './teller.ts';

const Text = z.object({ zh: z.string(), en: z.string() });
export const TaskSeen = z.object({
  id: z.string(),
  key: z.string(),
  title: Text,
  state: z.enum(['open', 'done', 'cancelled']),
  openedAt: z.string(),
  dueAt: z.string().nullable(),
  answer: z.unknown().optional(),
});
export type TaskSeen = z.output<typeof TaskSeen>;

export const CaseSeen = z.object({
  number: z.string(),
  state: z.enum(['accepted', 'open', 'closed']),
  stage: z.string(),
  outcome: z.string().nullable(),
  overdue: z.boolean(),
  escalationLevel: z.int(),
  redacted: z.array(z.string()),
  tasks: z.array(TaskSeen),
  people: z.record(z.string(), z.object({ name: z.string() })),
});
export type CaseSeen = z.output<typeof CaseSeen>;

const Directory = z.object({
  items: z.array(z.object({ username: z.string(), name: z.string(), unitName: z.string(), post: z.string().nullable() })),
});

/** A bureau that is being shown, and who shows it. */
export interface Visit {
  readonly bureau: BureauClient;
  readonly teller: Teller;
  /** `陈斌（东湖派出所社区民警）`. */
  nameOf(username: string): string;
}

export async function visit(bureau: BureauClient, teller: Teller, usernames: readonly string[]): Promise<Visit> {
  const names = new Map<string, string>();
  for (const username of usernames) {
    const { items } = Directory.parse(await bureau.ask(username, `GET /people?q=${username}`));
    const found = items.find((each) => each.username === username);
    must(found !== undefined, `${username} is one of the demonstration bureau's people`);
    names.set(username, `${found.name}（${found.unitName}${found.post ?? ''}）`);
  }
  return { bureau, teller, nameOf: (username) => names.get(username) ?? username };
}

/** What somebody does to a case, and the case as they see it then. */
export const act = async ({ bureau }: Visit, who: string, request: string, body: object, key: string = randomUUID()): Promise<CaseSeen> =>
  CaseSeen.parse(await bureau.ask(who, request, { body, key }));

export const complete = (shown: Visit, who: string, task: TaskSeen, data: object, key?: string): Promise<CaseSeen> =>
  act(shown, who, `POST /tasks/${task.id}/complete`, { data }, key);

/** The one open task of a case. */
export function openTask(seen: CaseSeen, key: string): TaskSeen {
  const task = seen.tasks.find(({ state }) => state === 'open');
  must(task?.key === key, `${seen.number} has the open task ${key}, and not ${task?.key}`);
  return task;
}

/** The text of the refusal that this must meet. */
export async function refusal(slug: string, attempt: Promise<unknown>): Promise<string> {
  const met = await attempt.then(
    () => 'nothing was refused',
    (error: unknown) => error,
  );
  if (met instanceof Refused && met.slug === slug) return met.message;
  throw new Error(`not as told: expected the refusal ${slug}`, { cause: met });
}
