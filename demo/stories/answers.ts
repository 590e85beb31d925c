import type { Story, Telling, ToldCase } from '../told-case.ts';
import { type Accepting, measure, type Resolution, replied, reply, resolved, satisfied, unsatisfied, type Wish } from './appeal-steps.ts';

/** Handled, with nothing written yet. */
const handled = async (bureau: Telling, wish: Wish, { result, ...accepting }: Accepting & { result: Resolution }): Promise<ToldCase> => {
  const c = await measure(bureau, wish, { ...accepting, tier: '15' });
  await c.complete('handle', accepting.handler, resolved(result));
  return c;
};

/** Answered in writing; it lies with the appellant. */
const answered = async (
  bureau: Telling,
  wish: Wish,
  { leader, ...handling }: Accepting & { readonly leader: string; readonly result: Resolution },
): Promise<ToldCase> => {
  const c = await handled(bureau, wish, handling);
  await replied(c, { handler: handling.handler, leader, found: handling.result.findings, done: handling.result.done });
  return c;
};

/** 答复、确认、复查、复核: the reply written, returned, awaited, contested. */
export const answerStories = {
  'body-cameras': async (bureau) => {
    const result = { findings: '二大队在用记录仪中十一台续航不足两小时。', done: '已调剂五台，其余列入下季度更新。' };
    const c = await handled(
      bureau,
      { by: 'officer4', title: '执法记录仪续航不足', content: '记录仪用了五年，出警一趟就没电，影响取证。' },
      { handler: 'handler8', result },
    );
    await c.complete('draft-reply', 'handler8', reply({ found: '记录仪老化。', done: '将逐步更换。' }));
    await c.complete('approve-reply', 'leader-traffic', { decision: 'return', reasons: '“逐步”不算答复：请写明台数、时间和负责人。' });
  },

  heating: async (bureau) => {
    const result = { findings: '警务站地暖分水器堵塞，冬季室温十一度。', done: '已清洗管路并加装两台电暖器。' };
    const c = await handled(
      bureau,
      { by: 'weitian', title: '站前警务站冬季取暖', content: '警务站夜间室温过低，值守同事多有感冒。' },
      { handler: 'handler4', result },
    );
    await c.complete('draft-reply', 'handler4', reply({ found: result.findings, done: result.done }));
  },

  'annual-leave': async (bureau) => {
    await answered(
      bureau,
      { by: 'officer', title: '年休假连续两年未能安排', content: '2025、2026 两年的年休假均因安保任务取消，未补也未折算。' },
      {
        handler: 'handler1',
        leader: 'leader-donghu',
        result: { findings: '两年共十天年休假未休，取消时未另定日期。', done: '已排定春节后连休十天，由教导员负责落实。' },
      },
    );
  },

  'counter-hours': async (bureau) => {
    const c = await answered(
      bureau,
      { by: 'yangzhiyu', title: '车管所午间窗口轮值不均', content: '午间窗口固定由四人轮值，其余人员不排。' },
      {
        handler: 'huangliyu',
        leader: 'leader-traffic',
        result: { findings: '午间轮值名单两年未调整。', done: '已将名单扩至八人。' },
      },
    );
    await c.complete('confirm', 'yangzhiyu', unsatisfied('只是扩了名单，过去两年的午间值守没有折算。'));
  },

  'dormitory-repair': async (bureau) => {
    const c = await answered(
      bureau,
      { by: 'chenyajuan', title: '备勤宿舍漏水', content: '备勤宿舍屋面漏水，床铺受潮，报修两月未果。' },
      { handler: 'handler5', leader: 'leader-xishan', result: { findings: '屋面防水老化。', done: '已铺设临时防水布，明年列入大修。' } },
    );
    await c.complete('confirm', 'chenyajuan', unsatisfied('防水布挡不住雨，等不到明年。'));
    await c.complete('review', 'reviewer6', {
      finding: 'changed',
      explanation: '漏水影响备勤安全，应作急修。已协调警务保障处于十日内完工。',
    });
  },

  'training-days': async (bureau) => {
    const c = await answered(
      bureau,
      { by: 'zhouhai', title: '轮训占用休息日未补休', content: '今年三次周末轮训均未安排补休。' },
      { handler: 'handler6', leader: 'leader-xishan', result: { findings: '轮训安排在周末属实。', done: '明年轮训一律安排在工作日。' } },
    );
    await c.complete('confirm', 'zhouhai', unsatisfied('明年的安排与今年的补休是两回事。'));
    await c.complete('review', 'reviewer6', { finding: 'upheld', explanation: '轮训期间已发伙食补助，且单位确因警力不足难以补休。' });
    await c.complete('confirm-review', 'zhouhai', unsatisfied('伙食补助不能代替补休。'));
  },

  'shared-vehicle': async (bureau) => {
    const c = await answered(
      bureau,
      { by: 'xuhao', title: '巡逻车辆长期被机关借用', content: '所里两辆巡逻车有一辆长期外借，巡逻改为步行。' },
      { handler: 'handler4', leader: 'leader-zhanqian', result: { findings: '一辆巡逻车借出五个月。', done: '已商请归还。' } },
    );
    await c.complete('confirm', 'xuhao', unsatisfied('商请了一个月，车还没有回来。'));
    await c.complete('review', 'reviewer4', { finding: 'changed', explanation: '外借无审批手续，责令三日内归还；车辆今日已回所。' });
    await c.complete('confirm-review', 'xuhao', satisfied(4));
  },

  'review-marks': async (bureau) => {
    const c = await answered(
      bureau,
      { by: 'majian', title: '对季度考核扣分有异议', content: '第三季度因一起投诉扣五分，该投诉后经核实不实。' },
      {
        handler: 'handler8',
        leader: 'leader-traffic',
        result: { findings: '投诉经核实部分属实：未主动出示证件。', done: '扣分由五分改为二分。' },
      },
    );
    await c.complete('confirm', 'majian', unsatisfied('当时正在处置事故，先救人后出示证件。'));
    await c.complete('review', 'reviewer1', { finding: 'upheld', explanation: '视频显示处置结束后仍有条件出示而未出示。' });
    await c.complete('confirm-review', 'majian', unsatisfied('请上级再看一次完整视频。'));
    await c.complete('re-review', 'reviewer3', {
      finding: 'changed',
      explanation: '完整视频显示处置结束时当事人已离开，无出示对象。撤销扣分。本复核意见为终局意见。',
    });
  },
} satisfies Record<string, Story>;
