import { readFileSync } from 'node:fs';
import { parsePolicy } from './policy.ts';
import { policyEntries } from './policy-entries.ts';
import { policyNotes } from './policy-notes.ts';

const shippedFile = { name: 'policy/default.yaml', text: readFileSync(new URL('../policy/default.yaml', import.meta.url), 'utf8') };
const shipped = parsePolicy([shippedFile], { demo: false });
const notes = policyNotes(shippedFile);
const under = (text: string) => policyEntries(shipped, parsePolicy([shippedFile, { name: 'overlay.yaml', text }], { demo: true }), notes);

test('the shipped policy differs from itself in nothing', () => {
  expect(policyEntries(shipped, shipped, notes).filter(({ differs }) => differs)).toEqual([]);
});

test('what an overlay changes or adds stands beside what is shipped, and nothing else does', () => {
  const differing = under(
    "{processes: {appeal: {tasks: {accept: {limit: {workingHours: 4}}}}}, brief: {at: '07:30'}, calendar: {overrides: {'2026-03-02': {working: false}}}}",
  ).filter(({ differs }) => differs);
  expect(differing.map(({ path, shipped: before, inForce }) => [path, before?.en ?? null, inForce?.en])).toEqual([
    ['brief.at', '08:00', '07:30'],
    ['processes.appeal.tasks.accept.limit', '1 working day', '4 working hours'],
    ['calendar.overrides.2026-03-02.working', null, 'no'],
  ]);
});

test('hours of duty are told as such', () => {
  const hours = under('{}').filter(({ path }) => path.startsWith('calendar.hours'));
  expect(hours.map(({ inForce }) => inForce?.zh)).toEqual(['08:30–12:00', '14:00–17:30']);
});

test('what the shipped file says of one name is not said of its neighbour', () => {
  const year = under('{calendar: {publishedThrough: 2033}}').find(({ path }) => path === 'calendar.publishedThrough');
  expect(year).toMatchObject({ inForce: { zh: '2033' }, note: null });
});

test('a ladder is told rung by rung, in words', () => {
  const ladder = under('{}').filter(({ path }) => path.startsWith('ladders.emergency.'));
  expect(ladder.map(({ inForce }) => inForce?.zh)).toEqual([
    '到期前 5 分钟：提醒（承办人）',
    '到期时：到期提醒（承办人）',
    '到期时：升级（值班室）',
    '到期后 15 分钟：升级（单位负责人）',
    '到期后 30 分钟：升级（分管局领导）',
    '到期后 45 分钟：升级（局主要领导），此后每 15 分钟一次',
  ]);
});

test('a ladder that an overlay makes shorter shows which rungs are gone', () => {
  const gone = under('{ladders: {guard: [{at: limit, do: due, to: assignee}]}}').filter(({ inForce }) => inForce === null);
  expect(gone.map(({ path }) => path)).toEqual(['ladders.guard.2', 'ladders.guard.3']);
});

test.each([
  ['timeScale', '大于 1 仅限演示：一切时长除以此数', 'above 1 in demonstrations only: every duration is divided by it'],
  ['common.tasks.consult.limit', '征询意见', 'an opinion'],
  ['processes.appeal.tasks.handle.limits.3', null, null],
  ['processes.appeal.tasks.handle.limit', '办理，按紧急程度分级（天）', 'by tier, in days'],
  ['calendar.hours.1', '值勤时段，workingHours 只在其间计算', 'hours of duty; workingHours run in them only'],
  ['ladders.standard.1', '一般：逐级升级，先督办、后督察', 'usual: level by level; first supervise, then inspect'],
])('%s carries the comment of the shipped file, in both languages', (path, zh, en) => {
  const entry = under('{}').find((each) => each.path === path);
  expect(entry).toMatchObject({ note: zh === null ? null : { zh, en } });
});
