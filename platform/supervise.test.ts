import { spawn } from 'node:child_process';
import { commandOf, endProcess, type RunningService, untilEnded } from './child-process.ts';
import { supervise } from './supervise.ts';

const said: string[] = [];
const say = (_zh: string, en: string) => void said.push(en);

async function start(): Promise<RunningService> {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  await new Promise((resolve) => child.once('spawn', resolve));
  const { pid = 0 } = child;
  return { pid, ended: untilEnded(child), stop: () => endProcess(pid, 'SIGTERM', 1000) };
}

/** Starts services and tells of each one when it runs. */
function recorded() {
  const pids: number[] = [];
  let tell: (pid: number) => void;
  let next: Promise<number>;
  const expectNext = () => {
    next = new Promise((resolve) => {
      tell = resolve;
    });
  };
  expectNext();
  return {
    pids,
    start: async () => {
      const service = await start();
      pids.push(service.pid);
      tell(service.pid);
      return service;
    },
    untilNext: () => next,
    expectNext,
  };
}

test('a service that is killed is started again, and ends for good when asked', async () => {
  const services = recorded();
  const { first, stop } = await supervise('service', services.start, say);
  services.expectNext();
  process.kill(first.pid, 'SIGKILL');
  const second = await services.untilNext();
  expect(second).not.toBe(first.pid);
  expect(said).toContain('service ended (killed), starting it again …');

  await stop();
  expect(services.pids).toEqual([first.pid, second]);
  expect(commandOf(second)).toBeUndefined();
});

test('stopping while it waits to start again starts nothing', async () => {
  const services = recorded();
  const { first, stop } = await supervise('service', services.start, say);
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  await stop();
  expect(services.pids).toEqual([first.pid]);
});

test('what the first start throws is thrown', async () => {
  await expect(supervise('service', () => Promise.reject(new Error('no program')), say)).rejects.toThrow('no program');
});
