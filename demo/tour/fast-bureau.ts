import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../platform/child-process.ts';
import { readConfig } from '../../platform/config.ts';
import { embeddedBureau } from '../../platform/embedded-bureau.ts';
import { bureauClient } from '../bureau-client.ts';
import type { FastBureau } from './missed-limit.ts';

/** A day of the private bureau, in milliseconds: slow enough to read along. */
const DAY_MS = 3000;

/** Runs `show` on a bureau of its own whose time is sped up, in a folder that is gone afterwards. */
export async function withFastBureau(show: (fast: FastBureau) => Promise<void>, signal: AbortSignal): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-tour-'));
  const policy = path.join(folder, 'overlay.yaml');
  writeFileSync(policy, `timeScale: ${86_400_000 / DAY_MS}\n`);
  const config = readConfig({
    PORT: String(await freePort()),
    FIVEFOLD_DATA: path.join(folder, 'data'),
    FIVEFOLD_POLICY: policy,
    FIVEFOLD_DEMO: '1',
  });
  const bureau = embeddedBureau(config, () => undefined);
  try {
    const { url, demoPassword: password = '' } = await bureau.start();
    await show({ bureau: bureauClient(url, { password, signal }), dayMs: DAY_MS });
  } finally {
    await bureau.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
