import type { Story } from '../told-case.ts';

/** 整改: directives that the desk, inspection and the bureau's leader issue themselves. */
export const directiveStories = {
  'key-cabinet': async (bureau) => {
    const c = await bureau.open('inspector', {
      process: 'rectification',
      unit: 'donghu',
      data: { cause: 'management', order: '枪弹库双人双锁登记有三次缺签，限期查明原因并补齐制度。' },
    });
    await c.complete('sign', 'leader-donghu', { note: '收到，即日起由所长每日复核。' });
    await c.complete('do', 'leader-donghu', {
      rootCause: '交接班与开库时间重叠，值班长代签。',
      measures: '开库时间错开交接班，系统强制双人刷卡，缺一不开。',
      selfReview: '本人一年未抽查登记，负有直接管理责任。',
    });
  },

  'notice-board': async (bureau) => {
    const c = await bureau.open('supervisor', {
      process: 'rectification',
      unit: 'west',
      data: { cause: 'policy', order: '警务公开栏收费项目未更新，按新标准逐项核对。' },
    });
    await c.complete('sign', 'leader-west', { note: '收到。' });
    await c.complete('do', 'leader-west', { rootCause: '栏目无人专管。', measures: '已更换两项。' });
    await c.complete('verify', 'supervisor2', { decision: 'refuse', reasons: '现场仍有七项旧标准，材料与实际不符，另行交办督察。' });
  },

  'duty-phones': async (bureau) => {
    const c = await bureau.open('chief', {
      process: 'rectification',
      unit: 'public-order',
      data: { cause: 'conduct', order: '抽查夜间值班电话，两次无人接听，限期整改。' },
    });
    await c.command('withdraw', 'supervisor3', { reason: '经查为线路故障，非人员脱岗，改由科技信息化部门检修。' });
  },
} satisfies Record<string, Story>;
