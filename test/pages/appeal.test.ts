/* 诉求 (domain.md 3.1) done through the pages alone, by everyone concerned, on real services. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { forms, stepsToSatisfaction, wish } from '../appeal.ts';
import { flaws } from './browser.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 600_000);
afterAll(() => desk?.close());
afterEach(() => expect(desk.browser.faults()).toEqual([]));

describe.each([
  ['in Chinese on a desk', 'desk', '满意办结'],
  ['in English on a phone', 'phone', 'Closed, satisfied'],
] as const)('an appeal, %s', (_name, look, outcome) => {
  test('goes from its author to satisfaction, each step on the page of whoever does it', async () => {
    desk.lookLike(look);
    const number = await desk.start('appeal', 'li', wish);
    for (const [by, key] of stepsToSatisfaction) await desk.complete(number, key, by, forms[key]);
    const page = await desk.windowOf('li');
    await page.getByRole('banner').getByRole('searchbox').fill(number);
    await page.getByRole('banner').getByRole('searchbox').press('Enter');
    await page.locator('.case-state', { hasText: outcome }).waitFor();
    await page.getByRole('button', { name: look === 'desk' ? '核验记录' : 'Verify the record' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: look === 'desk' ? '链条完整' : 'the chain is whole' })
      .waitFor();
    expect(await flaws(page)).toEqual([]);
  }, 120_000);
});
