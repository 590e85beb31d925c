import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Say } from '../platform/temporal-programs.ts';

const run = promisify(execFile);
const LONGEST_FETCH_MS = 180_000;

/**
 * A Chromium or Chrome for the tests of the pages: `CHROMIUM_PATH`, or one on this system, or Playwright's own download, or Debian's package where we may install it.
 * @throws Error that says what to install
 */
export async function browserProgram(say: Say): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== '') return given;
  return onSystem() ?? (await fromPlaywright(say)) ?? (await fromDebian(say)) ?? missing();
}

/** The shell first: without windows and menus it takes a quarter less of the two cores. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function onSystem(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return [...names.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...places].find((place) => existsSync(place));
}

async function fromPlaywright(say: Say): Promise<string | undefined> {
  const place = chromium.executablePath();
  if (existsSync(place)) return place;
  say('正在取得测试用浏览器（仅首次）…', 'Fetching a browser for the tests of the pages (only once) …');
  const program = path.join(import.meta.dirname, '..', 'node_modules', 'playwright-core', 'cli.js');
  await run(process.execPath, [program, 'install', 'chromium'], { timeout: LONGEST_FETCH_MS }).catch(() => undefined);
  return existsSync(place) ? place : undefined;
}

async function fromDebian(say: Say): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  say('正在安装 Chromium 和中文字体（仅首次）…', 'Installing Chromium and fonts (only once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env, timeout: LONGEST_FETCH_MS }).catch(() => undefined);
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium-headless-shell', 'fonts-noto-cjk'], {
    env,
    timeout: 2 * LONGEST_FETCH_MS,
  }).catch(() => undefined);
  return onSystem();
}

function missing(): never {
  throw new Error(
    '页面测试需要 Chromium 或 Chrome：请安装（Debian：apt-get install chromium fonts-noto-cjk），或用 CHROMIUM_PATH 指明其路径。\n' +
      'The tests of the pages need Chromium or Chrome: install it (Debian: apt-get install chromium fonts-noto-cjk), or name it in CHROMIUM_PATH.',
  );
}
