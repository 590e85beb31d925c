import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../platform/child-process.ts';
import { type NpmStart, npmStart, outputOf, processesOn, withoutDemoCases } from './npm-start.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-tour-test-'));
const data = path.join(folder, 'data');
let port: string;
let bureau: NpmStart;

beforeAll(async () => {
  port = String(await freePort());
  withoutDemoCases(data);
  bureau = npmStart({ FIVEFOLD_DATA: data, PORT: port });
  await bureau.untilServing();
}, 120_000);
afterAll(async () => {
  process.kill(bureau.pid, 'SIGTERM');
  await bureau.ended;
  rmSync(folder, { recursive: true });
});

/** `npm run tour` as a person runs it beside `npm start`. */
async function tour(env: Record<string, string>): Promise<{ code: number | null; told: string }> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'demo/tour.ts'], {
    env: { ...process.env, FIVEFOLD_DATA: data, PORT: port, TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = outputOf(child);
  const [code] = await once(child, 'close');
  return { code, told: told() };
}

test('the tour tells an appeal and a missed limit, and leaves nothing behind', async () => {
  const { code, told } = await tour({});
  expect({ code, told }).toEqual({ code: 0, told: expect.stringContaining('everything was as told') });
  const story = [
    '提交诉求',
    /件号 SQ-\d{4}-\d{6}/,
    /须于 \d{4}-\d\d-\d\d 24:00 前办结：.*起算，当日不计/,
    '未找到，或您无权知悉',
    '应当回避',
    '没有第二次生效',
    '该任务已办结或已撤销',
    '此事须由另一人办理',
    '审批同意，答复送达',
    '办结：满意',
    /共 \d+ 条记录，链条完整/,
    '只见环节、时限与经手人',
    '一天合 3 秒',
    /第 0\.8 天.*即将到期.*通知：孙新飞/,
    /第 1\.0 天.*已到期.*通知：孙新飞/,
    /第 2\.0 天.*已上报上一级.*通知：郭宏鹏、林林/,
    /第 3\.0 天.*已上报上一级.*通知：周明东、张雨欣/,
    /第 4\.0 天.*已移送督察.*通知：马晓杰/,
    '迟到的办结照常生效',
  ];
  const places = story.map((part) => told.search(part));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(Math.min(...places)).toBeGreaterThan(0);
  expect(told).not.toContain('\u001b'); // no colours where nobody reads
  expect(readdirSync(folder).filter((name) => name.startsWith('fivefold-'))).toEqual([]);
  expect(processesOn(path.join(folder, 'fivefold-tour-'))).toEqual([]);
}, 120_000);

test('with nothing running the tour says what to start', async () => {
  const { code, told } = await tour({ FIVEFOLD_URL: `http://127.0.0.1:${await freePort()}` });
  expect(code).toBe(78);
  expect(told).toMatch(/请先在另一个终端运行 npm start[\s\S]+run npm start in another terminal/);
});

test('with a password that does not open the bureau the tour says which one it needs', async () => {
  const { code, told } = await tour({ FIVEFOLD_DEMO_PASSWORD: 'not the password' });
  expect(code).toBe(78);
  expect(told).toMatch(/FIVEFOLD_DEMO_PASSWORD/);
});
