import type { Telling, ToldCase } from '../told-case.ts';

/** Who an appeal comes from and who is named to handle it. */
export interface Wish {
  readonly by: string;
  readonly title: string;
  readonly content: string;
  readonly wish?: string;
  readonly channel?: string;
  readonly jointly?: readonly string[];
  readonly nameWithheld?: boolean;
}

export const appeal = (bureau: Telling, { by, channel = 'self-service', ...rest }: Wish): Promise<ToldCase> =>
  bureau.open(by, { process: 'appeal', data: { channel, ...rest } });

export interface Accepting {
  readonly desk?: string;
  readonly handler: string;
}

export async function accepted(bureau: Telling, wish: Wish, { desk = 'acceptance', handler }: Accepting): Promise<ToldCase> {
  const c = await appeal(bureau, wish);
  await c.complete('accept', desk, { decision: 'accept', handler });
  return c;
}

/** A concrete matter, accepted and classified by its handler. @param tier days to handle it */
export async function measure(
  bureau: Telling,
  wish: Wish,
  { tier, ...accepting }: Accepting & { readonly tier: string },
): Promise<ToldCase> {
  const c = await accepted(bureau, wish, accepting);
  await c.complete('classify', accepting.handler, { route: 'measure', tier });
  return c;
}

export interface Resolution {
  readonly findings: string;
  readonly done: string;
  readonly badManagement?: boolean;
}

export const resolved = ({ badManagement = false, ...rest }: Resolution) => ({ result: 'resolved', badManagement, ...rest });

export interface Reply {
  readonly found: string;
  readonly done: string;
  readonly rules?: readonly string[];
}

/** What an answer in writing says, with the remedies that remain (信访工作条例 §35, §36). */
export const reply = ({ found, done, rules = ['petition-work-34'] }: Reply) => ({
  found,
  done,
  rules,
  remedies: '如对本答复不满意，可自收到之日起三十日内申请复查；对复查意见仍不满意的，可申请复核。也可依法向上级机关反映。',
});

/** The reply, drafted by the handler and approved by the leader. */
export async function replied(
  c: ToldCase,
  { handler, leader, ...written }: Reply & { readonly handler: string; readonly leader: string },
): Promise<void> {
  await c.complete('draft-reply', handler, reply(written));
  await c.complete('approve-reply', leader, { decision: 'approve' });
}

export const satisfied = (score: number, comment?: string) => ({ answer: 'satisfied', score, ...(comment !== undefined && { comment }) });
export const unsatisfied = (reasons: string) => ({ answer: 'unsatisfied', reasons });
