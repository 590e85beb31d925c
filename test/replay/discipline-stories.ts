import { wish } from '../appeal.ts';
import { type TestBureau, type TestCase, until } from '../bureau.ts';
import { fileInquiry } from '../investigation.ts';
import type { TestPerson } from '../people.ts';

const bar = {
  person: 'zhao',
  bar: 'promotion',
  sanction: 'demerit',
  decidedOn: '2026-11-02',
  actOn: '2026-06-01',
  ground: 'leave-7',
  explanation: '违规用车，已记过。',
};

const confinement = {
  measure: 'confinement',
  person: 'zhao',
  days: 3,
  actOn: '2026-06-01',
  ground: 'leave-7',
  reasons: '有继续违纪可能。',
};

const act = { actOn: '2026-06-01', ground: 'leave-7' };
const talk = { person: 'zhao', occasion: 'sign', source: 'leader', matter: '多次迟到。' };
const recording = { device: 'ZFY-0231', from: '2026-10-12T21:03:00+08:00', shows: '警告后对方仍逼近。' };
const facts = { facts: '先行警告，程序完备。', recordings: [recording], ground: 'leave-7', reasons: '依法履职。' };

const incident = {
  title: '枪支管理事故',
  ...act,
  facts: '枪柜未锁。',
  conduct: ['zhao'],
  leadership: ['leader-1'],
};
const onLeadership = {
  of: 'leadership',
  concealment: 'not-found',
  sittingOnIt: 'found',
  shielding: 'not-found',
  falsification: 'not-found',
  report: '事后未上报。',
  findings: [{ point: '值班饮酒', result: 'proven', reasons: '录像清楚。' }],
  told: '未及时上报。',
};
const inquired = {
  report: '录像与证人一致。',
  findings: [{ point: '值班饮酒', result: 'proven', reasons: '录像清楚。' }],
  told: '拟认定值班饮酒。',
  proposal: '2',
};
const sanctioned = {
  handling: '2',
  sanction: 'demerit',
  effectiveOn: '2026-12-10',
  ground: 'leave-7',
  facts: '值班时间饮酒。',
  reasons: '情节一般。',
};

/** Bars, measures, clues, talks and exemptions. */
export const disciplineStories = {
  'eligibility-bar-lifted-early': async (bureau) => {
    await bureau.start('appeal', 'zhao', wish); // a no-retaliation mark protects zhao
    const c = await bureau.start('eligibility-bar', 'political-1', bar, { subject: null });
    await c.complete('approve', 'chief', { decision: 'approve', unrelated: '处分早于诉求。' });
    await c.complete('approve-again', 'supervising-1', { decision: 'approve' });
    await c.complete('serve', 'political-1', { how: 'system' });
    await c.complete('confirm-receipt', 'zhao', {});
    await c.complete('propose-lifting', 'political-1', { reasons: '表现突出。' });
    await c.complete('approve-lifting', 'chief', { decision: 'refuse', reasons: '期限过短。' });
    await c.complete('propose-lifting', 'political-1', { reasons: '立功。' });
    await c.complete('approve-lifting', 'chief', { decision: 'approve' });
    return c;
  },
  'measure-extended-quashed-and-made-good': async (bureau) => {
    await bureau.start('appeal', 'zhao', wish); // a no-retaliation mark protects zhao
    const c = await bureau.start('measure', 'inspector-1', confinement, { subject: null });
    await c.complete('approve', 'inspection-head', { decision: 'approve', unrelated: '由群众举报引起。' });
    await c.complete('approve-again', 'chief', { decision: 'approve' });
    await c.complete('review', 'inspector-1', { finding: 'continue', reasons: '仍有必要。' });
    await c.complete('oversee', 'inspector-1', { finding: 'extend', days: 2, reasons: '取证未毕。' });
    await c.complete('approve-longer', 'inspection-head', { decision: 'approve', unrelated: '取证需要。' });
    await c.complete('approve-longer-again', 'supervisor-1', { decision: 'approve' });
    await c.complete('appeal', 'zhao', { grounds: '当时不在现场。' });
    await c.complete('decide-appeal', 'supervisor-2', { finding: 'upheld', reasons: '依据充分。' });
    await c.complete('appeal', 'zhao', { grounds: '有新证据。' });
    await c.complete('decide-appeal', 'supervisor-2', { finding: 'quashed', reasons: '事实不清。' });
    await madeGood(c);
    return c;
  },
  'measure-ended-by-itself': async (bureau) => {
    const c = await bureau.start('measure', 'inspector-1', confinement, { subject: null });
    await c.complete('approve', 'inspection-head', { decision: 'approve' });
    await c.complete('inform-family', 'leader-1', { told: '妻子', how: '电话' });
    await c.complete('serve', 'inspector-1', { how: 'in-person', at: await bureau.now() });
    await bureau.skip({ days: 4 });
    await c.complete('conclude', 'inspector-1', { finding: 'no-fault', reasons: '查无实据。' });
    await madeGood(c);
    return c;
  },
  'clue-sat-on-until-the-top': async (bureau) => {
    const c = await bureau.start('clue', 'zhao', { content: '公车私用。', reported: ['li'] });
    await c.complete('identify', 'discipline-1', { leaders: ['leader-1'] });
    await c.complete('assess', 'discipline-1', { decision: 'ask', question: '车牌号？' });
    await bureau.skip({ days: 35 }); // neither an answer nor a decision
    await c.complete('assess-above', 'supervising-1', { decision: 'preliminary-check', plan: '调取派车单。' });
    await bureau.skip({ days: 61 }); // nor a check
    await c.complete('assess-at-top', 'chief', { decision: 'unfounded', reasons: '派车单齐全。', reply: '不属实。' });
    await c.complete('confirm-unfounded', 'supervising-1', { decision: 'return', reasons: '再核。' });
    await c.complete('assess-at-top', 'chief', { decision: 'preliminary-check', plan: '询问司机。' });
    await c.complete('check', 'discipline-2', { findings: '一次。' });
    await c.complete('assess-at-top', 'chief', { decision: 'talk', persons: ['li'], matter: '公车私用', ...act, reply: '已谈话。' });
    return c;
  },
  'discipline-returned-referred-and-made-lighter': async (bureau) => {
    const c = await bureau.start(
      'discipline',
      'discipline-1',
      { person: 'zhao', ...act, facts: '值班饮酒。', source: 'found' },
      { subject: 'zhao', unit: 'station-1' },
    );
    const measure = { measure: 'suspension', days: 20, measureGround: 'leave-7', necessity: '防止干扰调查。' };
    await c.complete('file', 'chief', { decision: 'file', lead: 'inspector-1', members: ['inspector-2'], measure });
    await fileInquiry(bureau, c, 'inspector-1', 'zhao');
    await c.complete('investigate', 'inspector-1', inquired);
    await c.complete('countersign', 'inspector-2', { decision: 'return', reasons: '缺证人。' });
    await c.complete('investigate', 'inspector-1', inquired);
    await c.complete('countersign', 'inspector-2', { decision: 'approve' });
    await c.complete('serve', 'inspector-1', { how: 'in-person', at: await bureau.now() });
    await bureau.skip({ days: 11 }); // no answer
    await c.complete('consider', 'inspector-1', { finding: 'stands', answer: '逾期未答。' });
    const members = ['legal-1', 'peer-1', 'peer-2'] as const;
    await c.complete('compose-review', 'political-1', { members });
    for (const member of members.slice(0, 2)) await vote(c, member, { decision: 'approve' }, 'review');
    await c.complete('decide', 'political-2', { handling: '4', authority: '区人民检察院', ground: 'leave-7', reasons: '涉嫌犯罪。' });
    await c.complete('approve-decision', 'chief', { decision: 'approve' });
    await c.complete('refer', 'discipline-2', { document: '移字〔2026〕3号', at: '2026-12-01' });
    await c.complete('enter-result', 'discipline-2', { result: 'not-prosecuted', document: '不诉〔2027〕1号' });
    await c.complete('decide', 'political-2', sanctioned);
    await c.complete('approve-decision', 'chief', { decision: 'approve' });
    await c.complete('serve', 'political-2', { how: 'in-person', at: await bureau.now() });
    await c.complete('carry-out', 'political-1', { note: '已扣减。' });
    await c.complete('ask-reconsideration', 'zhao', { way: 'complaint', grounds: '处理过重。' });
    await c.complete('decide-complaint', 'reviewer-3', { finding: 'lighter', sanction: 'warning', reasons: '情节轻微。' });
    await c.complete('serve', 'reviewer-3', { how: 'in-person', at: await bureau.now() });
    await bureau.skip({ days: 190 });
    return c;
  },
  'discipline-without-fault': async (bureau) => {
    const c = await bureau.start(
      'discipline',
      'discipline-1',
      { person: 'zhao', ...act, facts: '值班饮酒。', source: 'found' },
      { subject: 'zhao', unit: 'station-1' },
    );
    await c.complete('file', 'chief', { decision: 'file', lead: 'inspector-1', members: ['inspector-2'] });
    await fileInquiry(bureau, c, 'inspector-1', 'zhao');
    await c.complete('investigate', 'inspector-1', inquired);
    await c.complete('countersign', 'inspector-2', { decision: 'approve' });
    await c.complete('serve', 'inspector-1', { how: 'in-person', at: await bureau.now() });
    await c.complete('hear', 'zhao', { answer: 'stated', statement: '当晚不在所内。' });
    await c.complete('consider', 'inspector-1', { finding: 'stands', answer: '采纳。' });
    await c.complete('compose-review', 'political-1', { members: ['legal-1', 'peer-1', 'peer-2'] });
    for (const member of ['legal-1', 'peer-1'] as const) await vote(c, member, { decision: 'approve' }, 'review');
    await c.complete('decide', 'political-2', { handling: 'no-fault', reasons: '不是本人。' });
    await c.complete('approve-decision', 'chief', { decision: 'approve' });
    await c.complete('serve', 'political-2', { how: 'in-person', at: await bureau.now() });
    await madeGood(c);
    return c;
  },
  'dual-investigation-referred-and-decided': async (bureau) => {
    const c = await bureau.start('dual-investigation', 'discipline-1', incident, { subject: null });
    await c.complete('approve', 'chief', {
      decision: 'approve',
      conduct: { lead: 'inspector-1', members: ['inspector-2'] },
      leadership: { lead: 'discipline-2', members: ['inspector-3'] },
    });
    await ofPerson(c, 'end-early', 'inspector-1', { result: 'prosecution', authority: '区人民检察院', reasons: '涉嫌犯罪。' });
    await c.complete('approve-end', 'chief', { decision: 'approve' });
    await c.complete('plan', 'discipline-2', { plan: '核查上报情况。' });
    await fileInquiry(bureau, c, 'discipline-2', 'leader-1', 'investigate-leadership');
    await c.complete('investigate', 'discipline-2', onLeadership);
    await c.complete('countersign', 'inspector-3', { decision: 'approve' });
    await c.complete('serve', 'discipline-2', { how: 'in-person', at: await bureau.now() });
    await c.complete('hear', 'leader-1', { answer: 'waived' });
    await c.complete('consider', 'discipline-2', { finding: 'stands', answer: '无申辩。' });
    await c.complete('compose-review', 'political-1', { members: ['legal-1', 'peer-1', 'peer-2'] });
    for (const member of ['legal-1', 'peer-1'] as const) await vote(c, member, { decision: 'approve' }, 'review');
    await c.complete('decide', 'political-2', { ...sanctioned, sanction: 'warning' });
    await c.complete('approve-decision', 'chief', { decision: 'approve' });
    await c.complete('serve', 'political-2', { how: 'in-person', at: await bureau.now() });
    await c.complete('carry-out', 'political-1', { note: '已执行。' });
    await bureau.skip({ days: 31 });
    await until(async () => (await c.tasks()).some(({ key, state }) => key === 'directives' && state === 'open'), 'no directives');
    await c.complete('directives', 'political-1', { directives: [{ unit: 'station-1', order: '完善枪柜双锁。' }] });
    return c;
  },
  'accountability-quashed': async (bureau) => {
    const proposal = { leader: 'leader-1', heading: 'sitting-on-it', facts: '线索压置三个月。' };
    const c = await bureau.start('accountability', 'discipline-1', proposal, { subject: 'leader-1' });
    await c.complete('file', 'chief', { decision: 'file', leader: 'leader-1', ...act, lead: 'inspector-1', members: ['inspector-2'] });
    await fileInquiry(bureau, c, 'inspector-1', 'leader-1');
    await c.complete('investigate', 'inspector-1', inquired);
    await c.complete('countersign', 'inspector-2', { decision: 'approve' });
    await c.complete('serve', 'inspector-1', { how: 'in-person', at: await bureau.now() });
    await c.complete('hear', 'leader-1', { answer: 'waived' });
    await c.complete('consider', 'inspector-1', { finding: 'stands', answer: '无申辩。' });
    await c.complete('decide', 'political-2', { ...sanctioned, actOn: act.actOn });
    await c.complete('approve-decision', 'chief', { decision: 'approve' });
    await c.complete('serve', 'political-2', { how: 'in-person', at: await bureau.now() });
    await c.complete('ask-reconsideration', 'leader-1', { way: 'reconsideration', grounds: '过重。' });
    await c.complete('reconsider', 'reviewer-2', { finding: 'quashed', reasons: '依据不足。' });
    await c.complete('restore-duty', 'branch-leader', { note: '已恢复岗位。' });
    await c.complete('make-good-pay', 'political-1', { note: '已补发。' });
    await c.complete('clear-name', 'political-1', { circle: '全所民警大会', how: '宣读决定。' });
    return c;
  },
  'inspection-order-refused': async (bureau) => {
    const c = await bureau.start('inspection-order', 'chief', { reasons: '整改不力。' }, { subject: null, unit: 'station-1' });
    await c.complete('name-inspectors', 'inspection-head', { lead: 'inspector-1', second: 'inspector-2' });
    await c.complete('on-site', 'inspector-1', { place: '所内', observed: '未整改。' });
    await c.complete('countersign', 'inspector-2', { decision: 'approve' });
    await c.complete('findings', 'inspector-1', { points: [{ point: '值班表', finding: 'not-done', facts: '未公示。' }] });
    await c.complete('order', 'inspection-head', { decision: 'order', demands: '三日内公示。', limit: '3' });
    await c.complete('acknowledge', 'leader-1', { note: '收到。' });
    await c.complete('correct', 'leader-1', { result: 'refused', reasons: '无此必要。' });
    return c;
  },
  'clue-filed-against-two': async (bureau) => {
    const c = await bureau.start('clue', 'li', { content: '有人值班饮酒。', reported: ['wang', 'zhao'] });
    await c.complete('identify', 'discipline-1', {});
    await c.complete('assess', 'discipline-1', {
      decision: 'file',
      persons: ['wang', 'zhao'],
      reasons: '初核属实。',
      ...act,
      reply: '已立案。',
    });
    return c;
  },
  'warning-talk-with-someone-protected': async (bureau) => {
    await bureau.start('appeal', 'zhao', wish);
    const c = await bureau.start('warning-talk', 'leader-1', { ...talk, ...act }, { subject: null });
    const at = new Date(Date.parse(await bureau.now()) + 86_400_000).toISOString();
    await c.complete('schedule', 'leader-1', { talker: 'handler-1', at, place: '会议室', unrelated: '考勤记录。' });
    await c.complete('approve-again', 'supervising-1', { decision: 'approve' });
    await c.complete('hold', 'handler-1', { record: '谈及迟到。', said: '家中有病人。', agreed: '调整班次。' });
    await bureau.skip({ days: 8 }); // not countersigned
    await c.complete('follow-up', 'handler-1', { finding: 'settled', note: '已改进。' });
    return c;
  },
  'duty-exemption-proposed-twice': async (bureau) => {
    const c = await bureau.start('duty-exemption', 'zhao', { what: '制止持刀伤人。', actOn: '2026-10-12', place: '东湖路' });
    const panel = { law: 'legal-1', discipline: 'discipline-1', peers: ['peer-1', 'peer-2'] };
    await c.complete('compose', 'political-1', { investigator: 'inspector-1', ...panel });
    await c.complete('establish', 'inspector-1', { ...facts, proposal: 'exempt' });
    for (const member of ['legal-1', 'peer-1'] as const) await vote(c, member, { decision: 'refuse', reasons: '警告不足。' });
    await c.complete('establish', 'inspector-1', { ...facts, proposal: 'reduced' });
    for (const member of ['legal-1', 'discipline-1', 'peer-2'] as const) await vote(c, member, { decision: 'approve' });
    return c;
  },
} satisfies Record<string, (bureau: TestBureau) => Promise<TestCase>>;

/** Completes the open task of that key that this person has. */
async function ofPerson(c: TestCase, key: string, person: TestPerson, data: object): Promise<void> {
  const task = (await c.tasks()).find((each) => each.key === key && each.state === 'open' && each.assignee === person);
  if (!task) throw new Error(`${person} has no ${key}`);
  await c.submit(person, { action: 'complete', task: task.id, data });
}

async function vote(c: TestCase, member: TestPerson, data: object, of = 'judge'): Promise<void> {
  const seat = (await c.tasks()).find(({ key, state, assignee }) => key === of && state === 'open' && assignee === member);
  if (!seat) throw new Error(`${member} has no seat`);
  await c.submit(member, { action: 'complete', task: seat.id, data });
}

async function madeGood(c: TestCase): Promise<void> {
  await c.complete('restore-duty', 'leader-1', { note: '已恢复岗位。' });
  await c.complete('make-good-pay', 'political-1', { note: '已补发。' });
  await c.complete('clear-name', 'political-1', { circle: '全所民警大会', how: '宣读决定。' });
}
