import type { PersonId } from '../../domain/ids.ts';
import type { Case } from '../kit/case.ts';
import { procedure } from '../kit/procedure.ts';
import { RightsProtection } from './rights-protection.definition.ts';

type C = Case<typeof RightsProtection>;

/** 执法权益保护 (domain.md 3.3): a protector at once, and whether power was misused by another unit → handled, prevented and cared for side by side → the result in writing. */
export const rightsProtection = procedure(RightsProtection, async (c) => {
  const organised = c.task('organise', { context: c.intake });
  const supported = c.spawnedBy === null ? isSupported(c) : Promise.resolve(true);
  const { protector } = await organised;
  c.handledBy(protector);

  const { handled } = await c.branches({
    handled: () => handle(c, protector, supported),
    risk: () => c.task('remove-risk', { context: c.intake }),
    warning: () => c.task('warn-units', { assignee: protector, context: c.intake }),
    care: () => c.task('visit', { context: c.intake }),
  });
  const { result } = await c.task('conclude', { assignee: protector, context: { outcome: handled } });
  if (handled === 'withheld' || handled === 'not-established') c.event('told-of-remedy', remedy);
  c.notify({ part: 'appellant' }, 'rights-result');
  return c.close(handled, { result });
});

type Handled = 'protected' | 'cleared' | 'not-established' | 'withheld';

/** What it rests on is kept at once, whatever the check brings. */
async function handle(c: C, protector: PersonId, supported: Promise<boolean>): Promise<Handled> {
  if (c.spawnedBy !== null) return pursue(c, protector, { facts: c.intake.what, spreadIn: c.intake.spreadIn });
  const kept = await c.task('keep-evidence', { assignee: protector, context: c.intake });
  if (!(await supported)) return 'withheld';
  const established = await verify(c, kept);
  return established === null ? 'not-established' : pursue(c, protector, established);
}

/** By a unit without a tie to the officer's; not supporting an officer takes a second person, who may have somebody else look again. */
async function isSupported(c: C): Promise<boolean> {
  const about = c.intake;
  let notBy: readonly PersonId[] = [];
  for (;;) {
    const checked = await c.task('check-misuse', { context: { about }, notBy });
    if (checked.finding === 'supported') return true;
    const confirmed = await c.task('confirm-withheld', { context: { about, checked }, notBy: c.doneBy('check-misuse') });
    if (confirmed.decision === 'approve') return false;
    notBy = c.doneBy('check-misuse');
  }
}

interface Established {
  readonly facts: string;
  readonly spreadIn?: string | undefined;
}

async function verify(c: C, kept: unknown): Promise<Established | null> {
  let returned: unknown = null;
  for (;;) {
    const verified = await c.task('verify', { context: { about: c.intake, kept, returned } });
    if (verified.finding === 'established') return { facts: verified.facts, spreadIn: verified.spreadIn ?? c.intake.spreadIn };
    const confirmed = await c.task('confirm-not-established', { context: verified });
    if (confirmed.decision === 'approve') return null;
    returned = { verified, reasons: confirmed.reasons };
  }
}

async function pursue(c: C, protector: PersonId, { facts, spreadIn }: Established): Promise<'protected' | 'cleared'> {
  await c.branches({
    law: () => followUp(c, protector, facts),
    name: async () => (spreadIn === undefined ? null : clearName(c, facts, spreadIn)),
  });
  return spreadIn === undefined ? 'protected' : 'cleared';
}

/** Until whoever has to decide has decided; the clock may be paused meanwhile. */
async function followUp(c: C, protector: PersonId, facts: string): Promise<void> {
  const acted = await c.task('act', { assignee: protector, context: { about: c.intake, facts } });
  let isPending = acted.pending;
  while (isPending) {
    const { state } = await c.task('liaise', { assignee: protector, context: { acted } });
    isPending = state === 'pending';
  }
}

/** 澄清正名: in the same circle in which it was damaged, with proof, until the officer agrees that it is or someone who had no part in it finds so. */
async function clearName(c: C, facts: string, spreadIn: string): Promise<void> {
  let missing: unknown = null;
  let notBy: readonly PersonId[] = [];
  for (;;) {
    const cleared = await c.task('clear-name', { context: { facts, spreadIn, missing }, notBy });
    const answer = await c.taskOrLapse('confirm-cleared', { context: { spreadIn, cleared } });
    if (answer === 'lapsed' || answer.finding === 'cleared') break;
    const judged = await c.task('judge-cleared', { context: { spreadIn, cleared, missing: answer.missing } });
    if (judged.finding === 'enough') break;
    missing = { answer: answer.missing, reasons: judged.reasons };
    notBy = c.doneBy('clear-name');
  }
  c.notify({ part: 'appellant' }, 'name-cleared');
  if (c.intake.about) c.tellCase(c.intake.about, { event: 'name-cleared', link: { here: 'about', there: 'name-cleared-in' } });
}

/** @source Civil Servants Law art. 95 */
const remedy = {
  rule: 'civil-servants-95',
  zh: '有新的证据可以重新提出；对本结果不服的，可以提出诉求，或者依法申请复核、申诉；您作为公民报案、起诉的权利不受影响。',
  en: 'You may ask again with new evidence, raise an appeal, or ask for reconsideration and complain. Your rights as a citizen, to report a crime or to sue, stand as they are.',
};
