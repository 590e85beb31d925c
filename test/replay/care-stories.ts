import type { TestBureau, TestCase } from '../bureau.ts';

const limited = { fitness: 'limited', limits: '不参加夜班和抓捕。', certificate: '健字〔2026〕31号' };
const post = { proposal: 'post', unit: 'station-2', post: '内勤', duties: '户籍窗口。', from: '2026-12-01', pay: '不变。' };
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
} satisfies Record<string, (bureau: TestBureau) => Promise<TestCase>>;

async function newPost(c: TestCase): Promise<void> {
  await c.complete('propose', 'political-1', post);
  await c.complete('consent', 'zhao', { answer: 'agreed' });
  await c.complete('receive', 'leader-2', approve);
  await c.complete('approve', 'supervising-1', approve);
  await c.complete('hand-over', 'leader-1', { note: '在手办件已交接。' });
  await c.complete('welcome', 'leader-2', { note: '带教一月。' });
}
