import type { Story, Telling, ToldCase } from '../told-case.ts';

const planned = { plan: '所领导牵头，综合岗每周汇总一次，逐项销号。' };

/** 督办: directives at every checkpoint, with units that support them. */
export const supervisionStories = {
  'drone-hangar': async (bureau) => {
    await issue(bureau, {
      title: '无人机库房选址',
      order: '会同交警支队提出三处备选场地，附造价与审批路径。',
      tier: '7',
      supporting: ['traffic'],
    });
  },

  'night-patrol': async (bureau) => {
    const c = await issue(bureau, { title: '夜间巡防布点调整', order: '依据三季度警情，调整东湖片区夜间布点并报局备案。', tier: '15' });
    await c.complete('sign', 'leader-donghu', { handler: 'handler1', remarks: '收到，本周内拿出方案。' });
  },

  'campus-gates': async (bureau) => {
    const c = await issue(bureau, {
      source: 'leader',
      title: '校门口护学岗全覆盖',
      order: '九所学校早晚高峰护学岗一个不漏，逐校明确责任民警。',
      tier: '30',
    });
    await c.complete('sign', 'leader-donghu', { handler: 'shenshuai' });
    await c.complete('plan', 'shenshuai', planned);
    await c.complete('progress', 'shenshuai', {
      state: 'under-way',
      report: '六所已定岗定人。',
      obstacles: '三所放学时间冲突，需交警支队协调错峰。',
    });
  },

  'dormitory-wiring': async (bureau) => {
    const c = await issue(bureau, {
      source: 'inspection',
      title: '备勤室电路隐患',
      order: '全部更换老化线路，验收后恢复使用。',
      tier: '5',
      supporting: ['east'],
    });
    await c.complete('sign', 'leader-donghu', { handler: 'handler1' });
    await c.complete('support', 'leader-east', { report: '分局已拨维修经费两万元。' });
    await c.complete('plan', 'handler1', { plan: '两日内停用，三日内换线，第五日验收。' });
  },

  'report-forms': async (bureau) => {
    const c = await issue(bureau, { source: 'kpi', title: '超期回访清零', order: '四十二件超期回访三日内全部办结。', tier: '3' });
    await c.complete('sign', 'leader-donghu', { handler: 'handler1' });
    await c.complete('result', 'handler1', { result: '四十二件全部回访。', evidence: ['回访登记簿第 4–9 页'] });
  },

  'key-register': async (bureau) => {
    const c = await issue(bureau, { source: 'appeal', title: '调休台账公开', order: '按月公示本所调休台账。', tier: '1' });
    await c.complete('sign', 'leader-donghu', { handler: 'handler1' });
    await c.complete('result', 'handler1', { result: '已公示。', evidence: ['公示栏照片'] });
    await c.complete('verify', 'supervisor2', { decision: 'return', reasons: '只公示了十月，缺九月。' });
    await c.complete('result', 'handler1', { result: '两个月均已公示。', evidence: ['九月、十月台账'] });
    await c.complete('verify', 'supervisor2', { decision: 'approve' });
  },

  'vehicle-logs': async (bureau) => {
    const c = await issue(bureau, { title: '警车使用登记', order: '补齐八月以来全部出车登记并说明缺项原因。', tier: '3' });
    await c.complete('sign', 'leader-donghu', { handler: 'handler1' });
    await c.complete('result', 'handler1', { result: '已补齐。', evidence: ['出车登记簿'] });
    await c.complete('verify', 'supervisor3', { decision: 'refuse', reasons: '笔迹一致，疑为一次补写，里程与油耗不符。' });
  },

  'flag-raising': async (bureau) => {
    const c = await issue(bureau, { title: '升旗训练', order: '组织升旗方队训练。', tier: '15' });
    await c.command('cancel', 'supervisor', { reason: '活动由市里统一组织，不再单独安排。' });
  },

  'patrol-bikes': async (bureau) => {
    const order = { source: 'meeting', title: '巡逻电动车检修', order: '全部检修一遍，刹车不合格的停用。', tier: '7' };
    const c = await issue(bureau, order);
    const part = (unit: string, name: string) => ({ unit, data: { ...order, title: `${order.title}（${name}）` } });
    await c.command('split', 'supervisor', {
      reason: '两所各有车队，分头落实。',
      parts: [part('donghu', '东湖'), part('zhanqian', '站前')],
    });
  },

  'notice-lamps': async (bureau) => {
    const first = await issue(bureau, { title: '警灯报修', order: '三盏警灯修复。', tier: '5' });
    const again = await issue(bureau, { source: 'leader', title: '门前警灯', order: '警灯不亮，限期修复。', tier: '5' });
    await again.command('merge', 'supervisor', { into: first.number });
  },
} satisfies Record<string, Story>;

const issue = (bureau: Telling, data: object): Promise<ToldCase> =>
  bureau.open('supervisor', { process: 'supervision', unit: 'donghu', data: { source: 'meeting', ...data } });
