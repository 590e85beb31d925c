import type { PersonId } from '../../domain/ids.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { HardshipFile } from './hardship-file.definition.ts';

type C = Case<typeof HardshipFile>;
type Outcome = (typeof HardshipFile)['outcomes'][number];
type Level = Extract<FormOf<typeof HardshipFile, 'verify'>, { finding: 'hardship' }>['level'];

const visitEvery = { high: 'visitHigh', medium: 'visitMedium', low: 'visitLow' } as const satisfies Record<Level, string>;

/** 困难建档帮扶 (domain.md 3.2): wanted → verified at home → filed with a level → plan and helper → visits by level beside the yearly review, until it ends. */
export const hardshipFile = procedure(HardshipFile, async (c) => {
  if (c.intake.person !== undefined) {
    const asked = await c.taskOrLapse('consent', { context: c.intake });
    if (asked === 'lapsed' || asked.answer === 'declined') return c.close('declined');
  }
  const level = await filed(c);
  if (level === null) return c.close('not-filed');

  const plan = await c.task('plan', { context: { level } });
  aid(c, plan.aid, plan.measures);
  c.handledBy(plan.helper);
  c.notify({ part: 'appellant' }, 'hardship-filed');
  c.stage('on-file');
  const file: File = { level, helper: plan.helper };
  const outcome = await Promise.race([visited(c, file), reviewed(c, file), changed(c)]);
  c.notify({ part: 'appellant' }, 'closed');
  return c.close(outcome);
});

/** What the review may change while visits go on. */
interface File {
  level: Level;
  helper: PersonId;
}

/** Two people decide; whoever is refused is told why, and may object once, which somebody else verifies. */
async function filed(c: C): Promise<Level | null> {
  let before: { readonly notBy: readonly PersonId[]; readonly context?: unknown } = { notBy: [] };
  for (let objected = false; ; ) {
    const found = await c.task('verify', before);
    const decided = await c.task('decide-file', { notBy: c.doneBy('verify'), context: { about: c.intake, found } });
    if (decided.decision === 'refuse') {
      before = { notBy: before.notBy, context: { found, reasons: decided.reasons } };
      continue;
    }
    if (found.finding === 'hardship') return found.level;
    c.event('told-of-remedy', { ground: found.ground, circumstances: found.circumstances, remedy });
    c.notify({ part: 'appellant' }, 'hardship-refused');
    const objection = objected ? 'lapsed' : await c.taskOrLapse('object', { context: remedy });
    if (objection === 'lapsed') return null;
    objected = true;
    before = { notBy: c.doneBy('verify'), context: { found, objection } };
  }
}

/** @source domain.md §4.7: whoever is refused is told why, and how to object */
const remedy = {
  zh: '对不予建档不服的，可以在期限内提出异议，由另一人重新核实；情况变化后可以随时再次申请。',
  en: 'You may object in time, and someone else verifies anew; if things change you may apply again at any time.',
};

/** Goes on for as long as the file does. */
async function visited(c: C, file: File): Promise<never> {
  for (;;) {
    await c.wait('until-visit', { setting: visitEvery[file.level] });
    const visit = await c.task('visit', { assignee: file.helper });
    aid(c, visit.aid, visit.circumstances);
  }
}

async function reviewed(c: C, file: File): Promise<Outcome> {
  for (;;) {
    await c.wait('until-review', { setting: 'reviewEvery' });
    const review = await c.task('review');
    if (review.finding === 'continue') {
      Object.assign(file, { level: review.level, helper: review.helper });
      c.handledBy(review.helper);
      continue;
    }
    const statement = await c.taskOrLapse('answer-exit', { context: review });
    const decided = await c.task('decide-exit', { notBy: c.doneBy('review'), context: { review, statement } });
    if (decided.decision === 'approve') return 'improved';
  }
}

/** Each year the desk is asked anew whether there is one. */
async function changed(c: C): Promise<Outcome> {
  for (;;) {
    const change = await c.taskOrLapse('report-change');
    if (change !== 'lapsed') return change.change;
  }
}

/** Aid is a case of its own, before a committee. */
function aid(c: C, asked: number | undefined, circumstances: string): void {
  if (asked === undefined) return;
  const data = { cause: 'family', circumstances: circumstances.slice(0, 5000), asked, about: c.number };
  void c.spawn('mutual-aid', { relation: 'aid', subject: c.subject, data });
}
