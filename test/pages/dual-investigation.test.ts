/* 一案双查 (domain.md 3.1) done through the pages alone, from the proposal to the directive to the unit, by everyone concerned. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { allegationAgainst, proven, recording } from '../investigation.ts';
import type { TestPerson } from '../people.ts';
import { until } from '../until.ts';
import { flaws, type Look } from './browser.ts';
import { openDesk } from './desk.ts';
import { fill } from './fill.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
}, 600_000);
afterAll(() => desk?.close());
afterEach(() => expect(desk.faults()).toEqual([]));

const words = {
  desk: {
    locale: 'zh',
    file: '调查卷',
    add: (what: string) => `记入${what}`,
    records: { allegation: '问题（指控）', evidence: '证据', finding: '认定' },
    bundle: '告知材料',
    outcome: '已作出处理并送达',
    side: ['本人签收时间', '陈述和申辩意见', '未办理'],
  },
  phone: {
    locale: 'en',
    file: 'Investigation file',
    add: (what: string) => `Add: ${what}`,
    records: { allegation: 'Allegation', evidence: 'Evidence', finding: 'Finding' },
    bundle: 'What is held against you',
    outcome: 'Decided and served',
    side: ['When the person signed for it', 'Your view of the facts', 'not done'],
  },
} as const;

test.each([
  ['in Chinese on a desk', 'desk'],
  ['in English on a phone', 'phone'],
] as const)(
  '%s, both investigations are made and heard, reviewed together, decided for each person, served and carried out',
  async (_name, look) => {
    desk.lookLike(look);
    const number = await desk.start('dual-investigation', 'discipline-1', incident);
    await desk.complete(number, 'approve', 'chief', teams);
    await investigate(number, look, { lead: 'inspector-1', other: 'inspector-2', heard: 'zhao', report: onConduct });
    await investigate(number, look, { lead: 'discipline-2', other: 'inspector-3', heard: 'leader-1', report: onLeadership });
    await desk.complete(number, 'compose-review', 'political-1', { members: ['legal-1', 'peer-1', 'peer-2'] });
    for (const reviewer of ['legal-1', 'peer-1'] as const) await desk.complete(number, 'review', reviewer, approve);
    for (const decision of [demerit, talk]) await desk.complete(number, 'decide', 'political-2', decision);
    for (const _ of [demerit, talk]) await desk.complete(number, 'approve-decision', 'chief', approve);
    for (const _ of [demerit, talk]) await desk.complete(number, 'serve', 'political-2', await handedOver());
    await desk.complete(number, 'carry-out', 'political-1', { note: '已执行。' });
    await desk.bureau.skip({ days: 31 }); // nothing more can be asked for
    await desk.complete(number, 'directives', 'political-1', { directives: [{ unit: 'station-1', order: '完善枪柜双锁。' }] });
    const head = await desk.browser.open(`/cases/${number}`, { as: 'discipline-1', look });
    await head.locator('.case-state', { hasText: words[look].outcome }).waitFor();
    // Side tasks too are shown in the words of their forms, and what nobody did is not told as done.
    for (const word of words[look].side) expect(await head.locator('.closed-task', { hasText: word }).count()).toBeGreaterThan(0);
    expect(await flaws(head)).toEqual([]);
    await desk.shoot(head, `dual-investigation-${look}`);
    await head.close();
  },
  240_000,
);

interface Line {
  readonly lead: TestPerson;
  readonly other: TestPerson;
  readonly heard: TestPerson;
  readonly report: object;
}

/** One of the two: planned, its file kept, reported by two, and whom it is about heard on what is held against them. */
async function investigate(number: string, look: Look, { lead, other, heard, report }: Line): Promise<void> {
  await desk.complete(number, 'plan', lead, { plan: '调取录像、询问当班人员。' });
  const first = await entriesOf(number, lead);
  for (const { record, data } of [allegationAgainst(heard), recording, proven(first + 1, first + 2)])
    await fileEntry(number, look, { by: lead, record, data });
  await desk.complete(number, 'investigate', lead, report);
  await desk.complete(number, 'countersign', other, approve);
  await desk.complete(number, 'serve', lead, await handedOver());
  const page = await desk.browser.open(`/cases/${number}`, { as: heard, look });
  await page.getByRole('region', { name: words[look].bundle }).getByText('当晚饮酒。').waitFor();
  expect(await page.getByText('所内监控').count()).toBe(0);
  expect(await flaws(page)).toEqual([]);
  await desk.shoot(page, `heard-${heard}-${look}`);
  await page.close();
  await desk.complete(number, 'hear', heard, { answer: 'stated', statement: '钥匙不在我处。' });
  await desk.complete(number, 'consider', lead, { finding: 'stands', answer: '不予采纳。' });
}

async function entriesOf(number: string, as: TestPerson): Promise<number> {
  const page = await desk.windowOf(as);
  return (await (await page.request.get(`/api/v1/cases/${number}/records`)).json()).items.length;
}

/** Puts an entry into the file of the investigation, on the page of the case. */
async function fileEntry(
  number: string,
  look: Look,
  { by, record, data }: { readonly by: TestPerson; readonly record: keyof (typeof words)['desk']['records']; readonly data: object },
): Promise<void> {
  const { locale, file, add, records } = words[look];
  const page = await desk.browser.open(`/cases/${number}`, { as: by, look });
  const part = page.getByRole('region', { name: file });
  await part.getByRole('button', { name: add(records[record]) }).click();
  const { forms } = await (await page.request.get(`/api/v1/cases/${number}/records`)).json();
  await fill(part.locator('form'), forms[record].form, { ...data }, locale);
  await part.locator('form').getByRole('button').last().click();
  await until(async () => (await part.locator('form').count()) === 0, `${record} was not filed`);
  await page.close();
}

const handedOver = async () => ({ how: 'in-person', at: await desk.bureau.now() });
const approve = { decision: 'approve' };
const findings = [{ point: '枪柜未锁', result: 'proven', reasons: '日志清楚。' }];
const told = '拟认定履职不力。';
const incident = {
  title: '枪支管理事故',
  actOn: '2026-10-12',
  ground: 'leave-7',
  facts: '值班期间枪柜未锁。',
  conduct: ['zhao'],
  leadership: ['leader-1'],
};
const teams = {
  decision: 'approve',
  conduct: { lead: 'inspector-1', members: ['inspector-2'] },
  leadership: { lead: 'discipline-2', members: ['inspector-3'] },
};
const onConduct = { of: 'conduct', report: '枪柜未锁属实。', findings, told };
const onLeadership = {
  of: 'leadership',
  concealment: 'not-found',
  sittingOnIt: 'found',
  shielding: 'not-found',
  falsification: 'not-found',
  report: '事后未上报。',
  findings,
  told,
};
const demerit = {
  handling: '2',
  sanction: 'demerit',
  effectiveOn: '2026-12-20',
  ground: 'leave-7',
  facts: '属实。',
  reasons: '情节一般。',
};
const talk = { handling: '1', matter: '及时上报。', ground: 'leave-7', reasons: '初次。' };
