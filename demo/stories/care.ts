import type { Story } from '../told-case.ts';

/** 顶替调换、心理三位一体、执法权益保护: other posts, care, and the protection of rights. */
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

  'help-asked-for': async (bureau) => {
    const c = await bureau.open('wangmeng', { process: 'mental-health', data: { words: '连续失眠三周，想找人谈谈。' } });
    await c.complete('triage', 'counsellor', {
      finding: 'care',
      kind: 'counselling',
      counsellor: 'counsellor2',
      plan: '每周一次，共六次。',
      advice: 'adjust-duties',
    });
    await c.complete('consent', 'wangmeng', { answer: 'agreed', unitMayKnow: true });
  },

  'help-offered': async (bureau) => {
    await bureau.open('deputy-donghu', { process: 'mental-health', data: { person: 'sunyan', words: '出警目睹事故后情绪低落。' } });
  },

  'rights-asked-for': async (bureau) => {
    const c = await bureau.open('maguo', {
      process: 'rights-protection',
      data: { kind: 'false-accusation', what: '调解纠纷后被一方在业主群发帖，称收受好处。', onDuty: true, spreadIn: '翠湖小区业主群' },
    });
    await c.complete('organise', 'welfare', { protector: 'legal' });
    await c.complete('check-misuse', 'inspector', { finding: 'supported' });
    await c.complete('keep-evidence', 'legal', { kept: '业主群帖子公证截图、调解录音。' });
    await c.complete('verify', 'legal', {
      finding: 'established',
      facts: '调解全程录音录像，未收取任何财物。',
      spreadIn: '翠湖小区业主群',
      ground: 'police-law-46',
    });
  },
} satisfies Record<string, Story>;
