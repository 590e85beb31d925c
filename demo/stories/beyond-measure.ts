import type { Story, Telling, ToldCase } from '../told-case.ts';
import { type Accepting, accepted, replied, resolved, satisfied, type Wish } from './appeal-steps.ts';

const routed = async (bureau: Telling, wish: Wish, { route, ...accepting }: Accepting & { readonly route: object }): Promise<ToldCase> => {
  const c = await accepted(bureau, wish, accepting);
  await c.complete('classify', accepting.handler, route);
  return c;
};

/** 政策研究、汇总上报、历史遗留: the three routes beside the concrete matter. */
export const beyondMeasureStories = {
  'heat-allowance': async (bureau) => {
    await routed(
      bureau,
      { by: 'pengxin', title: '巡防岗位高温津贴标准', content: '巡防大队户外执勤与机关同标准，希望按实际户外时长核定高温津贴。' },
      { handler: 'machanglin', route: { route: 'policy', question: '户外执勤岗位高温津贴是否按时长分档。' } },
    );
  },

  'duty-conversion': async (bureau) => {
    const c = await routed(
      bureau,
      {
        by: 'zhaohua',
        channel: 'survey',
        title: '24 小时值班的补休折算不统一',
        content: '同为 24 小时值班，有的大队补一天，有的补一天半。',
      },
      { handler: 'handler8', route: { route: 'policy', question: '24 小时值班补休的统一折算标准。' } },
    );
    await c.complete('study', 'handler8', {
      findings: '四个大队三种算法，差异源于对夜间备勤是否计时的不同理解。',
      proposal: '夜间备勤按半计时，24 小时值班统一折算补休一天半。',
    });
  },

  'family-visits': async (bureau) => {
    const c = await routed(
      bureau,
      { by: 'jiatiantao', title: '异地民警探亲路费报销', content: '探亲路费报销口径各单位不一，有的要求当月报销，过期作废。' },
      { handler: 'handler6', route: { route: 'policy', question: '探亲路费报销期限与票据要求的统一口径。' } },
    );
    await c.complete('study', 'handler6', {
      findings: '三个单位自设“当月有效”，无依据。',
      proposal: '统一为出行后三个月内报销，由政治部发文。',
    });
    await c.complete('committee', 'political', {
      decision: 'adopt',
      minutes: '同意建议，自下月起施行；已过期作废的一律补报。',
      steps: [
        { unit: 'xishan', step: '清理“当月有效”的内部规定，两周内补报已作废的票据。' },
        { unit: 'donghu', step: '按新口径修订报销须知并公示。' },
      ],
    });
    await replied(c, {
      handler: 'handler6',
      leader: 'leader-xishan',
      found: '“当月有效”没有依据。',
      done: '已统一为三个月，您去年的两次路费可补报。',
    });
    await c.complete('confirm', 'jiatiantao', satisfied(5));
    const [first] = await c.spawned('improvement', 'supervisor');
    await first?.complete('sign', 'leader-xishan', { note: '收到，由内勤逐项清理。' });
  },

  'technical-ranks': async (bureau) => {
    await routed(
      bureau,
      { by: 'liuzhicheng', title: '技术职级名额太少', content: '技术大队二十余人仅有两个技术职级名额，多年未增。' },
      { handler: 'handler7', route: { route: 'upward', theme: '职级职数', reason: '技术职级职数由省厅核定。' } },
    );
  },

  'auxiliary-pay': async (bureau) => {
    const c = await routed(
      bureau,
      {
        by: 'gaowenyu',
        channel: 'field-visit',
        title: '辅警层级工资多年未调整',
        content: '层级工资五年未调，与周边地市差距拉大，同事流失多。',
      },
      { handler: 'handler8', route: { route: 'upward', theme: '辅警待遇', reason: '层级工资标准由市政府核定。' } },
    );
    await c.complete('explain', 'handler8', { explanation: '标准由市政府核定，我局已收集周边数据，随本月汇总上报，并会把答复告诉您。' });
  },

  'fraud-allowance': async (bureau) => {
    const c = await routed(
      bureau,
      { by: 'hanzhenlin', title: '反诈岗位津贴发放范围', content: '预警劝阻岗与研判岗同岗同责，津贴范围未包含劝阻岗。' },
      { handler: 'handler7', route: { route: 'upward', theme: '岗位津贴', reason: '发放范围由省厅统一规定。' } },
    );
    await c.complete('explain', 'handler7', { explanation: '发放范围由省厅规定，已随本月汇总上报。' });
    await c.complete('superior-answer', 'political2', { body: '省公安厅政治部', answer: '自明年一月起，预警劝阻岗纳入岗位津贴发放范围。' });
    await replied(c, { handler: 'handler7', leader: 'leader-criminal', found: '范围由省厅规定。', done: '省厅答复：自明年一月起纳入。' });
    await c.complete('confirm', 'hanzhenlin', satisfied(5, '没想到真的改了。'));
  },

  'housing-subsidy': async (bureau) => {
    const c = await routed(
      bureau,
      { by: 'huangchangjie', channel: 'referral', title: '2016 年住房补贴漏发', content: '2016 年由外局调入，当年住房补贴两边均未发放。' },
      { handler: 'handler1', route: { route: 'legacy', priority: 'important' } },
    );
    await c.onTask('investigate', 'handler1', {
      name: 'consult',
      body: { to: 'cashier', question: '请查 2016 年调入人员住房补贴发放明细中有无此人。', wait: true },
    });
  },

  'service-years': async (bureau) => {
    const c = await routed(
      bureau,
      { by: 'liuping', title: '转业前军龄未计入工龄', content: '2012 年转业安置时，两年军龄未计入连续工龄。' },
      { handler: 'zhuxiaona', route: { route: 'legacy', priority: 'normal' } },
    );
    await c.complete('investigate', 'zhuxiaona', { findings: '档案中有入伍批准书，安置时漏附，造成少计两年。' });
  },

  'post-conversion': async (bureau) => {
    const old = { by: 'lizhenglei', title: '分局合并时职务套改有误', content: '2018 年分局合并时，由副中队长套改为民警，未说明依据。' };
    const c = await bureau.open(old.by, { process: 'appeal', data: { channel: 'self-service', title: old.title, content: old.content } });
    await c.command('transfer', 'acceptance2', { unit: 'political', reason: '职务套改由政治部人事部门主管。' });
    await c.complete('accept', 'acceptance2', { decision: 'accept', handler: 'shenyong' });
    await c.complete('classify', 'shenyong', { route: 'legacy', priority: 'urgent' });
    await c.complete('investigate', 'shenyong', { findings: '套改表中职务栏误录，原任免文件有效。' });
    await c.complete('argue', 'shenyong', { minutes: '与会一致认为属录入差错，应予更正。', present: ['zhangjing', 'xuwen', 'legal'] });
  },

  'missing-merit': async (bureau) => {
    const c = await routed(
      bureau,
      { by: 'tangmengling', title: '2009 年三等功未入档', content: '2009 年荣立三等功，证书在手，档案与警务平台均无记录。' },
      { handler: 'handler8', route: { route: 'legacy', priority: 'important' } },
    );
    await c.complete('investigate', 'handler8', { findings: '当年通报文件存于交警支队档案室，未移交政治部。' });
    await c.complete('argue', 'handler8', { minutes: '证据充分，同意补登。', present: ['deputy-traffic', 'political3'] });
    await c.complete('solve', 'handler8', resolved({ findings: '立功属实，移交环节遗漏。', done: '已补登档案与平台，补发奖励金。' }));
    await replied(c, {
      handler: 'handler8',
      leader: 'leader-traffic',
      found: '立功属实，移交环节遗漏。',
      done: '已补登，奖励金随下月工资发放。',
    });
    await c.complete('confirm', 'tangmengling', satisfied(5, '十几年的心结解开了。'));
  },
} satisfies Record<string, Story>;
