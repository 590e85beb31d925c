import type { Story } from '../told-case.ts';

/** 伤病绿色通道、顶替调换、心理三位一体、执法权益保护: injuries, other posts, care, and the protection of rights. */
export const careStories = {
  'injury-reported': async (bureau) => {
    await bureau.open('deputy-donghu', {
      process: 'injury-care',
      data: { person: 'sunyan', place: '市一医院急诊', what: '处置警情时被电动车撞倒，头部受伤。', severity: 'serious' },
    });
  },

  'injury-treated': async (bureau) => {
    const c = await bureau.open('linzhi', {
      process: 'injury-care',
      data: { place: '城西分局训练场', what: '训练时右膝受伤，不能站立。', severity: 'light' },
    });
    await c.complete('acknowledge', 'liaison', { hospital: '市一医院骨科', contact: '护士站 8812', admitted: true });
    await c.complete('guarantee', 'welfare', { note: '已向医院出具担保函。' });
    await c.complete('name-companion', 'political', { companion: 'legal' });
    await c.complete('inform-family', 'legal', { informed: '已电话告知配偶，今晚到院。' });
    await c.complete('stand-in', 'leader-west', { standIn: 'wangmeng', note: '本周夜班由其顶替。' });
    await c.complete('nature', 'welfare', {
      nature: 'duty-injury',
      track: 'disability',
      facts: '列入训练计划，有训练记录和视频。',
      ground: 'disability-pension-2',
    });
  },

  'aid-before-the-committee': async (bureau) => {
    const c = await bureau.open('linzhi', {
      process: 'mutual-aid',
      data: { cause: 'family', circumstances: '配偶失业，子女上学，家庭负担较重。', asked: 10_000 },
    });
    await c.complete('check', 'welfare', {
      finding: 'eligible',
      circumstances: '已入户核实，情况属实。',
      amount: 8000,
      committee: ['fund1', 'fund2', 'fund3'],
    });
  },

  'hardship-on-file': async (bureau) => {
    const c = await bureau.open('linzhi', {
      process: 'hardship-file',
      data: { kinds: ['income', 'family'], circumstances: '配偶失业，老人长期住院。' },
    });
    await c.complete('verify', 'welfare', {
      finding: 'hardship',
      visitedOn: '2026-11-20',
      circumstances: '已入户，情况属实。',
      level: 'medium',
    });
    await c.complete('decide-file', 'political', { decision: 'approve' });
    await c.complete('plan', 'welfare', { helper: 'wangmeng', measures: '每两月走访，协调就医和子女就学。', goal: '一年内渡过难关。' });
  },

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

  'leave-to-be-confirmed': async (bureau) => {
    await bureau.open('wangmeng', { process: 'annual-leave', data: { workingSince: '2009-07-15' } });
  },

  'health-check-booked': async (bureau) => {
    const c = await bureau.open('wangmeng', {
      process: 'health-check',
      data: { facts: { sex: 'female', bornOn: '1984-06-12', post: 'shifts', rank: 'sergeant' }, wishes: '周一或者周四上午。' },
    });
    await c.complete('book', 'health', {
      hospital: '市第一人民医院体检中心',
      at: new Date(Date.now() + 9 * 86_400_000).toISOString(),
      preparation: '当日早晨空腹。',
    });
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
