import { type CaseBooking, fenOf } from '../../domain/fund-booking.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { MutualAid } from './mutual-aid.definition.ts';

type C = Case<typeof MutualAid>;

const fund = 'mutual-aid';

/** 困难互助金、优抚救助金 (domain.md 3.2): checked → committee → paid through the ledger → receipt. A refusal can be objected to once. */
export const mutualAid = procedure(MutualAid, async (c) => {
  const granted = (await grantedBy(c)) ?? (await reconsidered(c));
  if (granted === null) return c.close('refused');
  c.notify({ part: 'appellant' }, 'aid-granted');
  return c.close(await paid(c, granted));
});

interface Granted {
  readonly fen: number;
  readonly deciders: readonly PersonId[];
}

/** A proposal that the committee does not carry is made anew. @returns null where it refuses */
async function grantedBy(c: C): Promise<Granted | null> {
  const limit = c.intake.urgent ? { limit: 'urgent' } : {};
  let returned: unknown = null;
  for (;;) {
    const proposal: FormOf<typeof MutualAid, 'check'> = await c.task('check', returned === null ? limit : { ...limit, context: returned });
    const seating = { ...limit, notBy: c.doneBy('check'), context: { about: c.intake, proposal } };
    const judged = await c.panel({ task: 'judge', members: proposal.committee as PersonId[], rule: 'majority', seating });
    if (!judged.carried) {
      returned = { proposal, votes: judged.votes };
      continue;
    }
    const deciders = judged.votes.map(({ person }) => person);
    if (proposal.finding === 'eligible') return { fen: fenOf(proposal.amount), deciders };
    c.event('told-of-remedy', { ground: proposal.ground, circumstances: proposal.circumstances, remedy });
    c.notify({ part: 'appellant' }, 'aid-refused');
    return null;
  }
}

/** @source domain.md §4.7: whoever is refused is told why, and how to object */
const remedy = {
  zh: '对不予救助不服的，可以在期限内提出异议，由局主要领导复核；情况变化后可以随时重新申请。',
  en: 'You may object in time, and the head of the bureau reconsiders; if things change you may apply again at any time.',
};

async function reconsidered(c: C): Promise<Granted | null> {
  const objection = await c.taskOrLapse('object', { context: remedy });
  if (objection === 'lapsed') return null;
  const decided = await c.task('reconsider', {
    notBy: [...c.doneBy('check'), ...c.doneBy('judge')],
    context: { about: c.intake, objection },
  });
  if (decided.decision === 'refuse') {
    c.event('told-of-remedy', { reasons: decided.reasons });
    c.notify({ part: 'appellant' }, 'aid-refused');
    return null;
  }
  const { amount } = await c.task('grant', { context: { decided } });
  return { fen: fenOf(amount), deciders: c.doneBy('reconsider') };
}

/** Until it has arrived. What the bank returned is booked back, and paid once more. */
async function paid(c: C, { fen, deciders }: Granted): Promise<'paid' | 'not-paid'> {
  for (let nth = 1; ; nth++) {
    if (!(await booked(c, { kind: 'pay', fund, fen, nth }, deciders))) return 'not-paid';
    const receipt = await c.taskOrLapse('receipt', { context: { fen } });
    if (receipt === 'lapsed' || receipt.finding === 'received') return 'paid';
    const books = { when: 'returned', entry: { kind: 'return', fund, nth } } as const;
    const traced = await c.task('trace', { notBy: c.doneBy('pay'), books, context: { receipt, fen } });
    if (traced.finding === 'credited') return 'paid';
  }
}

/** The cashier pays what others decided; while the fund is short the case waits and says so. @returns false where nothing is to be paid any more */
async function booked(c: C, entry: Extract<CaseBooking, { kind: 'pay' }>, deciders: readonly PersonId[]): Promise<boolean> {
  for (let receiver: unknown = null; ; ) {
    const pay = await c.task('pay', { notBy: deciders, books: { when: 'paid', entry }, context: { fen: entry.fen, receiver } });
    if (pay.finding === 'paid') return true;
    if (pay.finding === 'short') {
      c.event('fund-short', { fund, fen: entry.fen });
      c.notify({ part: 'appellant' }, 'aid-waits');
      await c.task('await-funds', { context: { fen: entry.fen } });
      continue;
    }
    const resolved = await c.task('resolve', { context: { pay } });
    if (resolved.finding === 'payable') receiver = resolved.receiver;
    else if ((await c.task('confirm-void', { notBy: c.doneBy('resolve'), context: { resolved } })).decision === 'approve') return false;
  }
}
