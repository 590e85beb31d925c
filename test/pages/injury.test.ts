/* 伤病绿色通道 (domain.md 3.1) done through the pages alone, by everyone who is called. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { flaws } from './browser.ts';
import { openDesk } from './desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
}, 600_000);
afterAll(() => desk?.close());
afterEach(() => expect(desk.faults()).toEqual([]));

const fell = '追捕时摔下台阶。';

test.each([
  ['in Chinese on a desk', 'desk', 'zhao', '安排顶班'],
  ['in English on a phone', 'phone', 'handler-1', 'Arrange a stand-in for the shift'],
] as const)(
  '%s, an injury is reported, all who are called answer, and the officer is recognised, well and back on duty',
  async (_name, look, person, standIn) => {
    desk.lookLike(look);
    const number = await desk.start('injury-care', 'wang', { person, place: '东湖桥北侧', what: fell, severity: 'serious' });
    await desk.complete(number, 'acknowledge', 'hospital-1', { hospital: '市一医院急诊', contact: '护士站 8800', admitted: true });
    await desk.complete(number, 'guarantee', 'welfare-1', { note: '已出具担保函。' });
    await desk.complete(number, 'name-companion', 'political-1', { companion: 'legal-1' });
    await desk.complete(number, 'inform-family', 'legal-1', { informed: '已当面告知配偶。' });
    await desk.complete(number, 'visit', 'supervising-1', { note: '已看望。' });
    const leader = await desk.browser.open(`/cases/${number}`, { as: 'leader-1', look });
    await leader.getByRole('region', { name: standIn }).waitFor();
    expect(await leader.getByText(fell).count()).toBe(0);
    await desk.complete(number, 'stand-in', 'leader-1', { standIn: 'deputy-1', note: '夜班由其顶替。' });
    await desk.complete(number, 'nature', 'welfare-1', dutyInjury);
    await desk.complete(number, 'aid', 'welfare-1', { finding: 'none' });
    await desk.complete(number, 'file-work-injury', 'welfare-1', { filedOn: '2026-12-01', certificate: '工申3号', undisputed: true });
    await desk.complete(number, 'work-injury-decision', 'welfare-1', { finding: 'recognised', certificate: '工认9号' });
    await desk.bureau.skip({ hours: 25 });
    await desk.complete(number, 'follow-up', 'health-1', { finding: 'discharged', record: '出院。' });
    await desk.complete(number, 'fitness', 'health-1', { finding: 'fit', certificate: '健字1号' });
    await desk.bureau.skip({ days: 12 });
    await desk.complete(number, 'return-to-duty', 'leader-1', { on: '2026-12-20', note: '先安排白班。' });
    const subject = await desk.browser.open(`/cases/${number}`, { as: person, look });
    await subject.getByText(fell).first().waitFor();
    expect(await flaws(subject)).toEqual([]);
    await desk.shoot(subject, `injury-${look}`);
  },
  180_000,
);

const dutyInjury = { nature: 'duty-injury', track: 'work-injury', facts: '出警途中。', ground: 'leave-7' };
