import { createHash, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../domain/actor.ts';
import { CaseNumber, Instant, Text, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { readReceipt, receiptAlphabet, receiptLength, shownReceipt } from '../../domain/receipt-code.ts';
import { instantOf } from '../../domain/time-zone.ts';
import { anonymous, bureauUnit, ensureAnonymous } from '../../store/anonymous.ts';
import { type CaseRecord, readCase } from '../../store/case-view.ts';
import { stepOf } from '../../store/steps.ts';
import { anonymousClue, Clue } from '../../workflows/discipline/clue.definition.ts';
import { acceptanceOf } from '../../workflows/kit/acceptance.ts';
import { type Acting, noteChanges, submit } from '../act.ts';
import { onceDone } from '../database-away.ts';
import type { ApiDeps } from '../deps.ts';
import { checkedForm } from '../form.ts';
import { type AnyCall, type Route, route } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { outcomeTitle } from '../views/case-titles.ts';

const Receipt = z.object({ code: z.string(), number: CaseNumber });
const ClueState = z.object({
  number: CaseNumber,
  state: z.enum(['received', 'open', 'closed']),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  outcome: Text.nullable(),
  /** What the bureau tells the reporter about the result. */
  reply: z.string().nullable(),
  /** A question that waits for an answer. */
  question: z.string().nullable(),
});

const params = z.object({ code: z.string().min(1).max(60) });

/**
 * Clues from people who don't sign in. The receipt code is the only way to such a clue for its reporter, and is kept nowhere: its hash is the key of the intake, so that the code finds
 * the case in one look-up and the record of the intake is the receipt.
 */
export const clueRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/clues',
    {
      title: { zh: '匿名反映问题', en: 'Report something without a name' },
      permission: 'anyone',
      body: z.strictObject({ data: z.unknown() }),
      perHour: 20,
      view: Receipt,
      status: 201,
      problems: ['invalid-form', 'too-many-requests'],
    },
    async (call) => {
      const asking = { ...call, actor: nobody };
      const data = await checkedForm(deps, { form: z.strictObject(anonymousClue), data: call.body.data }, asking);
      const code = Array.from({ length: receiptLength }, () => receiptAlphabet[randomInt(receiptAlphabet.length)]).join('');
      const unit = await bureauUnit(deps.db);
      await ensureAnonymous(deps.db, unit);
      const { number, input } = await deps.intake({
        acceptance: acceptanceOf(Clue, { data, subject: null, unit, by: anonymous }),
        key: hashOf(code),
        bodyHash: call.bodyHash,
        at: instantOf(call.at.getTime()),
        engineUp: deps.engine.isUp,
      });
      if (input !== null) deps.starter.startSoon(input);
      return { code: shownReceipt(code), number };
    },
  ),
  route.get(
    '/clues/:code',
    {
      title: { zh: '凭回执码查询', en: 'Look at a clue by its receipt code' },
      permission: 'anyone',
      params,
      perHour: 120,
      view: ClueState,
      problems: ['too-many-requests'],
    },
    async (call) => stateOf((await clueOf(deps, call, call.params.code)).record),
  ),
  route.post(
    '/clues/:code',
    {
      title: { zh: '凭回执码回答问题或补充情况', en: 'Answer a question, or add something, by the receipt code' },
      permission: 'anyone',
      params,
      body: z.strictObject({ text: z.string().trim().min(1).max(10_000) }),
      perHour: 60,
      idempotent: true,
      view: ClueState,
      problems: ['case-not-open', 'engine-unavailable', 'outcome-unknown', 'too-many-requests', 'idempotency-conflict'],
    },
    async (call) => {
      const { record, hash } = await clueOf(deps, call, call.params.code);
      await add(deps, { ...call, actor: nobody, key: `${hash.slice(0, 16)}:${call.key}` }, record, call.body.text);
      return onceDone(clueOf(deps, call, call.params.code).then((found) => stateOf(found.record)));
    },
  ),
];

/** Answers the open question; where there is none, what is said stands in the record as a supplement. */
async function add(deps: ApiDeps, acting: Acting, { number, state, tasks }: CaseRecord, text: string): Promise<void> {
  const earlier = await stepOf(deps, `${anonymous}:${acting.key}`);
  if (earlier?.bodyHash === acting.bodyHash) return;
  if (earlier !== null) throw new Problem('idempotency-conflict');
  if (state === 'closed') throw new Problem('case-not-open');
  const decision = { granted: true, sight: 'full', for: null } as const;
  const question = tasks.find(({ key, state: of }) => key === 'answer-question' && of === 'open');
  if (question)
    return submit(deps, acting, { number, decision, action: { action: 'complete', task: question.id, data: { answer: text } } });
  await noteChanges(deps, acting, {
    number,
    decision,
    changes: [
      { kind: 'event', type: 'supplemented', data: { text } },
      { kind: 'notify', to: { role: 'discipline-inspector' }, notice: 'clue-supplemented' },
    ],
  });
}

/** @throws Problem `not-found` for any code that is none of ours */
async function clueOf(deps: ApiDeps, { at }: Pick<AnyCall, 'at'>, typed: string): Promise<{ record: CaseRecord; hash: string }> {
  const code = readReceipt(typed);
  const hash = code === null ? null : hashOf(code);
  const intake = hash === null ? null : await stepOf(deps, `intake:${anonymous}:${hash}`);
  const record = intake === null ? null : await readCase(deps, intake.number, { actor: nobody, viewing: viewingAt(at) });
  if (hash === null || record === null) throw new Problem('not-found');
  return { record, hash };
}

const Question = z.object({ question: z.string() });
const Reply = z.object({ reply: z.string() });

/** What a reporter learns: where it stands, what is asked, what came of it. Nothing of who deals with it or whom it names. */
function stateOf({ number, state, openedAt, closedAt, outcome, tasks }: CaseRecord): z.input<typeof ClueState> {
  const question = tasks.find(({ key, state: of }) => key === 'answer-question' && of === 'open');
  const replies = tasks.flatMap(({ answer }) => Reply.safeParse(answer).data?.reply ?? []);
  return {
    number,
    state: state === 'accepted' ? 'received' : state,
    openedAt: instantOf(openedAt.getTime()),
    closedAt: closedAt && instantOf(closedAt.getTime()),
    outcome: outcome === null ? null : outcomeTitle(Clue, outcome),
    reply: state === 'closed' ? (replies.at(-1) ?? null) : null,
    question: Question.safeParse(question?.context).data?.question ?? null,
  };
}

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** Whoever has no name has no rights either: the code alone says what they may do. Everybody belongs somewhere; this is nowhere. */
const nowhere = { role: 'officer', unit: UnitId.parse(anonymous), unitPath: `/${anonymous}/` } as const;
const nobody: Actor = { id: anonymous, username: anonymous, name: '匿名', locale: 'zh', roles: [nowhere], relatives: [], standsInFor: [] };
