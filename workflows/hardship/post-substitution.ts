import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { PostSubstitution } from './post-substitution.definition.ts';

type C = Case<typeof PostSubstitution>;
type Proposal = FormOf<typeof PostSubstitution, 'propose'>;
type Post = Extract<Proposal, { proposal: 'post' }>;

/** 顶替调换 (domain.md 3.2): unfit by the health desk → a post that the officer agrees to in writing → approved by two → handed over → reviewed every 90 days: for good, back, or again. */
export const postSubstitution = procedure(PostSubstitution, async (c) => {
  const limits = await limitsFound(c);
  if (limits === null) return refused(c, 'fit');

  const post = await postAgreed(c, limits);
  if (typeof post === 'string') return refused(c, post);

  c.notify({ part: 'appellant' }, 'post-approved');
  await c.branches({
    from: () => c.task('hand-over', { context: post }),
    to: () => c.task('welcome', { unit: post.unit, context: { limits, post } }),
  });
  c.stage('in-new-post');
  const outcome = await untilSettled(c, limits, post);
  c.notify({ part: 'appellant' }, 'closed');
  return c.close(outcome);
});

/** What the officer should keep away from; null where nothing stands against the post they have, which they may have looked at by someone else. */
async function limitsFound(c: C): Promise<string | null> {
  const assessed = await c.task('assess', { context: c.intake });
  if (assessed.fitness === 'limited') return assessed.limits;
  const contested = await c.taskOrLapse('contest', { context: assessed });
  if (contested === 'lapsed') return null;
  const again = await c.task('assess-again', { context: { about: c.intake, contested } });
  return again.fitness === 'limited' ? again.limits : null;
}

/** Proposed until the officer agrees and two people approve, or nobody knows of a further post. Silence is no consent. */
async function postAgreed(c: C, limits: string): Promise<Post | 'no-post' | 'refused'> {
  let earlier: unknown = null;
  for (;;) {
    const proposed = await c.task('propose', { context: { wish: c.intake.wish, limits, earlier } });
    if (proposed.proposal === 'none') return 'no-post';
    const answer = await c.taskOrLapse('consent', { context: { limits, post: proposed } });
    earlier = { post: proposed, answer };
    if (answer === 'lapsed' || answer.answer === 'refused') continue;

    const received = await c.task('receive', { unit: proposed.unit, context: { limits, post: proposed, answer } });
    earlier = { post: proposed, answer, received };
    if (received.decision !== 'approve') continue;
    const approved = await c.task('approve', { notBy: c.doneBy('receive'), context: { limits, post: proposed, answer } });
    if (approved.decision === 'approve') return proposed;
    if (approved.decision === 'refuse') return 'refused';
    earlier = { post: proposed, answer, approved };
  }
}

async function untilSettled(c: C, limits: string, post: Post): Promise<'returned' | 'permanent' | 'left'> {
  let current = limits;
  for (;;) {
    await c.wait('until-review', { setting: 'reviewAfter' });
    const found = await c.task('review', { context: { limits: current, post } });
    if (found.fitness === 'left') return 'left';
    if (found.fitness === 'fit') {
      await c.task('return', { context: { post } });
      return 'returned';
    }
    current = found.limits;
    if (found.fitness === 'lasting' && (await staysForGood(c, current, post))) return 'permanent';
  }
}

/** Only with the officer's consent, and by someone who had no part in finding it so; without, it is reviewed again. */
async function staysForGood(c: C, limits: string, post: Post): Promise<boolean> {
  const answer = await c.taskOrLapse('agree-to-stay', { context: { limits, post } });
  if (answer === 'lapsed' || answer.answer === 'refused') return false;
  const { decision } = await c.task('make-permanent', { notBy: c.doneBy('receive'), context: { limits, post, answer } });
  return decision === 'approve';
}

function refused(c: C, outcome: 'fit' | 'no-post' | 'refused') {
  c.event('told-of-remedy', remedy);
  c.notify({ part: 'appellant' }, 'post-not-changed');
  return c.close(outcome, { remedy });
}

/** @source Civil Servants Law art. 95 */
const remedy = {
  rule: 'civil-servants-95',
  zh: '情况有变可以随时重新提出；对本结果不服的，可以提出诉求，或者自知道之日起三十日内申请复核、依法提出申诉。健康结论列明不宜从事的勤务，在此之前不作安排。',
  en: 'You may ask again at any time; you may also raise an appeal, or ask for reconsideration within 30 days and complain. Until then nobody assigns you the duties that the health desk named.',
};
