import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { type DueMail, dropSent, giveBack, takeDue } from '../store/post.ts';
import { type Carrying, carry } from './carry.ts';
import type { ActivityDeps } from './deps.ts';

export type PostActivities = ReturnType<typeof postActivities>;

const SHIFT_MS = 60_000;
const LOOK_EVERY_MS = 1000;
/** Channels served at once, and how many of them may lead to one machine: a dead one keeps nobody else waiting. */
const AT_ONCE = 32;
const AT_ONCE_PER_HOST = 8;
/** A channel to a machine that is busy is left alone for this time. */
const BUSY_PAUSE_MS = 2000;

export const postActivities = ({ bureau, channels, log, stopping }: ActivityDeps) => ({
  /** Sends what is due for a minute, or until this worker ends. */
  async sendPost(): Promise<void> {
    const { heartbeat, cancellationSignal } = Context.current();
    const ending = AbortSignal.any([cancellationSignal, stopping]);
    const round = postRound({ bureau, channels, log, ending });
    for (const until = Date.now() + SHIFT_MS; Date.now() < until && !ending.aborted; ) {
      heartbeat();
      const taken = await round.serve(new Date());
      if (taken === 0) await Promise.race([sleep(LOOK_EVERY_MS, undefined, { signal: ending }).catch(() => undefined), round.someDone()]);
    }
    await dropSent(bureau.db, new Date());
    const beating = setInterval(heartbeat, LOOK_EVERY_MS);
    await round.allDone().finally(() => clearInterval(beating));
  },
});

export interface PostRound {
  /** Begins with the channels over which something is due, as many as there is room for. @returns how many */
  serve(at: Date): Promise<number>;
  /** Resolves when there is room again; never while nothing is under way. */
  someDone(): Promise<void>;
  allDone(): Promise<void>;
}

/** Serves several channels at once, each in its own time. */
export function postRound(carrying: Carrying): PostRound {
  const { bureau, log } = carrying;
  const underWay = new Map<Promise<void>, string>();
  const begin = (mail: DueMail, at: Date) => {
    const host = hostOf(mail);
    const isBusy = [...underWay.values()].filter((each) => each === host).length >= AT_ONCE_PER_HOST;
    const work = isBusy ? giveBack(bureau.db, mail, { error: null, works: null, at, pause: BUSY_PAUSE_MS }) : carry(carrying, mail, at);
    // What was not marked is queued still, and the lease runs out: the next post takes it up.
    const done: Promise<void> = work.then(
      () => void underWay.delete(done),
      (error: unknown) => {
        underWay.delete(done);
        log.error({ err: error, channel: mail.kind }, 'the post could not go on with a channel');
      },
    );
    underWay.set(done, isBusy ? '' : host);
  };
  return {
    serve: async (at) => {
      const room = AT_ONCE - underWay.size;
      const taken = room > 0 ? await takeDue(bureau, room, at) : [];
      for (const mail of taken) begin(mail, at);
      return taken.length;
    },
    someDone: () => (underWay.size > 0 ? Promise.race(underWay.keys()) : new Promise(() => undefined)),
    allDone: async () => void (await Promise.all(underWay.keys())),
  };
}

const hostOf = ({ kind, to }: DueMail): string => (kind === 'email' ? 'smtp' : new URL(to.address).host);
