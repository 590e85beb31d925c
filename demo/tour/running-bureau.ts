import { z } from 'zod';
import type { Config } from '../../platform/config.ts';
import { demoPasswordOf } from '../../platform/running-bureau.ts';
import { SetupError } from '../../platform/setup-error.ts';
import { type BureauClient, bureauClient, Refused } from '../bureau-client.ts';

const Readiness = z.object({ ready: z.boolean(), parts: z.record(z.string(), z.object({ state: z.string() })) });

/** The demonstration bureau that runs at the configured address. @throws SetupError with what to do when none does, or its password is not known */
export async function runningBureau(config: Config, signal: AbortSignal): Promise<BureauClient> {
  const { url } = config;
  const readiness = await readinessAt(url);
  if (readiness === null) {
    throw new SetupError(
      `${url} 没有运行中的系统：请先在另一个终端运行 npm start，或用 FIVEFOLD_URL 指明其地址。`,
      `No bureau runs at ${url}: run npm start in another terminal first, or give its address with FIVEFOLD_URL.`,
    );
  }
  const down = Object.entries(readiness.parts).filter(([, { state }]) => state !== 'up');
  if (down.length > 0) {
    const names = down.map(([part]) => part).join(', ');
    throw new SetupError(
      `${url} 尚未就绪（${names}）：请稍候再试。`,
      `The bureau at ${url} is not ready (${names}): try again in a moment.`,
    );
  }
  const password = demoPasswordOf(config);
  if (password === undefined) throw unknownPassword(url);
  const bureau = bureauClient(url, { password, signal });
  await bureau.ask('officer', 'GET /me').catch((error: unknown) => {
    throw error instanceof Refused && error.status === 401 ? unknownPassword(url, error) : error;
  });
  return bureau;
}

async function readinessAt(url: string): Promise<z.output<typeof Readiness> | null> {
  try {
    return Readiness.parse(await (await fetch(`${url}/readyz`)).json());
  } catch {
    return null; // nobody listens, or something else does
  }
}

const unknownPassword = (url: string, cause?: unknown): SetupError =>
  new SetupError(
    `${url} 的演示口令不对，或其中没有演示单位：请用 FIVEFOLD_DEMO_PASSWORD 给出启动时显示的口令。`,
    `The demo password does not open ${url}, or it is no demonstration: give the password that its start printed with FIVEFOLD_DEMO_PASSWORD.`,
    cause,
  );

/** How long a day lasts there, in milliseconds: less than 24 hours where the time is sped up. */
export async function dayLengthOf(bureau: BureauClient): Promise<number> {
  const from = new Date().toISOString();
  const { dueAt } = z.object({ dueAt: z.string() }).parse(await bureau.ask('officer', `GET /calendar/due?from=${from}&days=1`));
  return Date.parse(dueAt) - Date.parse(from);
}
