import type { Tier } from '../../domain/checkpoints.ts';
import type { CaseBooking } from '../../domain/fund-booking.ts';
import type { Instant, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import type { Inquiry } from '../../domain/investigation.ts';
import type { Change, Recorded, RecordedTask } from '../../domain/step.ts';
import type { Form, ProcessDefinition } from './define.ts';
import type { Panel } from './panel.ts';
import type { CaseInput, Cause, JournalEntry } from './submission.ts';

/** A case's end, as its procedure returns it from `c.close`. */
export interface Closed {
  readonly outcome: string;
}

/** A task that waits for its submission. */
export interface OpenTask extends RecordedTask {
  readonly id: TaskId;
  readonly series?: string;
  readonly form: Form;
  /** Decides something adverse: see TaskDefinition. */
  readonly adverse?: true;
  /** Whoever must have been heard before it can be done. */
  readonly afterHearing?: readonly PersonId[];
  readonly afterFindings?: Inquiry;
  /** Unless its form gives reasons why some are left: see TaskDefinition. */
  readonly afterCoverage?: true;
  /** What is booked where the form's `finding` is `when`. */
  readonly books?: TaskBooking;
  /** Ends at its limit instead of climbing on. */
  readonly lapses: boolean;
  /** When a paused clock goes on by itself. */
  readonly resumesAt?: Instant;
  /** The done task whose submission this one judges; its author may recall it while nobody has taken this one up. */
  readonly judges?: TaskId;
  /** The panel in which it is a seat. */
  readonly panel?: string;
  /** The task that waits for this one: an opinion, an extension. */
  readonly beside?: TaskId;
  /** The main task can't be done before this side task is. */
  readonly holds: boolean;
  readonly settle: (end: TaskEnd) => void;
}

/** A booking that hangs on how a task ends. */
export interface TaskBooking {
  readonly when: string;
  readonly entry: CaseBooking;
}

export type TaskEnd = { readonly how: 'done'; readonly data: unknown } | { readonly how: 'lapsed' } | { readonly how: 'recalled' };

export interface OpenWait {
  readonly id: string;
  readonly key: string;
  readonly endsAt: Instant | null;
  readonly settle: () => void;
}

/** Who gave the submission in hand; nobody where a clock is the cause. */
export interface Acting {
  readonly by: PersonId;
  readonly for: PersonId | null;
  readonly bodyHash: string;
}

/** A running case, as the workflow holds it. */
export interface Run {
  readonly definition: ProcessDefinition;
  readonly input: CaseInput;
  readonly tasks: Map<TaskId, OpenTask>;
  readonly waits: Map<string, OpenWait>;
  /** Key → who did it last, and for whom. */
  readonly doneBy: Map<string, readonly PersonId[]>;
  /** Key → the last task of that key. */
  readonly lastOf: Map<string, TaskId>;
  readonly rounds: Map<string, number>;
  /** Keys of tasks whose last one found the subject under a no-retaliation mark. */
  readonly protecting: Set<string>;
  /** Key → the day of the tier that its last task was for. */
  readonly checkpoints: Map<string, Tier>;
  /** Panels that have not decided. */
  readonly panels: Map<string, Panel>;
  /** Key → how often more time was granted. */
  readonly extensions: Map<string, number>;
  readonly journal: JournalEntry[];
  readonly patches: Set<string>;
  /** What waits for the record's answer about a spawned case, a restriction or other cases' tasks, in order. */
  readonly asking: ((recorded: Recorded) => void)[];
  readonly deliveries: Promise<unknown>[];
  /** True while earlier causes are taken again from the journal of the run before. */
  replaysJournal: boolean;
  /** The intake form, as it was last amended. */
  intake: unknown;
  /** The wait that ends the suspension in force. */
  suspension: string | null;
  /** How many of its steps the record is known to have. */
  steps: number;
  opened: number;
  waited: number;
  panelled: number;
  stage: string;
  unit: UnitId;
  handler: PersonId | null;
  transfers: number;
  /** Grows when the procedure starts over in another unit; what the earlier one still awaits never comes. */
  generation: number;
  /** The step in hand. */
  at: Instant;
  acting: Acting | null;
  changes: Change[];
  closed: Closed | null;
  /** A fault of the procedure: fails the workflow task, so that a corrected build goes on from here. */
  fault: unknown;
}

/** Tasks of one key that follow each other. */
export const lineOf = (key: string, series: string | undefined): string => (series === undefined ? key : `${key} ${series}`);

export const newRun = (definition: ProcessDefinition, input: CaseInput): Run => ({
  definition,
  input,
  tasks: new Map(),
  waits: new Map(),
  doneBy: new Map(),
  lastOf: new Map(),
  rounds: new Map(),
  protecting: new Set(),
  checkpoints: new Map(),
  panels: new Map(),
  extensions: new Map(),
  journal: [],
  patches: new Set(),
  asking: [],
  deliveries: [],
  replaysJournal: false,
  intake: input.data,
  suspension: null,
  steps: input.reopened?.steps ?? 0,
  opened: input.reopened?.tasks ?? 0,
  waited: input.reopened?.waits ?? 0,
  panelled: 0,
  stage: '',
  unit: input.unit,
  handler: input.reopened?.handler ?? null,
  transfers: 0,
  generation: 0,
  at: '' as Instant,
  acting: null,
  changes: [],
  closed: null,
  fault: null,
});

interface Bell {
  readonly at: number;
  readonly cause: Cause;
}

/**
 * The next instant at which a clock of the case wants something of its workflow, with what it wants. Of two at once, the one opened first. The rungs of a case that the bell
 * rings are not among them, but for those that call inspection.
 */
export function nextBell(run: Run): Bell | null {
  return bells(run).reduce<Bell | null>((next, bell) => (next === null || bell.at < next.at ? bell : next), null);
}

const bells = (run: Run): Bell[] => [
  ...[...run.tasks.values()].flatMap((task) => bellsOf(task, run.input.bell ?? false)),
  ...[...run.waits.values()].flatMap(({ id, endsAt }) =>
    endsAt === null ? [] : [{ at: Date.parse(endsAt), cause: { kind: 'wait-ended' as const, id } }],
  ),
];

/** A task's next rung, and the limit of one that lapses, whatever its ladder says; of a paused one, only the end of the pause. */
function bellsOf({ id: task, rungs, lapses, dueAt, pausedAt, resumesAt }: OpenTask, isRung: boolean): Bell[] {
  if (pausedAt !== null) return resumesAt === undefined ? [] : [{ at: Date.parse(resumesAt), cause: { kind: 'resume', task } }];
  const index = rungs.findIndex(({ kind, fired }) => !fired && (!isRung || kind === 'inspect'));
  const rung = rungs[index];
  return [
    ...(rung ? [{ at: Date.parse(rung.at), cause: { kind: 'rung' as const, task, index } }] : []),
    ...(lapses && dueAt !== null ? [{ at: Date.parse(dueAt), cause: { kind: 'lapse' as const, task } }] : []),
  ];
}
