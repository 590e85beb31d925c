import type { Story } from '../told-case.ts';

/** 顶替调换: posts for who can no longer do front-line duty. */
export const careStories = {
  'post-proposed': async (bureau) => {
    const c = await bureau.open('linzhi', { process: 'post-substitution', data: { wish: '夜班和巡逻难以胜任，希望换到白班岗位。' } });
    await c.complete('assess', 'health', {
      fitness: 'limited',
      limits: '六个月内不安排夜班、抓捕和长途押解。',
      certificate: '健字〔2026〕31号',
    });
    await c.complete('propose', 'political', {
      proposal: 'post',
      unit: 'donghu',
      post: '户籍窗口',
      duties: '户籍受理，白班。',
      from: '2026-12-15',
      pay: '职级、待遇不变。',
    });
  },
} satisfies Record<string, Story>;
