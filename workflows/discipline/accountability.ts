import type { Instant, PersonId } from '../../domain/ids.ts';
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
  if (decided.handling === 'no-fault') {
    await c.serve({ to: leader, by, document: { decision: decided } });
    return madeGood(c, leader, 'no-responsibility');
  }
  if (decided.handling === 'admonish') {
    const { servedAt } = await c.serve({ to: leader, by, document: { decision: decided, remedy: remedyText } });
    c.stage('effect');
    return (await reprimandStands(c, leader, servedAt)) ? c.close('reprimanded') : madeGood(c, leader, 'quashed');
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

async function madeGood(c: C, leader: PersonId, outcome: 'no-responsibility' | 'quashed'): Promise<Closed> {
  c.stage('restore');
  await makeGood(c, leader);
  return c.close(outcome);
}

/** 复核、申诉 against a reprimand, which bars from nothing and can't be made lighter: it stands or is quashed. */
async function reprimandStands(c: C, leader: PersonId, servedAt: Instant): Promise<boolean> {
  const mine = { series: leader, assignee: leader };
  const asked = await c.taskOrLapse('ask-reconsideration', { ...mine, since: servedAt });
  if (asked === 'lapsed') return true;
  let { grounds } = asked;
  if (asked.way === 'reconsideration') {
    if (await isQuashed(c, 'reconsider', leader, grounds)) return false;
    const { servedAt: toldAt } = await c.serve({
      to: leader,
      by: c.doneBy('reconsider', leader)[0],
      document: { reconsideration: 'upheld' },
    });
    const complained = await c.taskOrLapse('complain', { ...mine, since: toldAt });
    if (complained === 'lapsed') return true;
    grounds = complained.grounds;
  }
  return !(await isQuashed(c, 'decide-complaint', leader, grounds));
}

async function isQuashed(c: C, key: 'reconsider' | 'decide-complaint', leader: PersonId, grounds: string): Promise<boolean> {
  const notBy = c.hasDone('reconsider', leader) ? c.doneBy('reconsider', leader) : [];
  for (let again = false; ; again = true) {
    const { finding } = await c.task(key, {
      series: leader,
      above: key === 'decide-complaint',
      keepsDate: again,
      notBy,
      context: { grounds },
    });
    if (finding !== 'lighter') return finding === 'quashed';
  }
}
