import type { Story, Telling, ToldCase } from '../told-case.ts';

const inspectors = { lead: 'inspector', second: 'inspector2' };

/** 督察: what supervision could not get done, taken over by inspection. */
export const inspectionStories = {
  'armoury-log': async (bureau) => {
    const c = await opened(bureau, '枪弹库双人双锁登记两次督办未落实，材料与现场不符。');
    await found(c, { place: '东湖派出所枪弹库', observed: '近十日登记有四处代签，交接时间与监控不符。' });
    await c.complete('order', 'leader-inspection', { decision: 'order', demands: '五个工作日内改为双人刷卡，逐条更正登记。', limit: '5' });
    await c.complete('acknowledge', 'leader-donghu', { note: '收到，立即整改。' });
    await c.complete('correct', 'leader-donghu', {
      result: 'corrected',
      measures: '已启用双人刷卡。',
      proof: ['设备验收单', '更正后的登记簿'],
    });
    await c.complete('verify', 'leader-inspection', { decision: 'approve', remarks: '现场复核属实。' });
  },

  'duty-room': async (bureau) => {
    const c = await opened(bureau, '夜间值班脱岗经督办仍有反弹。');
    await found(c, { place: '东湖派出所值班室', observed: '凌晨两点值班室无人，电话三次未接。' });
    await c.complete('order', 'vice5', { decision: 'order', demands: '三个工作日内落实双岗值守。', limit: '3' });
    await c.complete('acknowledge', 'leader-donghu', { note: '收到。' });
    await c.complete('correct', 'leader-donghu', { result: 'refused', reasons: '警力不足，无法安排双岗。' });
  },

  'visitor-hall': async (bureau) => {
    const c = await opened(bureau, '接访大厅限时答复督办三次未结。');
    await c.complete('on-site', 'inspector', { place: '东湖派出所接访大厅', observed: '台账十七件，逾期五件。' });
  },
} satisfies Record<string, Story>;

async function opened(bureau: Telling, reasons: string): Promise<ToldCase> {
  const c = await bureau.open('supervisor', { process: 'inspection-order', unit: 'donghu', data: { reasons } });
  await c.complete('name-inspectors', 'leader-inspection', inspectors);
  return c;
}

async function found(c: ToldCase, record: { readonly place: string; readonly observed: string }): Promise<void> {
  await c.complete('on-site', 'inspector', record);
  await c.complete('countersign', 'inspector2', { decision: 'approve' });
  await c.complete('findings', 'inspector', { points: [{ point: '督办事项', finding: 'not-done', facts: record.observed }] });
}
