import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { taskQueue } from '../platform/temporal.ts';
import { type TestBureau, testBureau, until } from '../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

/** @returns how the night's workflow ended. Waiting for its result would let the server skip time. */
async function night(): Promise<string> {
  const handle = await bureau.client.workflow.start('archive', { taskQueue, workflowId: `archive-${randomUUID()}`, args: [] });
  const status = async () => (await handle.describe()).status.name;
  await until(async () => (await status()) !== 'RUNNING', 'the night does not end');
  return status();
}

const state = async () => {
  const [row] = await bureau.bureau.db.$queryRaw<[{ checkpoints: number; anonymised: number }]>`
    select (select count(*)::int from record_checkpoint) as checkpoints,
           (select count(*)::int from "case" where anonymised_at is not null) as anonymised`;
  return row;
};

/** A case that closed eleven years ago. */
async function old(): Promise<string> {
  const { number, submit } = await bureau.start('appeal', 'li', { channel: 'self-service', title: '食堂', content: '午餐偏冷。' });
  await submit('li', { action: 'withdraw', reason: '已解决' });
  await bureau.bureau.db.$executeRaw`update "case" set closed_at = closed_at - interval '11 years' where number = ${number}`;
  await bureau.bureau.db.$executeRaw`delete from mark`; // which would keep the case
  return number;
}

test('each night the record is signed and what its time has passed is let go, but nothing once the record is found broken', async () => {
  await old();
  expect(await night()).toBe('COMPLETED');
  expect(await state()).toEqual({ checkpoints: 1, anonymised: 1 });
  const number = await old();
  expect(await night()).toBe('COMPLETED');
  const signed = await state();
  await bureau.bureau.db.$executeRaw`update "case" set head_hash = repeat('0', 64) where number = ${number}`;
  await old();
  expect(await night()).toBe('FAILED');
  expect(await state()).toEqual(signed);
});
