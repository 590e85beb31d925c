import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { BureauClient } from '../bureau-client.ts';
import { explainDue } from './due-date.ts';
import { must, type Teller } from './teller.ts';
import { act, CaseSeen, complete, openTask, refusal, type Visit, visit } from './visit.ts';

const Verified = z.object({ ok: z.boolean(), events: z.int() });
const Events = z.array(z.object({ summary: z.object({ zh: z.string(), en: z.string() }) }));

/** One appeal from its registration to the satisfied answer, and what the bureau does not let happen on the way. */
export async function showAppeal(bureau: BureauClient, teller: Teller): Promise<void> {
  const cast = ['officer', 'acceptance', 'acceptance2', 'handler1', 'handler2', 'leader-donghu', 'officer2', 'auditor'];
  const shown = await visit(bureau, teller, cast);
  await teller.chapter('一、一件诉求，从登记到满意', '1. An appeal, from its registration to a satisfied answer');
  const number = await register(shown);
  const accepted = await accept(shown, number);
  const drafted = await handle(shown, accepted);
  await answer(shown, drafted);
  await verify(shown, number);
}

async function register(shown: Visit): Promise<string> {
  const { teller, nameOf, bureau } = shown;
  await teller.step(
    `${nameOf('officer')}提交诉求：“夜班后食堂没有热饭”。`,
    'An officer files an appeal: no hot meal after the night shift.',
  );
  const data = { channel: 'self-service', title: '夜班后食堂没有热饭', content: '夜班凌晨下勤，食堂早已停止供餐。' };
  const seen = await act(shown, 'officer', 'POST /cases', { process: 'appeal', data });
  teller.outcome(
    `当即登记，件号 ${seen.number}，进入本人诉求档案，受理岗已有任务。`,
    `Registered at once as ${seen.number}; the acceptance desk has a task.`,
  );
  await explainDue(shown, 'acceptance', openTask(seen, 'accept'));

  await teller.step(`${nameOf('officer2')}想看这件诉求。`, 'An officer of another station asks for the case.');
  const unknown = await refusal('not-found', bureau.ask('officer2', `GET /cases/${seen.number}`));
  teller.proof(
    `拒绝：“${unknown}”与本件无关的人，连有没有这件也不知道。`,
    'Refused: whoever has no part in it is not even told that it exists.',
  );
  return seen.number;
}

async function accept(shown: Visit, number: string): Promise<CaseSeen> {
  const { teller, nameOf } = shown;
  const task = openTask(await read(shown, 'acceptance', number), 'accept');
  await teller.step(
    `${nameOf('acceptance')}受理，想指定${nameOf('handler2')}主办。`,
    'The desk accepts it and names a handler who is a cousin of the appellant.',
  );
  const related = await refusal('invalid-form', complete(shown, 'acceptance', task, { decision: 'accept', handler: 'handler2' }));
  teller.proof(`拒绝：“${related}”他是诉求人的表亲。`, 'Refused: a relative takes no part in the case.');

  await teller.step(`改由${nameOf('handler1')}专人负责。`, 'Another handler is named.');
  const key = randomUUID();
  const accepted = await complete(shown, 'acceptance', task, { decision: 'accept', handler: 'handler1' }, key);
  teller.outcome('任务办结，“分类”任务已到主办人名下。', 'The task is done; the handler has the next one, to classify the appeal.');

  await teller.step('网络不好，同一次提交又发了一遍。', 'The line was bad, and the same submission is sent again.');
  const again = await complete(shown, 'acceptance', task, { decision: 'accept', handler: 'handler1' }, key);
  must(again.tasks.length === accepted.tasks.length, 'a repeated submission has no second effect');
  teller.proof('同一个键：得到同样的结果，没有第二次生效。', 'With the same key it has the same result and no second effect.');

  await teller.step(`${nameOf('acceptance2')}不知情，也来受理这件。`, 'A colleague at the desk completes the same task.');
  const late = await refusal('task-not-open', complete(shown, 'acceptance2', task, { decision: 'accept', handler: 'handler1' }));
  teller.proof(
    `拒绝：“${late}”先到者有效，后到者什么也没有改变。`,
    'Refused: the first valid submission counts, the second changes nothing.',
  );
  return accepted;
}

async function handle(shown: Visit, accepted: CaseSeen): Promise<CaseSeen> {
  const { teller, nameOf } = shown;
  await teller.step(
    `${nameOf('handler1')}归为“具体事项”，限三天办结。`,
    'The handler classifies it as a concrete matter, to be handled in three days.',
  );
  const classified = await complete(shown, 'handler1', openTask(accepted, 'classify'), { route: 'measure', tier: '3' });
  await explainDue(shown, 'handler1', openTask(classified, 'handle'));

  await teller.step(
    '主办人查明情况，落实加热柜，登记办理结果。',
    'The handler finds the facts, provides a food warmer, and records the result.',
  );
  const found = {
    result: 'resolved',
    findings: '夜班十一人，食堂 20:00 停餐。',
    done: '已配加热柜，夜班每人留一份热餐。',
    badManagement: false,
  };
  const handled = await complete(shown, 'handler1', openTask(classified, 'handle'), found);

  await teller.step(
    '主办人起草书面答复：查明什么、做了什么、依据什么、还有什么途径。',
    'The handler drafts the reply: what was found, what is done, which rule applies, what remains open.',
  );
  const letter = {
    found: '夜班下勤后无热餐属实。',
    done: '自今日起夜班每人留一份热餐。',
    rules: ['petition-work-34'],
    remedies: '如不满意，可自收到之日起三十日内申请复查。',
  };
  return complete(shown, 'handler1', openTask(handled, 'draft-reply'), letter);
}

async function answer(shown: Visit, drafted: CaseSeen): Promise<void> {
  const { teller, nameOf } = shown;
  const approval = openTask(drafted, 'approve-reply');
  await teller.step('主办人想自己审批自己的答复。', 'The handler tries to approve their own reply.');
  const alone = await refusal('needs-second-person', complete(shown, 'handler1', approval, { decision: 'approve' }));
  teller.proof(`拒绝：“${alone}”`, 'Refused: this needs a second person.');

  await teller.step(`${nameOf('leader-donghu')}审批同意，答复送达。`, 'The leader of the station approves it, and the appellant is told.');
  await complete(shown, 'leader-donghu', approval, { decision: 'approve' });

  await teller.step(`${nameOf('officer')}看过答复，确认满意，五分。`, 'The appellant reads the reply and is satisfied: five points.');
  const replied = await read(shown, 'officer', drafted.number);
  must(
    replied.tasks.some(({ key, answer: letter }) => key === 'draft-reply' && letter !== undefined),
    'the appellant reads the reply',
  );
  const closed = await complete(shown, 'officer', openTask(replied, 'confirm'), { answer: 'satisfied', score: 5 });
  must(closed.state === 'closed' && closed.outcome === 'satisfied', 'the appeal is closed, satisfied');
  teller.outcome('办结：满意。', 'Closed: satisfied.');
}

async function verify(shown: Visit, number: string): Promise<void> {
  const { teller, bureau, nameOf } = shown;
  await teller.step('全程留痕，逐条成链，本人可查：', 'Every change stands in a chained record, which the appellant may read:');
  const events = Events.parse(await bureau.ask('officer', `GET /cases/${number}/events`));
  for (const { summary } of events.slice(-4)) teller.outcome(summary.zh, summary.en);
  const verified = Verified.parse(await bureau.ask('officer', `GET /cases/${number}/verify`));
  must(verified.ok && verified.events === events.length, 'the chain of events is whole');
  teller.proof(
    `共 ${verified.events} 条记录，链条完整，没有一条被改动。`,
    `${verified.events} events, the chain is whole: none was changed.`,
  );

  await teller.step(`${nameOf('auditor')}审计此件。`, 'The auditor looks at the case.');
  const audited = await read(shown, 'auditor', number);
  must(
    audited.redacted.includes('data') && audited.tasks.every(({ answer: letter }) => letter === undefined),
    'the auditor sees the skeleton',
  );
  teller.proof(
    '只见环节、时限与经手人，不见内容与姓名；这次查阅也已记录。',
    'Stages, limits and hands only, neither contents nor the name; and this look is recorded too.',
  );
}

const read = async ({ bureau }: Visit, who: string, number: string): Promise<CaseSeen> =>
  CaseSeen.parse(await bureau.ask(who, `GET /cases/${number}`));
