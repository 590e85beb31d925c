import type { Story, Telling, ToldCase } from '../told-case.ts';

const drinking = { actOn: '2026-11-02', ground: 'five-prohibitions-4' };
const driving = { actOn: '2026-11-06', ground: 'five-prohibitions-3' };
const approve = { decision: 'approve' };

/** 违纪违法: measures, bars, clues and warning talks. Nobody here has an appeal of their own, which would protect them. */
export const disciplineStories = {
  'measure-proposed': async (bureau) => {
    await suspend(bureau, 'yangyana', { days: 15, reasons: '涉嫌酒后驾车，调查期间不宜继续执行职务。', ...driving });
  },

  'measure-refused': async (bureau) => {
    const c = await suspend(bureau, 'liyana', { days: 10, reasons: '值班时饮酒的举报尚未核实。', ...drinking });
    await c.complete('approve', 'leader-inspection', { decision: 'refuse', reasons: '仅有一份匿名材料，先核实再议。' });
  },

  'measure-in-force': async (bureau) => {
    const c = await confine(bureau, 'zhaozhigang');
    await c.complete('approve', 'leader-inspection', approve);
    await c.complete('inform-family', 'leader-donghu', { told: '妻子', how: '电话，十九时十分' });
  },

  'measure-appealed': async (bureau) => {
    const c = await suspend(bureau, 'lihaibo', { days: 20, reasons: '涉嫌酒后驾车，驾驶证已暂扣。', ...driving });
    await c.complete('approve', 'leader-inspection', approve);
    await c.complete('appeal', 'lihaibo', { grounds: '当晚开车的是代驾，有行车记录。' });
  },

  'measure-quashed': async (bureau) => {
    const c = await suspend(bureau, 'liuyonglei', { days: 30, reasons: '被指值班时饮酒。', ...drinking });
    await c.complete('approve', 'leader-inspection', approve);
    await c.complete('appeal', 'liuyonglei', { grounds: '当日在外地培训，有签到记录。' });
    await c.complete('decide-appeal', 'chief', { finding: 'quashed', reasons: '培训签到属实，认错了人。' });
    await c.complete('restore-duty', 'leader-donghu', { note: '当日恢复岗位与警务终端权限。' });
    await c.complete('make-good-pay', 'political', { note: '补发执勤津贴。' });
    await c.complete('clear-name', 'political', { circle: '东湖派出所全体民警', how: '所务会宣读撤销决定，公示栏张贴三日。' });
  },

  'bar-in-force': async (bureau) => {
    const c = await bar(bureau, 'maguo', { bar: 'promotion', sanction: 'warning' });
    await c.complete('approve', 'chief', approve);
  },

  'bar-lifted': async (bureau) => {
    const c = await bar(bureau, 'linzhi', { bar: 'promotion', sanction: 'admonition' });
    await c.complete('approve', 'chief', approve);
    await c.complete('propose-lifting', 'political2', { reasons: '抢险救人，局党委会议同意提前解除。' });
    await c.complete('approve-lifting', 'chief2', approve);
  },

  'bar-proposed': async (bureau) => {
    await bar(bureau, 'wangmeng', { bar: 'honours', sanction: 'demerit' });
  },

  'clue-new': async (bureau) => {
    await report(bureau, { content: '西城分局内勤长期用单位油卡给私车加油。', who: '内勤人员，姓名不详' });
  },

  'clue-assessed': async (bureau) => {
    const c = await report(bureau, { content: '社区民警多次在管区饭店签单不付。', reported: ['sunyan'], evidence: '饭店有记账本。' });
    await c.complete('identify', 'discipline', {});
    await c.complete('assess', 'discipline', { decision: 'ask', question: '大约哪几次，饭店叫什么？' });
  },

  'clue-unfounded': async (bureau) => {
    const c = await report(bureau, { content: '有人夜班睡觉不接警。', reported: ['zhangxinbin'] });
    await c.complete('identify', 'discipline', { remarks: '已调取接处警记录。' });
    await c.complete('assess', 'discipline', { decision: 'preliminary-check', plan: '核对九月夜班接处警记录与视频。' });
    await c.complete('check', 'discipline2', { findings: '夜班十一起警情均三分钟内出警。' });
    await c.complete('assess', 'discipline', { decision: 'unfounded', reasons: '记录与视频一致。', reply: '经核查不属实，感谢监督。' });
    await c.complete('confirm-unfounded', 'vice5', approve);
  },

  'clue-and-talk': async (bureau) => {
    const c = await report(bureau, { content: '工作日中午在单位食堂饮酒。', reported: ['shenshuai'] });
    await c.complete('identify', 'discipline', {});
    await c.complete('assess', 'discipline2', {
      decision: 'talk',
      persons: ['shenshuai'],
      matter: '工作日中午饮酒的苗头',
      ...drinking,
      reply: '已约谈提醒。',
    });
    for (const talk of await c.spawned('talk', 'discipline')) await held(talk, 'shenshuai', { answer: 'signed' });
  },

  'talk-commented': async (bureau) => {
    const c = await bureau.open('leader-donghu', {
      process: 'warning-talk',
      data: {
        person: 'yangping',
        occasion: 'sign',
        source: 'figure',
        matter: '连续两月群众评价偏低。',
        actOn: '2026-10-31',
        ground: 'police-law-46',
      },
    });
    await held(c, 'yangping', { answer: 'commented', comment: '两条差评是同一人所留，请核实。' });
    await c.complete('follow-up', 'deputy-donghu', { finding: 'settled', note: '核实属实，评价已更正；服务用语有改进。' });
  },
} satisfies Record<string, Story>;

/** 履职免责: asked for by officers who used force by the rules. */
export const exemptionStories = {
  'exemption-asked': async (bureau) => {
    await ask(bureau, 'pengtianhao', '站前广场');
  },
  'exemption-judged': async (bureau) => {
    const c = await ask(bureau, 'zhaozhigang', '东湖路夜市');
    await c.complete('compose', 'political', {
      investigator: 'legal2',
      law: 'legal',
      discipline: 'discipline3',
      peers: ['peer1', 'peer2'],
    });
    await c.complete('establish', 'legal2', {
      facts: '先口头警告两次，对方持酒瓶逼近，使用催泪喷射器后送医。',
      recordings: [{ device: 'ZFY-0231', from: '2026-11-08T22:41:00+08:00', shows: '两次警告及对方逼近全过程。' }],
      proposal: 'exempt',
      ground: 'police-law-46',
      reasons: '依法使用警械，无故意或者重大过失。',
    });
  },
} satisfies Record<string, Story>;

const suspend = (bureau: Telling, person: string, data: object): Promise<ToldCase> =>
  bureau.open('inspector', { process: 'measure', data: { measure: 'suspension', person, ...data } });

const confine = (bureau: Telling, person: string): Promise<ToldCase> =>
  bureau.open('inspector2', {
    process: 'measure',
    data: { measure: 'confinement', person, days: 3, reasons: '值班时饮酒并辱骂同事，情绪失控。', ...drinking },
  });

const bar = (bureau: Telling, person: string, data: object): Promise<ToldCase> =>
  bureau.open('political', {
    process: 'eligibility-bar',
    data: { person, decidedOn: '2026-11-10', explanation: '处理决定已送达。', ...drinking, ...data },
  });

const report = (bureau: Telling, data: object): Promise<ToldCase> => bureau.open('peer2', { process: 'clue', data });

const ask = (bureau: Telling, by: string, place: string): Promise<ToldCase> =>
  bureau.open(by, { process: 'duty-exemption', data: { what: '处置醉酒持械滋事时使用警械。', actOn: '2026-11-08', place } });

async function held(talk: ToldCase, officer: string, answer: object): Promise<void> {
  await talk.complete('schedule', 'leader-donghu', { talker: 'deputy-donghu', at: '2026-12-08T15:00:00+08:00', place: '所会议室' });
  await talk.complete('hold', 'deputy-donghu', { record: '当面指出问题。', said: '今后注意。', agreed: '一月内回访，需要时帮助。' });
  await talk.complete('countersign', officer, answer);
}
