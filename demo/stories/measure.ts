import type { Story } from '../told-case.ts';
import { measure, replied, resolved, satisfied } from './appeal-steps.ts';

/** 具体事项: handled within a tier of days; extended, held up, refused with a second person, put right for good. */
export const measureStories = {
  'make-up-leave': async (bureau) => {
    const c = await measure(
      bureau,
      {
        by: 'officer3',
        title: '国庆值班补休一直未安排',
        content: '十月一日至三日连续值班，补休申请已提交三周，所里称警力紧张，至今没有答复。',
        wish: '年底前安排补休三天。',
      },
      { handler: 'handler5', tier: '3' },
    );
    await c.command('comment', 'handler5', { text: '已向值班室调取十月排班表，本周内与您当面核对。' });
    await c.command('urge', 'officer3', { text: '下周要送父亲住院，盼尽快答复。' });
  },

  'unfair-roster': async (bureau) => {
    const c = await measure(
      bureau,
      {
        by: 'sunyan',
        channel: 'letter',
        nameWithheld: true,
        title: '节假日排班有亲疏',
        content: '近两年春节、国庆均由同几名民警值守，有人从未排过。担心影响相处，请不要透露姓名。',
      },
      { handler: 'handler2', tier: '7' },
    );
    await c.onTask('handle', 'handler2', { name: 'extend', body: { by: { workingDays: 3 }, reason: '需调取近两年排班原件逐日核对。' } });
  },

  'charging-posts': async (bureau) => {
    const c = await measure(
      bureau,
      { by: 'fenglixin', title: '大队院内充电桩不足', content: '新能源警车增至九辆而充电桩只有两个，交接班时排队充电，耽误出警。' },
      { handler: 'handler8', tier: '30' },
    );
    await c.onTask('handle', 'handler8', { name: 'pause', body: { reason: '等待供电公司增容勘察意见。' } });
  },

  'early-promotion': async (bureau) => {
    const c = await measure(
      bureau,
      { by: 'zengjiaming', title: '申请提前晋升职级', content: '连续三年考核优秀，申请按特殊贡献提前一年晋升职级。' },
      { handler: 'huangzhichun', tier: '15' },
    );
    await c.complete('handle', 'huangzhichun', {
      result: 'refused',
      findings: '三年考核优秀属实，但尚在受警告处分的影响期内，期满日为明年三月。',
      rule: 'civil-servants-64',
      explanation: '受处分期间不得晋升职级。期满后可按程序申报，本次贡献材料已归入本人档案备用。',
    });
  },

  secondment: async (bureau) => {
    const c = await measure(
      bureau,
      { by: 'wangmeng', channel: 'desk', title: '申请跨市借调照顾老人', content: '父母年迈独居外市，申请借调当地公安机关一年。' },
      { handler: 'zhangzi', tier: '15' },
    );
    await c.complete('handle', 'zhangzi', {
      result: 'refused',
      findings: '家庭情况属实；对方单位无借调需求，函复不同意接收。',
      rule: 'civil-servants-95',
      explanation: '借调须双方单位同意。可先行使用年休假和探亲假，并已建议政治部将其列入明年交流意向名册。',
    });
    await c.complete('approve-refusal', 'vice3', { decision: 'approve', remarks: '理由充分，请分局务必当面说明并落实探亲假。' });
  },

  'car-subsidy': async (bureau) => {
    const c = await measure(
      bureau,
      { by: 'lixianglei', title: '申请补发公务交通补贴', content: '调入刑侦支队的当月未发公务交通补贴，请补发。' },
      { handler: 'handler7', tier: '7' },
    );
    await c.complete('handle', 'handler7', {
      result: 'refused',
      findings: '调入日期为当月二十日，原单位已全额发放当月补贴，不存在漏发。',
      rule: 'petition-work-34',
      explanation: '同一月份不重复发放。已把两单位的发放记录复印件交本人核对。',
    });
    await c.complete('approve-refusal', 'vice2', { decision: 'approve' });
    await c.complete('offer-talk', 'leader-criminal', { talk: 'held', note: '已当面说明发放口径并出示记录，本人表示理解。' });
    await replied(c, {
      handler: 'handler7',
      leader: 'leader-criminal',
      found: '当月补贴已由原单位全额发放。',
      done: '核对两单位发放记录并交本人查看，不再补发。',
    });
    await c.complete('confirm', 'lixianglei', satisfied(4, '说清楚就好。'));
  },

  'unrecorded-overtime': async (bureau) => {
    const c = await measure(
      bureau,
      {
        by: 'xujunwei',
        title: '加班登记多次漏登',
        content: '今年夏季专项行动期间加班二十六小时，登记册上只有九小时。',
        wish: '补登并折算补休。',
      },
      { handler: 'handler3', tier: '5' },
    );
    const findings = '值班室未按日登记，月底凭回忆补填，漏登十七小时，涉及同所六人。';
    await c.complete('handle', 'handler3', resolved({ findings, done: '已为六人补登，并安排补休。', badManagement: true }));
    await replied(c, { handler: 'handler3', leader: 'leader-zhanqian', found: findings, done: '已补登十七小时，补休自下月起安排。' });
    await c.complete('confirm', 'xujunwei', satisfied(5, '六个人的都一起补了，很好。'));

    for (const directive of await c.spawned('rectification', 'supervisor')) {
      await directive.complete('sign', 'leader-zhanqian', { note: '收到，本周内查清登记环节。' });
      await directive.complete('do', 'leader-zhanqian', {
        rootCause: '登记依赖手写台账，无人逐日核对。',
        measures: '改为下勤时刷卡登记，内勤次日核对，每周公示一次。',
        selfReview: '所领导只问任务不问工时，对漏登负有管理责任，已在所务会上作检查。',
      });
      await directive.complete('verify', 'supervisor', { decision: 'approve', remarks: '抽查四周记录，与出警记录一致。' });
    }
  },
} satisfies Record<string, Story>;
