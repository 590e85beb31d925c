import type { PersonId, TaskId } from '../../domain/ids.ts';
import { type PanelRule, panelVerdict } from '../../domain/panel.ts';
import { cancelSideTasks } from './cancel.ts';
import type { TaskOptions } from './case.ts';
import type { Decision } from './fields.ts';
import { openTask } from './open.ts';
import type { OpenTask, Run } from './run.ts';

/*
 * 会签: several decide by a rule. Every member has a seat, a task whose form is the common decision, and nobody has two: a seat is closed to all other members, by reassignment and as
 * a substitute as well. Advisers give an opinion and never vote. The panel ends as soon as no further vote could change its decision; what is open then is cancelled.
 */

export interface PanelOptions<K extends string = string> {
  /** The task that is each member's seat; its form is the common decision. */
  readonly task: K;
  readonly members: readonly PersonId[];
  readonly rule: PanelRule;
  /** One after the other instead of all at once. */
  readonly inOrder?: boolean;
  readonly advisers?: readonly PersonId[];
  /** What advisers are asked. */
  readonly question?: string;
  /** Fewer members than this the panel never has; two unless stated (domain.md §4.2). */
  readonly atLeast?: number;
  readonly seating?: Pick<TaskOptions, 'context' | 'limit' | 'notBy'>;
}

export interface Vote {
  readonly person: PersonId;
  readonly decision: Decision['decision'];
  readonly reasons: string | null;
}

export interface PanelOutcome {
  readonly carried: boolean;
  readonly votes: readonly Vote[];
}

export interface Panel {
  readonly id: string;
  readonly options: PanelOptions;
  readonly atLeast: number;
  readonly members: PersonId[];
  readonly seats: Map<TaskId, PersonId>;
  readonly advice: TaskId[];
  /** Member → the vote of the seat, whoever filled it. */
  readonly votes: Map<PersonId, Vote>;
  readonly settle: (outcome: PanelOutcome) => void;
}

/** @throws Error for fewer members than the panel needs */
export function openPanel(run: Run, options: PanelOptions, settle: Panel['settle']): void {
  const { members, advisers = [], atLeast = 2, question } = options;
  run.panelled += 1;
  const id = `${run.input.number}!${run.panelled}`;
  const panel: Panel = { id, options, atLeast, members: [...new Set(members)], seats: new Map(), advice: [], votes: new Map(), settle };
  if (panel.members.length < atLeast) throw new Error(`a panel of ${panel.members.length} members, and ${atLeast} are the least`);
  run.panels.set(id, panel);
  for (const adviser of advisers) panel.advice.push(askAdviser(run, adviser, question));
  seatNext(run, panel);
}

function askAdviser(run: Run, adviser: PersonId, question: string | undefined): TaskId {
  run.changes.push({ kind: 'participant', person: adviser, role: 'consulted' });
  return openTask(run, { key: 'consult', options: { assignee: adviser, context: { question } }, settle: () => undefined });
}

/** Opens the seats that are to be open now: of a panel in order, the next one's. */
function seatNext(run: Run, panel: Panel): void {
  const { inOrder = false, task: key, seating = {} } = panel.options;
  const seated = new Set(panel.seats.values());
  const waiting = panel.members.filter((member) => !panel.votes.has(member) && !seated.has(member));
  for (const member of inOrder ? waiting.slice(0, seated.size > 0 ? 0 : 1) : waiting) {
    const notBy = [...panel.members.filter((other) => other !== member), ...(seating.notBy ?? [])];
    const id: TaskId = openTask(run, {
      key,
      options: { ...seating, assignee: member, notBy },
      panel: panel.id,
      settle: (end) => void (end.how === 'done' && vote(run, panel, { id, member, decision: end.data as Decision })),
    });
    panel.seats.set(id, member);
  }
}

function vote(run: Run, panel: Panel, { id, member, decision }: { id: TaskId; member: PersonId; decision: Decision }): void {
  panel.seats.delete(id);
  const reasons = decision.decision === 'approve' ? null : decision.reasons;
  panel.votes.set(member, { person: run.acting?.by ?? member, decision: decision.decision, reasons });
  proceed(run, panel);
}

function proceed(run: Run, panel: Panel): void {
  const votes = [...panel.votes.values()];
  const agreed = votes.filter(({ decision }) => decision === 'approve').length;
  const tally = { members: panel.members.length, for: agreed, against: votes.length - agreed };
  const verdict = panelVerdict(panel.options.rule, tally);
  if (verdict === null) return seatNext(run, panel);
  for (const id of [...panel.seats.keys(), ...panel.advice]) cancel(run, id, 'panel-decided');
  run.changes.push({ kind: 'event', type: 'panel-decided', data: { verdict, ...tally } });
  run.panels.delete(panel.id);
  panel.settle({ carried: verdict === 'carried', votes });
}

function cancel(run: Run, id: TaskId, reason: string): void {
  if (!run.tasks.delete(id)) return;
  run.changes.push({ kind: 'cancel-task', task: id, reason });
  cancelSideTasks(run, id);
}

export const panelOf = (run: Run, task: OpenTask): Panel | undefined => (task.panel === undefined ? undefined : run.panels.get(task.panel));

/** Whether the person has voted in this panel already, in whichever seat. */
export const hasVoted = (run: Run, task: OpenTask, person: PersonId): boolean =>
  [...(panelOf(run, task)?.votes.values() ?? [])].some((each) => each.person === person);

/** A further member, on the record; in a panel in order, the last. */
export function addMember(run: Run, task: OpenTask, { person, reason }: { person: PersonId; reason: string }): void {
  const panel = panelOf(run, task);
  if (!panel) throw new Error(`${task.id} is no seat of a panel`);
  panel.members.push(person);
  run.changes.push({ kind: 'event', type: 'panel-member-added', task: task.id, data: { person, reason } });
  seatNext(run, panel);
}

/** A member steps down, on the record; the others decide. */
export function standDown(run: Run, task: OpenTask, reason: string): void {
  const panel = panelOf(run, task);
  const member = panel?.seats.get(task.id);
  if (!panel || member === undefined) throw new Error(`${task.id} is no seat of a panel`);
  run.changes.push({ kind: 'event', type: 'stood-down', task: task.id, data: { person: member, reason } });
  cancel(run, task.id, 'stood-down');
  panel.seats.delete(task.id);
  panel.members.splice(panel.members.indexOf(member), 1);
  proceed(run, panel);
}
