import type { TestBureau, TestCase } from '../bureau.ts';
import { itemsOf, noteItem } from '../items.ts';
import { latestRound } from '../rounds.ts';

const met = { metOn: '2026-11-25' };
const summary = '本轮已落实。';

/** Rounds over people and units. */
export const roundStories = {
  'heart-talk-partly-covered': async (bureau) => {
    const c = await latestRound(bureau, 'heart-talk');
    await c.complete('conclude', 'political-1', { summary, reasons: '外派人员未谈。' });
    await c.complete('approve', 'chief', { decision: 'return', reasons: '请补谈。' });
    const again = await concluded(c, 'political-2');
    await c.submit('political-2', { action: 'recall', task: again, reason: '补充说明' });
    await concluded(c, 'political-1');
    await c.complete('approve', 'chief', { decision: 'approve' });
    return c;
  },
  'grassroots-visit-cancelled': async (bureau) => {
    const c = await latestRound(bureau, 'grassroots-visit');
    await c.submit('chief', { action: 'cancel', reason: '机构改革。' });
    return c;
  },
  'care-visit-covered': async (bureau) => {
    await bureau.start('injury-care', 'li', { place: '江岸路', what: '扭伤。', severity: 'light' });
    const c = await latestRound(bureau, 'care-visit');
    for (const { id } of await itemsOf(bureau, c.number))
      await noteItem(bureau, c.number, 'leader-1', {
        kind: 'complete-item',
        item: id,
        data: { ...met, where: 'home', circumstances: '均好。' },
      });
    await c.complete('conclude', 'welfare-1', { summary });
    return c;
  },
} satisfies Record<string, (bureau: TestBureau) => Promise<TestCase>>;

async function concluded(c: TestCase, by: 'political-1' | 'political-2') {
  const { id } = await c.open('conclude');
  await c.complete('conclude', by, { summary, reasons: '外派人员下轮补谈。' });
  return id;
}
