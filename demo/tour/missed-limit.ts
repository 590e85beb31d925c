import { z } from 'zod';
import type { BureauClient } from '../bureau-client.ts';
import { liveChanges, type OpenStream } from './live-changes.ts';
import { must, type Teller } from './teller.ts';
import { act, CaseSeen, complete, openTask, type Visit, visit } from './visit.ts';

const Event = z.object({
  seq: z.int(),
  type: z.string(),
  summary: z.object({ zh: z.string(), en: z.string() }),
  at: z.string(),
  data: z.looseObject({ to: z.array(z.string()).optional() }).optional(),
});
type Event = z.output<typeof Event>;

const rungs = ['remind', 'due', 'escalate', 'escalate', 'inspect'];
/** Of the bureau's time, in days: the task's limit, and what passes until the last rung of its ladder. */
const LIMIT_DAYS = 1;
const LADDER_DAYS = LIMIT_DAYS + 3;

export interface FastBureau {
  readonly bureau: BureauClient;
  /** How long a day lasts, in milliseconds. */
  readonly dayMs: number;
}

/** A task that nobody does, and who is told: each rung of the ladder as it fires. */
export async function showMissedLimit({ bureau, dayMs }: FastBureau, teller: Teller): Promise<void> {
  const shown = await visit(bureau, teller, ['officer', 'handler1']);
  const { nameOf } = shown;
  const seconds = Math.round(dayMs / 100) / 10;
  await teller.chapter('二、误了时限，谁都瞒不住', '2. A missed limit, which nobody can hide');
  await teller.step(
    `演示时钟：一天合 ${seconds} 秒。${nameOf('officer')}的诉求交${nameOf('handler1')}办理，限一天。`,
    `The clock is sped up: a day is ${seconds} seconds. A handler gets an appeal, to be handled within one day.`,
  );
  const ended = AbortSignal.timeout((LADDER_DAYS + 1) * dayMs + 30_000);
  // Listened to before anything happens, so that nothing is missed.
  const open: OpenStream = (lastEventId) => bureau.stream('supervisor', ended, lastEventId);
  const changes = liveChanges(open, await open());
  const { number, task } = await assign(shown);
  teller.outcome(`${number} 已交办。主办人什么也没有做……`, `${number} is assigned. The handler does nothing …`);
  await followLadder(shown, { number, openedAt: Date.parse(task.openedAt), dayMs, changes });

  const late = CaseSeen.parse(await bureau.ask('supervisor', `GET /cases/${number}`));
  must(late.overdue && late.escalationLevel === 3, 'the case shows as overdue at the third level');
  await teller.step('主办人终于办理。', 'At last the handler does it.');
  const done = await complete(shown, 'handler1', task, {
    result: 'resolved',
    findings: '属实。',
    done: '已安排补休。',
    badManagement: false,
  });
  openTask(done, 'draft-reply');
  const { ok } = z.object({ ok: z.boolean() }).parse(await bureau.ask('supervisor', `GET /cases/${number}/verify`));
  must(ok, 'the chain of events is whole');
  teller.proof(
    '迟到的办结照常生效，逾期与各级督促都已留痕：一件也不落。',
    'Late work counts all the same, and the delay stays on the record: no case is lost.',
  );
}

async function assign(shown: Visit) {
  const data = { channel: 'self-service', title: '补休未安排', content: '值班后的补休一直没有安排。' };
  const opened = await act(shown, 'officer', 'POST /cases', { process: 'appeal', data });
  const accepted = await complete(shown, 'acceptance', openTask(opened, 'accept'), { decision: 'accept', handler: 'handler1' });
  const classified = await complete(shown, 'handler1', openTask(accepted, 'classify'), { route: 'measure', tier: String(LIMIT_DAYS) });
  return { number: opened.number, task: openTask(classified, 'handle') };
}

interface Following {
  readonly number: string;
  /** When the task was opened, in milliseconds. */
  readonly openedAt: number;
  readonly dayMs: number;
  readonly changes: AsyncIterable<{ readonly case: string | null }>;
}

async function followLadder(shown: Visit, { number, openedAt, dayMs, changes }: Following): Promise<void> {
  const { bureau, teller } = shown;
  const fired: Event[] = [];
  let seen = 0;
  for await (const change of changes) {
    if (change.case !== number) continue;
    const events = z.array(Event).parse(await bureau.ask('supervisor', `GET /cases/${number}/events?after=${seen}`));
    seen = events.at(-1)?.seq ?? seen;
    for (const event of events.filter(({ type }) => rungs.includes(type))) {
      fired.push(event);
      const day = ((Date.parse(event.at) - openedAt) / dayMs).toFixed(1);
      const told = await namesOf(shown, number, event.data?.to ?? []);
      teller.outcome(`第 ${day} 天　${event.summary.zh} 通知：${told}`, `day ${day}: ${event.summary.en} Told: ${told}`);
    }
    if (fired.length >= rungs.length) break;
  }
  must(
    fired.map(({ type }) => type).join() === rungs.join(),
    `the ladder fires ${rungs.join(', ')}, and not ${fired.map(({ type }) => type).join(', ')}`,
  );
}

async function namesOf({ bureau }: Visit, number: string, people: readonly string[]): Promise<string> {
  const seen = CaseSeen.parse(await bureau.ask('supervisor', `GET /cases/${number}`));
  return people.map((id) => seen.people[id]?.name ?? id).join('、');
}
