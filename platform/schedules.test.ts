import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type DevServer, startDevServer } from '../test/dev-server.ts';
import { ensureSchedules, type ScheduleDefinition } from './schedules.ts';

let server: DevServer;
beforeAll(async () => {
  server = await startDevServer();
});
afterAll(() => server.stop());

const daily: ScheduleDefinition = {
  id: 'brief',
  spec: { cronExpressions: ['30 7 * * *'], timezone: 'Asia/Shanghai' },
  workflowType: 'brief',
  catchUp: '1 hour',
};
const described = () => server.client.schedule.getHandle('brief').describe();

test('a schedule is made once, and each further start of a worker brings it up to date', async () => {
  await ensureSchedules(server.client, [daily]);
  expect((await described()).info.nextActionTimes[0]?.toISOString()).toMatch(/T23:30:00.000Z$/);

  await ensureSchedules(server.client, [{ ...daily, spec: { intervals: [{ every: '1 day', offset: '3 hours' }] }, args: ['usual'] }]);
  const { spec, action, info } = await described();
  expect(info.nextActionTimes[0]?.toISOString()).toMatch(/T03:00:00.000Z$/);
  expect(spec.intervals).toEqual([{ every: 86_400_000, offset: 10_800_000 }]);
  expect(action.args).toEqual(['usual']);
});

test('a schedule that an operator paused stays paused', async () => {
  await ensureSchedules(server.client, [daily]);
  await server.client.schedule.getHandle('brief').pause('the hall is closed');
  await ensureSchedules(server.client, [{ ...daily, workflowType: 'other' }]);
  const { state, action } = await described();
  expect({ paused: state.paused, note: state.note, type: action.workflowType }).toEqual({
    paused: true,
    note: 'the hall is closed',
    type: 'other',
  });
});
