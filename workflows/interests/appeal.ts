import type { PersonId } from '../../domain/ids.ts';
import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import type { Closed } from '../kit/run.ts';
import { Appeal } from './appeal.definition.ts';

type C = Case<typeof Appeal>;
type Classified = FormOf<typeof Appeal, 'classify'>;
type Handled = FormOf<typeof Appeal, 'handle'>;
type On<R extends Classified['route']> = Extract<Classified, { route: R }>;

/** 诉求 (domain.md 3.1): accept → classify → one of four routes → reply → confirm → review → re-review. */
export const appeal = procedure(Appeal, async (c) => {
  if (c.reopened && c.handler) return review(c);

  c.mark('no-retaliation', 'noRetaliation');
  c.notify({ part: 'appellant' }, 'registered');
  const accepted = await accept(c);
  if (accepted.decision === 'redirect') {
    c.notify({ part: 'appellant' }, 'redirected');
    return c.close('redirected', { body: accepted.body, explanation: accepted.explanation });
  }
  c.handledBy(accepted.handler);
  const classified = await c.task('classify', { assignee: accepted.handler });
  const handled = await byRoute(c, accepted.handler, classified);
  // A talk, never a reprimand (domain.md 3.1, appeal 4).
  if (handled.result === 'refused') await c.task('offer-talk', { context: handled });

  await reply(c, accepted.handler, handled);
  // The directive opens before the case may close (domain.md 3.1, appeal 6).
  if (handled.result === 'resolved' && handled.badManagement) await rectify(c, handled.findings);
  return confirm(c);
});

/** 受理. Asking for missing facts pauses the clock of acceptance; without an answer the desk decides on what it has. */
async function accept(c: C) {
  let accepted = await c.task('accept');
  while (accepted.decision === 'ask') {
    const { question } = accepted;
    const supplied = await c.taskOrLapse('supply-facts', { context: { question } });
    accepted = await c.task('accept', { resumes: true, context: { question, facts: supplied === 'lapsed' ? null : supplied.facts } });
  }
  return accepted;
}

function byRoute(c: C, handler: PersonId, classified: Classified): Promise<Handled> {
  switch (classified.route) {
    case 'measure':
      return upheldIfRefused(c, () => c.task('handle', { assignee: handler, limit: classified.tier }));
    case 'policy':
      return policyQuestion(c, handler, classified);
    case 'upward':
      return beyondThisLevel(c, handler, classified);
    case 'legacy':
      return oldMatter(c, handler, classified);
  }
}

/** 政策: study → proposal → committee decision → a directive for each improvement step. */
async function policyQuestion(c: C, handler: PersonId, { question }: On<'policy'>): Promise<Handled> {
  const { findings, proposal } = await c.task('study', { assignee: handler, context: { question } });
  const decided = await c.task('committee', { context: { question, findings, proposal } });
  if (decided.decision === 'reject') return { result: 'refused', findings, rule: decided.rule, explanation: decided.minutes };

  for (const { unit, step } of decided.steps) {
    await c.spawn('rectification', { relation: 'improvement', unit, data: { cause: 'policy', order: step } });
  }
  return { result: 'resolved', findings, done: decided.minutes, badManagement: false };
}

/** 上报: explained to the appellant, collected for the superior, whose answer is fed back. */
async function beyondThisLevel(c: C, handler: PersonId, { theme, reason }: On<'upward'>): Promise<Handled> {
  const { explanation } = await c.task('explain', { assignee: handler, context: { theme, reason } });
  c.notify({ part: 'appellant' }, 'reported-upward');
  c.event('joined-upward-report', { theme });
  const { body, answer } = await c.task('superior-answer', { context: { theme, reason } });
  return { result: 'resolved', findings: explanation, done: `${body}：${answer}`, badManagement: false };
}

/** 历史遗留: its priority sets the limit within which it is solved. */
async function oldMatter(c: C, handler: PersonId, { priority }: On<'legacy'>): Promise<Handled> {
  const { findings } = await c.task('investigate', { assignee: handler, context: { priority } });
  const { minutes } = await c.task('argue', { assignee: handler, context: { findings } });
  return upheldIfRefused(c, () => c.task('solve', { assignee: handler, limit: priority, context: { findings, minutes } }));
}

/** A refusal needs a second person; who does not agree gives it back to be handled further. */
async function upheldIfRefused(c: C, handle: () => Promise<Handled>): Promise<Handled> {
  for (;;) {
    const handled = await handle();
    if (handled.result !== 'refused') return handled;
    const second = await c.task('approve-refusal', { notBy: c.handler ? [c.handler] : [], context: handled });
    if (second.decision === 'approve') return handled;
  }
}

/** 答复, in writing, approved by the handler's leader. */
async function reply(c: C, handler: PersonId, handled: Handled): Promise<void> {
  const { drafted } = await approval(c, {
    draft: 'draft-reply',
    approve: 'approve-reply',
    drafting: { assignee: handler, context: { handled } },
    approving: { leaderOf: handler, context: { handled } },
  });
  c.event('replied', drafted);
  c.notify({ part: 'appellant' }, 'replied');
}

/** 确认: no answer in time closes the case as such. */
async function confirm(c: C): Promise<Closed> {
  const answer = await c.taskOrLapse('confirm');
  if (answer === 'lapsed') return c.close('unconfirmed');
  if (answer.answer === 'satisfied') return c.close('satisfied', { score: answer.score });
  return review(c, answer.reasons);
}

/** 复查 by someone who did not handle it, then 复核 by the superior unit, which is final. */
async function review(c: C, reasons?: string): Promise<Closed> {
  const reviewed = await c.task('review', { context: { reasons } });
  c.notify({ part: 'appellant' }, 'reviewed');
  const answer = await c.taskOrLapse('confirm-review', { context: reviewed });
  if (answer === 'lapsed' || answer.answer === 'satisfied') return c.close('reviewed', { finding: reviewed.finding });

  const reviewers = c.doneBy('review');
  const final = await c.task('re-review', {
    leaderOf: reviewers[0],
    above: true,
    notBy: reviewers,
    context: { reasons: answer.reasons, reviewed },
  });
  c.notify({ part: 'appellant' }, 'final');
  return c.close('final', { finding: final.finding, explanation: final.explanation });
}

const rectify = (c: C, findings: string) =>
  c.spawn('rectification', { relation: 'rectification', data: { cause: 'management', order: findings } });
