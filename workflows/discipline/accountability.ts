import type { PersonId } from '../../domain/ids.ts';
import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import type { Closed } from '../kit/run.ts';
import { Accountability } from './accountability.definition.ts';
import { investigateAndHear, nameTeam, type Team } from './one-inquiry.ts';
import { imposed, makeGood, quashed, remedies, remedyText } from './sanction.ts';

type C = Case<typeof Accountability>;
type Decided = FormOf<typeof Accountability, 'decide'>;

/** 领导责任追究 (domain.md 3.3): a leader decides whether → investigated by a team → heard → decided by two → served, with its remedies. */
export const accountability = procedure(Accountability, async (c) => {
  const filed = await c.task('file', { notBy: openerOf(c), context: c.intake });
  if (filed.decision === 'refuse') return c.close('refused', { reasons: filed.reasons });

  const leader = filed.leader as PersonId;
  c.participant(leader, 'reported');
  const team = nameTeam(c, filed, leader);
  const heard = await investigateAndHear(c, team, undefined);
  const decided = await decideByTwo(c, team, heard);
  return carryOut(c, leader, decided);
});

/** Whoever proposes it does not decide; what another case brings was proposed by nobody here. */
const openerOf = (c: C): readonly PersonId[] => (c.spawnedBy === null ? [c.openedBy] : []);

/** 拟定 → 审批; against a protected person by a second one as well (domain.md §4.5). */
async function decideByTwo(c: C, { person: about }: Team, heard: unknown): Promise<Decided> {
  let refused: unknown;
  for (;;) {
    const { drafted, approved, reasons } = await approval(c, {
      draft: 'decide',
      approve: 'approve-decision',
      drafting: { about, context: { heard, refused } },
      approving: { about, context: { heard } },
    });
    if (approved && (await approvedAgain(c, drafted))) {
      c.event('decided', { handling: drafted.handling });
      return drafted;
    }
    refused = { drafted, reasons };
  }
}

async function approvedAgain(c: C, drafted: Decided): Promise<boolean> {
  if (!c.protectedAt('approve-decision')) return true;
  const notBy = [...c.doneBy('decide'), ...c.doneBy('approve-decision')];
  return (await c.task('approve-again', { notBy, context: { draft: drafted } })).decision === 'approve';
}

/** What was decided, served on the leader; a sanction ends by its dates, the case when nothing more can be asked for. */
async function carryOut(c: C, leader: PersonId, decided: Decided): Promise<Closed> {
  const by = c.doneBy('decide')[0];
  if (decided.handling === 'no-fault' || decided.handling === 'admonish') {
    await c.serve({ to: leader, by, document: { decision: decided, remedy: remedyText } });
    if (decided.handling === 'admonish') return c.close('reprimanded');
    c.stage('restore');
    await makeGood(c, leader);
    return c.close('no-responsibility');
  }
  const { force, servedAt, carriedOut } = await imposed(c, { person: leader, decided, panel: [], by });
  c.stage('effect');
  if ((await remedies(c, force, servedAt)) === 'stands') {
    await carriedOut;
    return c.close('sanctioned', { sanction: force.sanction });
  }
  c.cancel('quashed', `carry-out ${leader}`);
  c.stage('restore');
  await quashed(c, force);
  return c.close('quashed');
}
