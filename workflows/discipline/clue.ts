import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { Clue } from './clue.definition.ts';

type C = Case<typeof Clue>;
type Assessed = Exclude<FormOf<typeof Clue, 'assess'>, { decision: 'ask' }>;

/** 问题线索 (domain.md 3.2): those reported identified → assessed: unfounded (by two), talk, preliminary check, filed. */
export const clue = procedure(Clue, async (c) => {
  c.mark('no-retaliation', 'noRetaliation');
  const { reported = [], leaders = [] } = await c.task('identify', { context: c.intake });
  for (const person of new Set([...reported, ...leaders])) c.participant(person, 'reported');

  const guard: Guard = { level: 0 };
  let about: unknown = c.intake;
  for (;;) {
    const assessed = await assessedInTime(c, guard, about);
    switch (assessed.decision) {
      case 'preliminary-check':
        about = await checkedInTime(c, guard, assessed);
        break;
      case 'unfounded': {
        const confirmed = await c.task('confirm-unfounded', { context: assessed });
        if (confirmed.decision === 'approve') {
          await clearNames(c, assessed);
          return closed(c, 'unfounded', assessed.reply);
        }
        about = { assessed, reasons: confirmed.reasons };
        break;
      }
      case 'talk':
        await talk(c, assessed);
        return closed(c, 'talk', assessed.reply);
      case 'file':
        // Release 0.2 left the opening of the case to the discipline inspectors; the branch can go when no clue of then is open.
        if (c.patched('clue-opens-discipline')) await file(c, assessed);
        return closed(c, 'filed', assessed.reply);
    }
  }
});

const levels = ['assess', 'assess-above', 'assess-at-top'] as const;

/** Who decides the clue now. It never goes down again. */
interface Guard {
  level: 0 | 1 | 2;
}

/** 压案不查 guard: whoever does not decide in time loses the clue to the level above, until the top, which is reported anew each time. */
async function assessedInTime(c: C, guard: Guard, about: unknown): Promise<Assessed> {
  for (;;) {
    const assessed = await assessedAt(c, levels[guard.level], about);
    if (assessed !== 'lapsed') return assessed;
    reportUpward(c, guard, levels[guard.level]);
  }
}

/** A question to the reporter stops no clock, or it could be asked to gain time. */
async function assessedAt(c: C, level: (typeof levels)[number], about: unknown): Promise<Assessed | 'lapsed'> {
  let assessed = await c.taskOrLapse(level, { context: { about } });
  while (assessed !== 'lapsed' && assessed.decision === 'ask') {
    const { question } = assessed;
    const answer = await c.taskOrLapse('answer-question', { context: { question } });
    assessed = await c.taskOrLapse(level, { keepsDate: true, context: { about, question, answer } });
  }
  return assessed;
}

/** 初核, under the same guard: what is not checked in time is assessed as it stands, one level up. */
async function checkedInTime(c: C, guard: Guard, { plan }: Extract<Assessed, { decision: 'preliminary-check' }>): Promise<unknown> {
  const checked = await c.taskOrLapse('check', { context: { plan } });
  if (checked === 'lapsed') reportUpward(c, guard, 'check');
  return { plan, checked };
}

function reportUpward(c: C, guard: Guard, from: string): void {
  guard.level = guard.level === 0 ? 1 : 2;
  c.event('reported-upward', { from, to: levels[guard.level] });
  c.notify({ role: 'bureau-leader' }, 'clue-not-decided');
  // 压案不查: when a leader let it lie as well. Cases of release 0.2 go on as they began; the branch can go when none is open.
  if (from === 'assess-above' && c.patched('clue-guard-opens-accountability')) {
    const facts = '问题线索逾期未处置，已逐级上报。';
    void c.spawn('accountability', { relation: 'accountability', atBureau: true, data: { heading: 'sitting-on-it', facts } });
  }
}

async function talk(c: C, { persons, matter, actOn, ground }: Extract<Assessed, { decision: 'talk' }>): Promise<void> {
  for (const person of new Set(persons)) {
    await c.spawn('warning-talk', {
      relation: 'talk',
      subject: person,
      data: { person, occasion: 'problem', source: 'clue', matter, actOn, ground },
    });
  }
}

/** 立案: a case for each person, which tells of neither the clue nor its reporter. */
async function file(c: C, { persons, reasons, actOn, ground }: Extract<Assessed, { decision: 'file' }>): Promise<void> {
  for (const person of new Set(persons)) {
    const data = { person, actOn, ground, facts: reasons, source: 'clue' };
    await c.spawn('discipline', { relation: 'discipline', subject: person, data });
  }
}

/** 澄清正名, in the same circle in which the name was damaged (domain.md §4.4); it tells of neither the clue's contents nor its reporter. */
async function clearNames(c: C, { clear = [] }: Extract<Assessed, { decision: 'unfounded' }>): Promise<void> {
  for (const { person, spreadIn } of clear) {
    const what = '针对本人的反映经核查不实。';
    const data = { kind: 'false-accusation', what, onDuty: true, spreadIn };
    await c.spawn('rights-protection', { relation: 'clears-name', subject: person, data });
  }
}

/** Those who are named learn of it in the extract that they see, the others by their receipt. */
function closed(c: C, outcome: 'unfounded' | 'talk' | 'filed', reply: string) {
  c.event('reporter-told', { reply });
  c.notify({ part: 'appellant' }, 'closed');
  return c.close(outcome);
}
