import { z } from 'zod';
import { type BureauClient, Refused } from './bureau-client.ts';

/** What a story needs to see of a case. */
const CaseSeen = z.object({
  number: z.string(),
  tasks: z.array(z.object({ id: z.string(), key: z.string(), state: z.enum(['open', 'done', 'cancelled']) })),
  links: z.array(z.object({ relation: z.string(), number: z.string() })),
});
type CaseSeen = z.output<typeof CaseSeen>;

/** What comes about in the bureau by the hands of its people: who does what, in order. */
export type Story = (bureau: Telling) => Promise<void>;

/** Opens the cases of one story. */
export interface Telling {
  /** As `POST /cases` takes it. */
  open(by: string, opening: { readonly process: string; readonly data: object; readonly unit?: string }): Promise<ToldCase>;
}

/** A case of a story; what is done to it is told in the order in which it happens. */
export interface ToldCase {
  readonly number: string;
  complete(key: string, by: string, data: object): Promise<void>;
  /** Does something else with the task: `pause`, `extend`, `consult` … */
  onTask(key: string, by: string, action: { readonly name: string; readonly body: object }): Promise<void>;
  /** `comment`, `transfer`, `withdraw` … */
  command(name: string, by: string, body: object): Promise<void>;
  /** The cases that were opened from this one, seen by someone who may. */
  spawned(relation: string, by: string): Promise<readonly ToldCase[]>;
}

/**
 * Tells a story through the HTTP API. Everything has an idempotency key made of the story's name and its place in it, so that a story which was cut short is told
 * again from its beginning without a second effect.
 */
export function telling(bureau: BureauClient, story: string): Telling {
  let told = 0;
  const ask = (who: string, request: string, body: object): Promise<unknown> => {
    told += 1;
    return bureau.ask(who, request, { body, key: `demo-${story}-${told}` });
  };
  const toldCase = (first: CaseSeen): ToldCase => {
    let seen = first;
    const done = new Set<string>();
    // By the story's own count, not by what is open: told again, the case itself is further on.
    const find = (key: string) => seen.tasks.find((each) => each.key === key && each.state !== 'cancelled' && !done.has(each.id));
    const taskId = async (key: string, by: string): Promise<string> => {
      // Whoever did the last step may see little of the case.
      if (find(key) === undefined) seen = CaseSeen.parse(await bureau.ask(by, `GET /cases/${seen.number}`));
      const task = find(key);
      if (task === undefined) throw new Elsewhere(`${story}: ${seen.number} has no task ${key}`);
      return task.id;
    };
    const act = async (who: string, request: string, body: object): Promise<void> => {
      seen = CaseSeen.parse(await ask(who, request, body));
    };
    return {
      number: seen.number,
      complete: async (key, by, data) => {
        const id = await taskId(key, by);
        await act(by, `POST /tasks/${id}/complete`, { data });
        done.add(id);
      },
      onTask: async (key, by, { name, body }) => act(by, `POST /tasks/${await taskId(key, by)}/${name}`, body),
      command: (name, by, body) => act(by, `POST /cases/${seen.number}/${name}`, body),
      spawned: async (relation, by) => {
        // Whoever did the last step may not know of these cases.
        const { links } = CaseSeen.parse(await bureau.ask(by, `GET /cases/${seen.number}`));
        const numbers = links.filter((link) => link.relation === relation).map(({ number }) => number);
        const cases = await Promise.all(numbers.map((number) => bureau.ask(by, `GET /cases/${number}`)));
        return cases.map((each) => toldCase(CaseSeen.parse(each)));
      },
    };
  };
  return { open: async (by, opening) => toldCase(CaseSeen.parse(await ask(by, 'POST /cases', opening))) };
}

/** The case went another way than its story. */
class Elsewhere extends Error {}

/** Whether people have carried the case on by themselves, so that its story no longer fits. */
export const isTakenOn = (error: unknown): boolean => error instanceof Elsewhere || (error instanceof Refused && error.status === 409);
