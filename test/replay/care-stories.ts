import { wish } from '../appeal.ts';
import type { TestBureau, TestCase } from '../bureau.ts';

const limited = { fitness: 'limited', limits: '不参加夜班和抓捕。', certificate: '健字〔2026〕31号' };
const post = { proposal: 'post', unit: 'station-2', post: '内勤', duties: '户籍窗口。', from: '2026-12-01', pay: '不变。' };
const danger = { finding: 'danger', counsellor: 'counsellor-1', measures: '专人陪护。', ground: 'leave-7' };
const approve = { decision: 'approve' };

/** Other posts and care. */
export const careStories = {
  'post-substitution-contested-and-permanent': async (bureau) => {
    const c = await bureau.start('post-substitution', 'zhao', { wish: '夜班难以胜任。' });
    await c.complete('assess', 'health-1', { fitness: 'fit', certificate: '健字〔2026〕30号' });
    await c.complete('contest', 'zhao', { reasons: '仍不能胜任。' });
    await c.complete('assess-again', 'health-2', limited);
    await newPost(c);
    await bureau.skip({ days: 91 });
    await c.complete('review', 'health-1', { ...limited, fitness: 'lasting' });
    await c.complete('agree-to-stay', 'zhao', { answer: 'agreed' });
    await c.complete('make-permanent', 'supervising-1', approve);
    return c;
  },
  'post-substitution-refused-once-and-returned': async (bureau) => {
    const c = await bureau.start('post-substitution', 'zhao', { wish: '夜班难以胜任。' });
    await c.complete('assess', 'health-1', limited);
    await c.complete('propose', 'political-1', post);
    await bureau.skip({ days: 14 }); // no answer
    await newPost(c);
    await bureau.skip({ days: 91 });
    await c.complete('review', 'health-1', { fitness: 'fit', certificate: '健字〔2026〕40号' });
    await c.complete('return', 'leader-1', { on: '2027-04-01', note: '回原班组。' });
    return c;
  },
  'mental-health-in-danger-and-followed-up': async (bureau) => {
    await bureau.start('appeal', 'zhao', wish); // a no-retaliation mark protects zhao
    const c = await bureau.start('mental-health', 'wang', { person: 'zhao', danger: true });
    await bureau.skip({ minutes: 31 }); // nobody answers
    await c.complete('triage-next', 'health-1', { ...danger, advice: 'adjust-duties' });
    await c.complete('confirm-danger', 'health-2', { ...approve, unrelated: '本人当面表示要自伤。' });
    await c.complete('confirm-danger-again', 'counsellor-2', approve);
    await c.complete('object', 'zhao', { reasons: '我没有危险。' });
    await c.complete('decide-objection', 'counsellor-1', { finding: 'upheld', reasons: '仍有危险。' });
    await c.complete('watch', 'counsellor-1', { note: '解除。' });
    await c.complete('protect', 'counsellor-1', { note: '家属在场。' });
    await c.complete('consent', 'zhao', { answer: 'agreed', unitMayKnow: true });
    await c.complete('care', 'counsellor-1', { finding: 'done', record: '平稳。' });
    await c.complete('follow-up', 'counsellor-1', { finding: 'well', record: '平稳。', advice: 'fit' });
    return c;
  },
  'mental-health-offered-and-refused': async (bureau) => {
    const c = await bureau.start('mental-health', 'wang', { person: 'zhao' });
    await c.complete('answer-referral', 'zhao', { answer: 'yes' });
    await c.complete('triage', 'counsellor-1', { finding: 'care', kind: 'training', counsellor: 'counsellor-2', plan: '每周一次。' });
    await bureau.skip({ days: 6 }); // no consent
    return c;
  },
} satisfies Record<string, (bureau: TestBureau) => Promise<TestCase>>;

async function newPost(c: TestCase): Promise<void> {
  await c.complete('propose', 'political-1', post);
  await c.complete('consent', 'zhao', { answer: 'agreed' });
  await c.complete('receive', 'leader-2', approve);
  await c.complete('approve', 'supervising-1', approve);
  await c.complete('hand-over', 'leader-1', { note: '在手办件已交接。' });
  await c.complete('welcome', 'leader-2', { note: '带教一月。' });
}
