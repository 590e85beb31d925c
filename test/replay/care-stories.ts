import { wish } from '../appeal.ts';
import { paperOf } from '../attachments.ts';
import type { TestBureau, TestCase } from '../bureau.ts';
import { paidIn } from '../fund.ts';
import { until } from '../until.ts';

const limited = { fitness: 'limited', limits: '不参加夜班和抓捕。', certificate: '健字〔2026〕31号' };
const post = { proposal: 'post', unit: 'station-2', post: '内勤', duties: '户籍窗口。', from: '2026-12-01', pay: '不变。' };
const danger = { finding: 'danger', counsellor: 'counsellor-1', measures: '专人陪护。', ground: 'leave-7' };
const accusation = { kind: 'false-accusation', what: '被诬告收受好处。', onDuty: true, spreadIn: '东湖街道居民群' };
const approve = { decision: 'approve' };

const hospital = { hospital: '市一医院', contact: '8800', admitted: true };
const dutyInjury = { nature: 'duty-injury', track: 'work-injury', facts: '出警途中。', ground: 'leave-7' };
const unrecognised = { finding: 'refused', certificate: '工认〔2026〕9号', reasons: '证据不足。', ground: 'leave-7' };

const transfer = { finding: 'paid', paidOn: '2026-12-01', reference: '付1号' };

/** Injuries, aid, other posts, care, checks, and the protection of rights. */
export const careStories = {
  'injury-care-refused-contested-and-reassigned': async (bureau) => {
    const c = await injury(bureau);
    await c.complete('nature', 'welfare-1', { nature: 'illness', reasons: '非因公。', ground: 'leave-7' });
    await c.complete('answer-nature', 'zhao', { statement: '值班时受的伤。' });
    await c.complete('confirm-nature', 'political-1', { decision: 'refuse', reasons: '再核。' });
    await c.complete('nature', 'welfare-2', dutyInjury);
    await c.complete('aid', 'welfare-1', { finding: 'none' });
    await c.complete('file-work-injury', 'welfare-1', { filedOn: '2026-12-01', certificate: '工申3号', undisputed: true });
    await c.complete('work-injury-decision', 'welfare-1', unrecognised);
    await c.complete('serve', 'welfare-1', { how: 'system' });
    await c.complete('confirm-receipt', 'zhao', {});
    await c.complete('ask-review', 'zhao', { reasons: '有新证据。' });
    await c.complete('work-injury-decision', 'welfare-1', { finding: 'recognised', certificate: '工认10号' });
    await bureau.skip({ hours: 25 });
    await c.complete('follow-up', 'health-1', { finding: 'discharged', record: '出院。' });
    await c.complete('fitness', 'health-1', { finding: 'fit', certificate: '健字1号' });
    await c.complete('contest', 'zhao', { reasons: '不能久站。' });
    await c.complete('fitness-again', 'health-2', { finding: 'unfit', limits: '不宜夜班。', certificate: '健字2号' });
    for (const days of [31, 61, 92, 183]) {
      await bureau.skip({ days });
      await c.complete('care-visit', 'welfare-1', { note: '已回访。' });
    }
    return c;
  },
  'health-check-moved-missed-and-followed-up': async (bureau) => {
    const c = await bureau.start('health-check', 'zhao', {});
    await c.complete('register', 'zhao', { answer: 'yes', facts: { sex: 'male', bornOn: '1978-05-01', post: 'desk', rank: 'sergeant' } });
    const open = (key: string) =>
      until(async () => (await c.tasks()).some((task) => task.key === key && task.state === 'open'), `no ${key}`);
    const booked = async (days: number) => {
      await open('book');
      await c.complete('book', 'health-1', {
        hospital: '市一医院',
        at: new Date(Date.parse(await bureau.now()) + days * 86_400_000).toISOString(),
      });
      await open('appointment');
    };
    await booked(5);
    await c.complete('appointment', 'zhao', { answer: 'move', wishes: '下周。' });
    for (const result of [{ finding: 'missed' }, { finding: 'abnormal', record: '血压偏高。', advice: '复查。' }]) {
      await booked(3);
      await bureau.skip({ days: 4 });
      await open('result');
      await c.complete('result', 'health-2', result);
    }
    await open('follow-up');
    await c.complete('follow-up', 'health-1', { finding: 'goes-on', record: '仍偏高。' });
    await c.complete('follow-up', 'health-1', { finding: 'settled', record: '已恢复。' });
    return c;
  },
  'hardship-file-refused-then-filed-and-ended': async (bureau) => {
    const c = await bureau.start(
      'hardship-file',
      'leader-1',
      { person: 'zhao', kinds: ['illness'], circumstances: '住院。' },
      { subject: 'zhao' },
    );
    await c.complete('consent', 'zhao', { answer: 'agreed' });
    await c.complete('verify', 'welfare-1', { finding: 'none', visitedOn: '2026-12-01', circumstances: '好转。', ground: 'leave-7' });
    await c.complete('decide-file', 'political-1', approve);
    await c.complete('object', 'zhao', { grounds: '费用仍高。' });
    await c.complete('verify', 'welfare-2', { finding: 'hardship', visitedOn: '2026-12-02', circumstances: '属实。', level: 'high' });
    await c.complete('decide-file', 'political-1', approve);
    await c.complete('plan', 'welfare-1', { helper: 'handler-1', measures: '走访。', goal: '脱困。', aid: 500 });
    await bureau.skip({ days: 30 });
    await c.complete('visit', 'handler-1', { metOn: '2027-01-02', circumstances: '平稳。' });
    await bureau.skip({ days: 336 });
    await c.complete('review', 'welfare-1', { finding: 'continue', circumstances: '仍困难。', level: 'low', helper: 'deputy-1' });
    await bureau.skip({ days: 366 });
    await c.complete('review', 'welfare-1', { finding: 'exit', circumstances: '好转。', reasons: '已脱困。' });
    await c.complete('answer-exit', 'zhao', { agrees: true });
    await c.complete('decide-exit', 'political-1', approve);
    return c;
  },
  'mutual-aid-short-returned-and-paid': async (bureau) => {
    await paidIn(bureau.bureau, 100_00n);
    const c = await bureau.start('mutual-aid', 'li', { cause: 'illness', circumstances: '住院。', urgent: true });
    await proposed(c, { finding: 'eligible', circumstances: '属实。', amount: 90 }, { decision: 'refuse', reasons: '再核。' });
    await proposed(c, { finding: 'eligible', circumstances: '再核属实。', amount: 100 }, approve);
    await c.complete('pay', 'cashier-1', { finding: 'short' });
    await c.complete('await-funds', 'fund-1', { note: '到账。' });
    await c.complete('pay', 'cashier-1', { finding: 'unpayable', reasons: '账户注销。' });
    await c.complete('resolve', 'welfare-1', { finding: 'payable', receiver: '新账户。' });
    await c.complete('pay', 'cashier-1', transfer);
    await c.complete('receipt', 'li', { finding: 'missing' });
    await c.complete('trace', 'cashier-2', { finding: 'returned', proof: '退1号' });
    await c.complete('pay', 'cashier-1', transfer);
    await c.complete('receipt', 'li', { finding: 'received' });
    return c;
  },
  'mutual-aid-refused-and-refused-again': async (bureau) => {
    const c = await bureau.start('mutual-aid', 'li', { cause: 'other', circumstances: '家庭困难。' });
    await proposed(c, { finding: 'ineligible', circumstances: '不符合。', ground: 'leave-7' }, approve);
    await c.complete('object', 'li', { grounds: '仍有困难。' });
    await c.complete('reconsider', 'chief', { decision: 'refuse', reasons: '不符合条件。' });
    return c;
  },
  'injury-care-mistaken-and-died': async (bureau) => {
    const c = await injury(bureau);
    await c.complete('report-change', 'health-1', { change: 'mistaken', reasons: '误报。' });
    await c.complete('confirm-mistaken', 'duty-1', { decision: 'refuse', reasons: '属实。' });
    await c.complete('nature', 'welfare-1', { ...dutyInjury, track: 'disability' });
    await bureau.skip({ hours: 25 });
    await c.complete('report-change', 'health-1', { change: 'died', on: '2026-12-01' });
    await c.complete('accompany-family', 'legal-1', { wishes: '安葬在家乡。' });
    await c.complete('aid', 'welfare-1', { finding: 'needed', cause: '家属陪护。' });
    await c.complete('file-disability', 'welfare-1', { filedOn: '2026-12-01', certificate: '残申1号', undisputed: false });
    await c.complete('disability-decision', 'welfare-1', { finding: 'recognised', certificate: '残评1号' });
    return c;
  },
  'post-substitution-contested-and-permanent': async (bureau) => {
    const c = await bureau.start('post-substitution', 'zhao', { wish: '夜班难以胜任。' });
    await c.complete('assess', 'health-1', { fitness: 'fit', certificate: '健字〔2026〕30号' });
    await c.complete('contest', 'zhao', { reasons: '仍不能胜任。' });
    await c.complete('assess-again', 'health-2', limited);
    await newPost(c);
    await bureau.skip({ days: 91 });
    await c.complete('review', 'health-1', { ...limited, fitness: 'lasting' });
    await c.complete('agree-to-stay', 'zhao', { answer: 'agreed' });
    await c.complete('make-permanent', 'supervising-1', approve);
    return c;
  },
  'post-substitution-refused-once-and-returned': async (bureau) => {
    const c = await bureau.start('post-substitution', 'zhao', { wish: '夜班难以胜任。' });
    await c.complete('assess', 'health-1', limited);
    await c.complete('propose', 'political-1', post);
    await bureau.skip({ days: 14 }); // no answer
    await newPost(c);
    await bureau.skip({ days: 91 });
    await c.complete('review', 'health-1', { fitness: 'fit', certificate: '健字〔2026〕40号' });
    await c.complete('return', 'leader-1', { on: '2027-04-01', note: '回原班组。' });
    return c;
  },
  'mental-health-in-danger-and-followed-up': async (bureau) => {
    await bureau.start('appeal', 'zhao', wish); // a no-retaliation mark protects zhao
    const c = await bureau.start('mental-health', 'wang', { person: 'zhao', danger: true });
    await bureau.skip({ minutes: 31 }); // nobody answers
    await c.complete('triage-next', 'health-1', { ...danger, advice: 'adjust-duties' });
    await c.complete('confirm-danger', 'health-2', { ...approve, unrelated: '本人当面表示要自伤。' });
    await c.complete('confirm-danger-again', 'counsellor-2', approve);
    await c.complete('object', 'zhao', { reasons: '我没有危险。' });
    await c.complete('decide-objection', 'counsellor-1', { finding: 'upheld', reasons: '仍有危险。' });
    await c.complete('watch', 'counsellor-1', { note: '解除。' });
    await c.complete('protect', 'counsellor-1', { note: '家属在场。' });
    await c.complete('consent', 'zhao', { answer: 'agreed', unitMayKnow: true });
    await c.complete('care', 'counsellor-1', { finding: 'done', record: '平稳。' });
    await c.complete('follow-up', 'counsellor-1', { finding: 'well', record: '平稳。', advice: 'fit' });
    return c;
  },
  'mental-health-offered-and-refused': async (bureau) => {
    const c = await bureau.start('mental-health', 'wang', { person: 'zhao' });
    await c.complete('answer-referral', 'zhao', { answer: 'yes' });
    await c.complete('triage', 'counsellor-1', { finding: 'care', kind: 'training', counsellor: 'counsellor-2', plan: '每周一次。' });
    await bureau.skip({ days: 6 }); // no consent
    return c;
  },
  'rights-protection-doubted-and-followed-up': async (bureau) => {
    const c = await bureau.start('rights-protection', 'zhao', accusation);
    await c.complete('organise', 'welfare-1', { protector: 'legal-1' });
    await c.complete('keep-evidence', 'legal-1', { kept: '执法记录仪原始数据。' });
    await c.complete('check-misuse', 'inspector-1', { finding: 'withheld', reasons: '存疑。' });
    await c.complete('confirm-withheld', 'legal-1', { decision: 'return', reasons: '再核。' });
    await c.complete('check-misuse', 'inspector-2', { finding: 'supported' });
    await c.complete('verify', 'legal-1', { finding: 'not-established', facts: '无视频。', reasons: '证据不足。', ground: 'leave-7' });
    await c.complete('confirm-not-established', 'political-1', { decision: 'return', reasons: '补充调查。' });
    await c.complete('verify', 'legal-1', { finding: 'established', facts: '视频清楚。', ground: 'leave-7' });
    await c.complete('act', 'legal-1', { steps: ['police'], note: '已立案。', pending: true });
    await c.complete('liaise', 'legal-1', { with: 'court', state: 'decided', note: '已判决。' });
    const proof = [await paperOf(bureau.bureau, 'political-2')];
    await c.complete('clear-name', 'political-2', { circle: '居民群', how: '通报。', proof });
    await c.complete('confirm-cleared', 'zhao', { finding: 'missing', missing: '社区群。' });
    await c.complete('judge-cleared', 'supervising-1', { finding: 'enough', reasons: '已覆盖。' });
    await c.complete('remove-risk', 'leader-1', { note: '调整编组。' });
    await c.complete('warn-units', 'legal-1', { units: ['station-2'], warning: '注意安全。' });
    await c.complete('visit', 'welfare-1', { note: '已看望。' });
    await c.complete('conclude', 'legal-1', { result: '已澄清。' });
    return c;
  },
} satisfies Record<string, (bureau: TestBureau) => Promise<TestCase>>;

async function injury(bureau: TestBureau): Promise<TestCase> {
  const c = await bureau.start('injury-care', 'wang', { person: 'zhao', place: '东湖桥', what: '摔伤。', severity: 'serious' });
  await c.complete('acknowledge', 'hospital-1', hospital);
  await c.complete('guarantee', 'welfare-1', { note: '已担保。' });
  await c.complete('name-companion', 'political-1', { companion: 'legal-1' });
  await c.complete('inform-family', 'legal-1', { informed: '已告知。' });
  await c.complete('visit', 'supervising-1', { note: '已看望。' });
  await c.complete('stand-in', 'leader-2', { note: '已安排。' });
  return c;
}

async function newPost(c: TestCase): Promise<void> {
  await c.complete('propose', 'political-1', post);
  await c.complete('consent', 'zhao', { answer: 'agreed' });
  await c.complete('receive', 'leader-2', approve);
  await c.complete('approve', 'supervising-1', approve);
  await c.complete('hand-over', 'leader-1', { note: '在手办件已交接。' });
  await c.complete('welcome', 'leader-2', { note: '带教一月。' });
}

/** A proposal, and the votes of two of its committee. */
async function proposed(c: TestCase, proposal: object, vote: object): Promise<void> {
  await c.complete('check', 'welfare-1', { ...proposal, committee: ['fund-1', 'fund-2', 'fund-3'] });
  for (const member of ['fund-1', 'fund-2'] as const) {
    const seat = (await c.tasks()).find(({ key, state, assignee }) => key === 'judge' && state === 'open' && assignee === member);
    if (seat) await c.submit(member, { action: 'complete', task: seat.id, data: vote });
  }
}
