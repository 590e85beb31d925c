import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { officialCalendar } from '../../domain/calendar.ts';
import type { TaskId } from '../../domain/ids.ts';
import { forms, wish } from '../../test/appeal.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const holiday = { working: false, name: '市运会' };

/** From now on the bureau's calendar has these days off as well: what an overlay does at the next start. */
function declare(days: readonly string[]): void {
  const { policies } = bureau.bureau;
  const overrides = Object.fromEntries(days.map((day) => [day, holiday]));
  Object.assign(policies.current, { calendar: officialCalendar({ timeZone: 'Asia/Shanghai', overrides }) });
}

async function classifying(): Promise<TestCase> {
  const c = await bureau.start('appeal', 'li', wish);
  await c.complete('accept', 'desk-1', forms.accept);
  return c;
}

const recompute = (c: TestCase, task: TaskId) => c.submit('supervisor-1', { action: 'recompute', task });
/** The working day on whose end the date lies, in the bureau's zone. */
const lastDay = (due: Date | null) => new Date((due?.getTime() ?? 0) - 1 + 8 * 3_600_000).toISOString().slice(0, 10);
const dayAfter = (day: string, by: number) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
const nextWorkingDay = (day: string): string => {
  const { calendar } = bureau.bureau.policies.current;
  const { working } = calendar.dayAt(Date.parse(`${dayAfter(day, 1)}T12:00+08:00`));
  return working ? dayAfter(day, 1) : nextWorkingDay(dayAfter(day, 1));
};

test('a holiday that is declared while a clock runs moves its date and its ladder, once it is reckoned anew', async () => {
  const c = await classifying();
  const before = await c.open('classify');
  declare([lastDay(before.dueAt)]);
  const later = nextWorkingDay(lastDay(before.dueAt));
  await recompute(c, before.id);
  const after = await c.open('classify');
  expect(lastDay(after.dueAt)).toBe(later);
  expect(after.ladder.find(({ kind }) => kind === 'due')?.at).toBe(after.dueAt?.toISOString());
  expect((await c.live()).tasks).toEqual([expect.objectContaining({ dueAt: after.dueAt?.toISOString() })]);
  expect(await c.events()).toContain('due-recomputed');
  declare([]);
});

test('what has moved the date before, a pause and an extension, is reckoned in', async () => {
  const c = await classifying();
  const { id } = await c.open('classify');
  await c.submit('handler-1', { action: 'pause', task: id, reason: '待复函' });
  await bureau.skip({ days: 3 });
  await c.submit('handler-1', { action: 'resume', task: id });
  await c.submit('handler-1', { action: 'extend', task: id, extendBy: { workingDays: 2 }, reason: '复杂', decide: true });
  const before = await c.open('classify');
  await recompute(c, id);
  expect((await c.open('classify')).dueAt).toEqual(before.dueAt); // nothing has changed in the calendar
  declare([lastDay(before.dueAt)]);
  await recompute(c, id);
  expect(lastDay((await c.open('classify')).dueAt)).toBe(nextWorkingDay(lastDay(before.dueAt)));
  declare([]);
});

test('a date that moves forward into the past is climbed at once, and what was climbed is not climbed again', async () => {
  const c = await classifying();
  const { id, dueAt } = await c.open('classify');
  declare([lastDay(dueAt)]);
  await recompute(c, id);
  await bureau.skip({ seconds: Math.ceil(((dueAt?.getTime() ?? 0) - Date.parse(await bureau.now())) / 1000) + 3600 });
  const told = async () => (await c.events()).filter((type) => ['due', 'escalate'].includes(type));
  expect(await told()).toEqual([]);
  declare([]); // it was a mistake
  await recompute(c, id);
  await bureau.skip({ seconds: 1 });
  expect(await told()).toEqual(['due']);
  await bureau.skip({ days: 1 });
  expect(await told()).toEqual(['due', 'escalate']);
});
