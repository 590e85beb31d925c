import type { Story } from '../told-case.ts';
import { accepted, appeal } from './appeal-steps.ts';

/** 登记与受理: waiting at the desk, facts asked for, sent on, withdrawn, merged. */
export const intakeStories = {
  canteen: async (bureau) => {
    await appeal(bureau, {
      by: 'huangwenyu',
      title: '夜班下勤后食堂没有热饭',
      content: '东湖派出所夜班凌晨两点下勤时食堂早已停止供餐，附近也没有店铺营业，同事们多靠泡面对付。',
      wish: '夜班能留一份热饭，或者配一台加热柜。',
    });
  },

  uniform: async (bureau) => {
    const c = await appeal(bureau, {
      by: 'officer2',
      channel: 'hotline',
      title: '执勤服尺码不符，申请更换',
      content: '今年配发的执勤服偏小两码，无法穿着执勤，内勤说已过更换期。',
    });
    await c.complete('accept', 'acceptance', { decision: 'ask', question: '请说明配发批次、实发尺码和应换尺码。' });
  },

  'night-shifts': async (bureau) => {
    const together = { by: 'liuwei', jointly: ['zhudong', 'yangyana'] };
    await accepted(
      bureau,
      {
        ...together,
        channel: 'interview',
        title: '夜班轮换间隔过短',
        content: '三人连续两个月每四天一个夜班，年轻同事与家有幼儿的同事没有区分，希望按月公示轮换表。',
      },
      { desk: 'acceptance2', handler: 'handler1' },
    );
  },

  'medical-insurance': async (bureau) => {
    const c = await appeal(bureau, {
      by: 'yangyuli',
      title: '医保门诊报销比例咨询',
      content: '异地就医门诊报销比例与本地不一致，请予核实调整。',
    });
    await c.complete('accept', 'acceptance3', {
      decision: 'redirect',
      body: '市医疗保障局',
      explanation: '报销比例由医保部门核定，我局无权调整。已附经办窗口电话和所需材料清单，如需单位证明可随时到政治部开具。',
    });
  },

  'parking-permit': async (bureau) => {
    const c = await appeal(bureau, {
      by: 'wushichao',
      title: '单位停车证未发放',
      content: '入职三个月仍未领到停车证，每日在外停车。',
    });
    await c.command('withdraw', 'wushichao', { reason: '警务保障室今天已补发，不再占用大家时间，谢谢。' });
  },

  'old-computers': async (bureau) => {
    const first = await accepted(
      bureau,
      {
        by: 'weiyaxia',
        title: '反诈大队电脑老旧，串并分析卡顿',
        content: '办公电脑使用已逾七年，研判系统打开一次要十几分钟，影响止付时效。',
      },
      { handler: 'handler7' },
    );
    const second = await appeal(bureau, {
      by: 'yangyonglei',
      title: '申请更换研判用电脑',
      content: '反诈大队研判电脑频繁死机，多次报修未果，申请更换。',
    });
    await second.command('merge', 'acceptance', { into: first.number });
  },
} satisfies Record<string, Story>;
