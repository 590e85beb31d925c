/* 督办 (domain.md 3.1) done through the pages alone, by everyone concerned, on a bureau whose day takes a second and a half. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { TestPerson } from '../people.ts';
import { flaws } from './browser.ts';
import { type Desk, openLiveDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openLiveDesk(`timeScale: ${86_400 / 1.5}\n`);
}, 600_000);
afterAll(() => desk?.close());
afterEach(() => expect(desk.browser.faults()).toEqual([]));

const order = { source: 'leader', title: '备勤室电路', order: '更换老化线路。', tier: '1' };
const forms: Readonly<Record<string, readonly [TestPerson, object]>> = {
  sign: ['leader-1', { handler: 'handler-1' }],
  plan: ['handler-1', { plan: '分两步进行。' }],
  result: ['handler-1', { result: '已更换线路。', evidence: ['验收单'] }],
  verify: ['supervisor-2', { decision: 'approve' }],
};

test.each([
  ['in Chinese on a desk', 'desk', { level: '升级 2 级', links: '关联办件', outcome: '落实到位' }],
  ['in English on a phone', 'phone', { level: 'Escalation level 2', links: 'Linked cases', outcome: 'Done and verified' }],
] as const)(
  '%s, one that nobody signs for climbs before the eyes of who issued it, opens an inspection, and is done all the same',
  async (_name, look, says) => {
    desk.lookLike(look);
    const number = await desk.start('supervision', 'supervisor-1', order, { unit: 'station-1' });
    const issuer = await desk.windowOf('supervisor-1');
    await issuer.locator('.case-state', { hasText: says.level }).waitFor();
    await issuer.getByRole('region', { name: says.links }).getByRole('link', { name: /DC-/ }).waitFor();
    for (;;) {
      const [key] = await desk.openTasks(number, 'supervisor-1');
      const form = forms[key ?? ''];
      if (key === undefined || form === undefined) break;
      await desk.complete(number, key, ...form);
    }
    await issuer.locator('.case-state', { hasText: says.outcome }).waitFor();
    expect(await flaws(issuer)).toEqual([]);
    await desk.shoot(issuer, `directive-${look}`);
  },
  180_000,
);
