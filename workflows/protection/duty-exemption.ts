import { procedure } from '../kit/procedure.ts';
import { DutyExemption } from './duty-exemption.definition.ts';

/** 履职免责 (domain.md 3.3): panel composed → facts and video index, with a proposal → judged by law, discipline and peers; a proposal that is not carried is made anew. */
export const dutyExemption = procedure(DutyExemption, async (c) => {
  const { investigator, law, discipline, peers } = await c.task('compose', { context: c.intake });
  let votes: unknown = null;
  for (;;) {
    const established = await c.task('establish', { assignee: investigator, context: { about: c.intake, votes } });
    const judged = await c.panel({
      task: 'judge',
      members: [law, discipline, ...peers],
      rule: 'majority',
      atLeast: 3,
      seating: { context: { about: c.intake, established } },
    });
    if (judged.carried) {
      const { proposal, ground, reasons } = established;
      c.notify({ part: 'appellant' }, 'exemption-decided');
      return c.close(proposal, { ground, reasons });
    }
    votes = judged.votes;
  }
});
