import { procedure } from '../kit/procedure.ts';
import { WarningTalk } from './warning-talk.definition.ts';

/** 约谈 (domain.md 3.2): scheduled → held → its record countersigned or commented → followed up. */
export const warningTalk = procedure(WarningTalk, async (c) => {
  const { talker, at, place, unrelated } = await c.task('schedule', { context: c.intake });
  if (c.protectedAt('schedule')) {
    const context = { about: c.intake, unrelated };
    const second = await c.task('approve-again', { notBy: [c.openedBy, ...c.doneBy('schedule')], context });
    if (second.decision === 'refuse') return c.close('dropped', { reasons: second.reasons });
  }
  c.handledBy(talker);
  c.notify({ part: 'subject' }, 'talk-scheduled');
  c.event('talk-scheduled', { at, place });

  const held = await c.task('hold', { assignee: talker, dueAt: at, context: c.intake });
  // Not signing is no fault: the record stands as it was shown.
  const answer = await c.taskOrLapse('countersign', { context: held });
  const { finding } = await c.task('follow-up', { assignee: talker, context: { agreed: held.agreed, answer } });
  return c.close(finding);
});
