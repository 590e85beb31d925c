import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(() => api?.close());

async function open(as: TestPerson, title: string, more: object = {}): Promise<string> {
  const data = { channel: 'desk', title, content: '详情。', ...more };
  const { body } = await api.ask('POST /api/v1/cases', { as, body: { process: 'appeal', data }, headers: { Prefer: 'respond-async' } });
  return body.number;
}

const like = async (number: string, as: TestPerson) => {
  const { body } = await api.ask(`GET /api/v1/cases?like=${number}`, { as });
  return body.items.map((item: { number: string }) => item.number).sort();
};

test('the desk is shown what may be a duplicate: the same person, or much of the title', async () => {
  const given = await open('li', '三楼宿舍漏水');
  const samePerson = await open('li', '年休假安排');
  const sameTitle = await open('wang', '宿舍三楼漏水无人维修');
  await open('wang', '食堂午餐偏冷');
  expect(await like(given, 'desk-1')).toEqual([samePerson, sameTitle].sort());
});

test('a withheld name is not found out by asking for what is like it', async () => {
  const withheld = await open('zhao', '加班补助未发', { nameWithheld: true });
  const named = await open('zhao', '更衣室改造');
  expect(await like(named, 'desk-1')).toEqual([withheld]);
  expect(await like(named, 'leader-1')).toEqual([]);
  expect(await like(withheld, 'wang')).toEqual([]);
});
