import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PersonId } from '../../domain/ids.ts';
import { note } from '../../store/steps.ts';
import { forms, wish } from '../../test/appeal.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 120_000);
afterAll(() => bureau?.close());

/** An appeal that handler-1 has to classify. */
const accepted = async (): Promise<TestCase> => {
  const c = await bureau.start('appeal', 'li', wish);
  await c.complete('accept', 'desk-1', forms.accept);
  return c;
};
const handOver = async ({ number }: TestCase, from: TestPerson, to: TestPerson) => {
  const change = { kind: 'hand-over', from: PersonId.parse(from), to: PersonId.parse(to), reason: '调离' } as const;
  const at = new Date(await bureau.now());
  await note(bureau.bureau, { case: number, cause: randomUUID(), at, by: null, for: null, bodyHash: null, changes: [change] });
};

test('what the procedure opens later for whoever handed over goes to the last one in the chain', async () => {
  const c = await accepted();
  await handOver(c, 'handler-1', 'zhao');
  await handOver(c, 'zhao', 'wang');
  expect(await c.open('classify')).toMatchObject({ assignee: 'wang' });
  await c.complete('classify', 'wang', forms.classify);
  expect(await c.open('handle')).toMatchObject({ assignee: 'wang' });
  expect(await c.row()).toMatchObject({ handler: 'wang' });
  expect((await c.events()).filter((type) => type === 'handed-over' || type === 'task-passed-on')).toEqual([
    'handed-over',
    'handed-over',
    'task-passed-on',
  ]);
});

test('whoever takes back what they had handed over has it again', async () => {
  const c = await accepted();
  await handOver(c, 'handler-1', 'zhao');
  await handOver(c, 'zhao', 'handler-1');
  await c.complete('classify', 'handler-1', forms.classify);
  expect(await c.open('handle')).toMatchObject({ assignee: 'handler-1' });
  expect(await c.events()).not.toContain('task-passed-on');
});

test('nothing is handed over to someone who stands down in the case, nor anything to whoever had nothing', async () => {
  const c = await accepted();
  await expect(handOver(c, 'handler-1', 'handler-2')).rejects.toThrow(/conflict of interest/); // a relative of li
  await expect(handOver(c, 'wang', 'zhao')).rejects.toThrow(/not at a point/);
  expect(await c.row()).toMatchObject({ handler: 'handler-1' });
});

test('a task for someone who has left without a successor goes to the leader, never to nobody', async () => {
  const c = await accepted();
  await bureau.bureau.db.$executeRaw`update person set left_at = ${new Date(await bureau.now())} where id = 'handler-1'`;
  await c.complete('classify', 'handler-1', forms.classify);
  expect(await c.open('handle')).toMatchObject({ assignee: null, role: 'unit-leader', unit: 'station-1' });
  expect(await c.events()).toContain('task-passed-on');
  expect(await c.notices('leader-1')).toContain('task-opened');
});
