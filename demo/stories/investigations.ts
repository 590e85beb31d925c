import type { Story, Telling, ToldCase } from '../told-case.ts';

const drinking = { actOn: '2026-11-02', ground: 'five-prohibitions-4' };
const approve = { decision: 'approve' };
const team = { lead: 'inspector', members: ['inspector2'] };
const panel = ['legal', 'peer1', 'peer2'];

/** 违纪违法、一案双查、追责: each at another point of its way. */
export const investigationStories = {
  'discipline-proposed': async (bureau) => {
    await propose(bureau, 'liujiajie', '值班期间饮酒，有群众录像。');
  },

  'discipline-investigated': async (bureau) => {
    const c = await propose(bureau, 'linhaipeng', '酒后到岗，接警时言语失当。');
    await c.complete('file', 'chief', { decision: 'file', ...team });
    await filed(c, 'linhaipeng');
  },

  'discipline-in-effect': async (bureau) => {
    const c = await propose(bureau, 'luozihao', '值班时间在单位附近饭店饮酒。');
    await c.complete('file', 'chief', { decision: 'file', ...team });
    await filed(c, 'luozihao');
    await c.complete('investigate', 'inspector', {
      report: '饭店监控、消费记录与两名证人一致，值班时间饮酒属实。',
      findings: [{ point: '值班饮酒', result: 'proven', reasons: '录像清楚。' }],
      told: '拟认定你于十一月二日值班时间饮酒，拟给予警告处分。',
      proposal: '2',
    });
    await c.complete('countersign', 'inspector2', approve);
    await received(c, 'inspector', 'luozihao');
    await c.complete('hear', 'luozihao', { answer: 'stated', statement: '事实属实，系同学来访，愿接受处理。' });
    await c.complete('consider', 'inspector', { finding: 'stands', answer: '认错态度较好，已在建议中考虑。' });
    await c.complete('compose-review', 'political', { members: panel });
    for (const member of panel.slice(0, 2)) await c.complete('review', member, approve);
    await c.complete('decide', 'political2', {
      handling: '2',
      sanction: 'warning',
      effectiveOn: '2026-12-01',
      ground: drinking.ground,
      facts: '十一月二日值班时间饮酒。',
      reasons: '初次，未造成后果，认错态度较好。',
    });
    await c.complete('approve-decision', 'chief2', approve);
    await received(c, 'political2', 'luozihao');
  },

  'dual-investigation-under-way': async (bureau) => {
    const c = await bureau.open('discipline', {
      process: 'dual-investigation',
      data: {
        title: '枪柜未锁事故',
        actOn: '2026-11-02',
        ground: 'police-law-48',
        facts: '夜班交接时枪柜双锁未落，次日清点发现。',
        conduct: ['wangxiao'],
        leadership: ['luoshaoqiang'],
      },
    });
    await c.complete('approve', 'chief', {
      decision: 'approve',
      conduct: team,
      leadership: { lead: 'discipline2', members: ['discipline3'] },
    });
    await c.complete('plan', 'inspector', { plan: '调取枪柜电子锁日志，询问交接双方。' });
  },

  'accountability-proposed': async (bureau) => {
    await bureau.open('discipline2', {
      process: 'accountability',
      data: { heading: 'sitting-on-it', facts: '一条问题线索在分局压置逾期，逐级上报后方处置。' },
    });
  },
} satisfies Record<string, Story>;

const propose = (bureau: Telling, person: string, facts: string): Promise<ToldCase> =>
  bureau.open('discipline', { process: 'discipline', data: { person, ...drinking, facts, source: 'found' } });

/** What a report needs: the allegation, what it relies on, and the finding. */
async function filed(c: ToldCase, against: string): Promise<void> {
  const entries = [
    { record: 'allegation', data: { against, ...drinking, facts: '值班时间饮酒。' } },
    {
      record: 'interview',
      data: {
        name: '饭店服务员',
        as: 'witness',
        at: '2026-11-06T10:00:00+08:00',
        place: '饭店',
        interviewers: ['inspector', 'inspector2'],
        said: '当晚八点左右，一名穿警服的客人喝了两瓶啤酒。',
      },
    },
    {
      record: 'evidence',
      data: { title: '消费记录', type: 'document', source: '饭店提供', obtainedAt: '2026-11-06T11:00:00+08:00', shows: '当晚两瓶啤酒。' },
    },
    { record: 'finding', data: { allegation: 1, result: 'proven', reliesOn: [2, 3], reasons: '证人与消费记录一致。' } },
  ];
  for (const entry of entries) await c.command('records', 'inspector', entry);
}

/** Served through the system, and opened there. */
async function received(c: ToldCase, by: string, person: string): Promise<void> {
  await c.complete('serve', by, { how: 'system' });
  await c.complete('confirm-receipt', person, {});
}
