import { z } from 'zod';
import { may } from '../../domain/access.ts';
import type { CaseFacts } from '../../domain/access-facts.ts';
import type { ItemFacts } from '../../domain/access-round.ts';
import { sightOf } from '../../domain/access-sight.ts';
import { mayEnlarge, mayHandOn } from '../../domain/access-task.ts';
import type { Actor } from '../../domain/actor.ts';
import { type CaseRecord, type TaskRecord, taskFactsOf } from '../../store/case-view.ts';
import { processOf } from '../../workflows/definitions.ts';
import type { ProcessDefinition } from '../../workflows/kit/define.ts';
import { taskDefinition } from '../../workflows/kit/tasks.ts';

const ofCase = [
  'comment',
  'urge',
  'copy',
  'withdraw',
  'transfer',
  'merge',
  'cancel',
  'amend',
  'split',
  'suspend',
  'reopen',
  'hold',
  'release',
  'looks',
  'readers',
  'documents',
  'issue-document',
] as const;

/** Of an investigation. */
const ofInquiry = ['records', 'file-record', 'bundle'] as const;

const ofTask = ['complete', 'claim', 'pause', 'resume', 'extend', 'consult', 'reassign', 'recall', 'panel', 'stand-down'] as const;

/** With whom a round covers. */
const ofItem = ['complete', 'reassign', 'strike', 'answer-need'] as const;

/** What the reader may do with a case now. The engine and the policy may still have a reason of their own against it. */
export const CaseOffers = z.array(z.enum([...ofCase, ...ofInquiry, 'recuse', 'break-glass', 'items']));
export const TaskOffers = z.array(z.enum(ofTask));
export const ItemOffers = z.array(z.enum(ofItem));

export function caseOffers(actor: Actor, facts: CaseFacts): z.input<typeof CaseOffers> {
  const process = processOf(facts.process);
  const isBlind = sightOf(actor, facts) !== 'full';
  return [
    ...ofCase.filter((command) => may(actor, `case.${command}`, facts).granted),
    ...(isInquiry(process) ? ofInquiry.filter((command) => may(actor, `case.${command}`, facts).granted) : []),
    ...(process.items && may(actor, 'item.list', facts).granted ? (['items'] as const) : []),
    ...(facts.state !== 'closed' && may(actor, 'case.recuse', { ...facts, target: 'self' }).granted ? (['recuse'] as const) : []),
    ...(isBlind && may(actor, 'case.break-glass', facts).granted ? (['break-glass'] as const) : []),
  ];
}

export function taskOffers(actor: Actor, facts: CaseFacts, { task, record }: { task: TaskRecord; record: CaseRecord }) {
  const at = { case: facts, task: taskFactsOf(task) };
  const isSeat = taskDefinition(processOf(record.process), task.key).seat === true;
  const isPaused = task.pausedAt !== null;
  const offers = {
    complete: may(actor, 'task.complete', at).granted,
    claim: may(actor, 'task.claim', at).granted,
    pause: !isPaused && may(actor, 'task.pause', at).granted,
    resume: isPaused && may(actor, 'task.resume', at).granted,
    extend: task.dueAt !== null && may(actor, 'task.extend', at).granted,
    consult: may(actor, 'task.complete', at).granted,
    reassign: mayHandOn(actor, at).granted,
    recall: isUntaken(task, record) && may(actor, 'task.recall', at).granted,
    panel: isSeat && mayEnlarge(actor, at).granted,
    'stand-down': isSeat && may(actor, 'task.stand-down', at).granted,
  };
  return ofTask.filter((action) => offers[action]);
}

export const itemOffers = (actor: Actor, facts: ItemFacts): z.input<typeof ItemOffers> =>
  ofItem.filter((act) => may(actor, `item.${act}`, facts).granted);

/** What follows a submission is open and nobody has taken it up. */
function isUntaken({ id, closedAt }: TaskRecord, { tasks }: CaseRecord): boolean {
  const follow = tasks.filter(({ state, judges, openedAt }) => state === 'open' && (judges === id || openedAt === closedAt));
  return follow.length > 0 && follow.every(({ claimedAt }) => claimedAt === null);
}

const isInquiry = ({ tasks }: ProcessDefinition): boolean => Object.values(tasks).some(({ afterFindings }) => afterFindings === true);
