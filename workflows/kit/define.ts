import type { z } from 'zod';
import type { CaseCommand, CommandRule, Confidentiality } from '../../domain/access-facts.ts';
import type { Tier } from '../../domain/checkpoints.ts';
import type { Text } from '../../domain/ids.ts';
import type { Duty } from '../../domain/recusal.ts';
import type { Role } from '../../domain/roles.ts';
import type { ItemRule, Roster } from '../../domain/round-item.ts';
import type { Rhythm } from '../../domain/round-period.ts';

/** The bureau's groups of processes; a process's group is its folder (architecture.md). */
export type Group =
  | 'interests'
  | 'guidance'
  | 'hardship'
  | 'management'
  | 'discipline'
  | 'study'
  | 'example'
  | 'protection'
  | 'training'
  | 'welfare'
  | 'service'
  | 'programme';

/** Request, directive, investigation, time-bound status, recurring round, emergency (domain.md §3). */
export type Shape = 'R' | 'D' | 'I' | 'S' | 'C' | 'E';

/**
 * A form, built when it is first needed: every case that wakes up evaluates the definitions anew, and building the schemas of all processes each time
 * took most of a worker's time (docs/benchmarks.md).
 */
export type Form<F extends z.ZodType = z.ZodType> = () => F;

export interface TaskDefinition<F extends z.ZodType = z.ZodType> {
  readonly title: Text;
  /** Who does it unless the procedure names someone: a role in the case's unit or the nearest above it, or the case's subject. */
  readonly role: Role | 'subject';
  /** What whoever does it becomes for the rest of the case: whoever handled does not decide, whoever decided does not review (domain.md §4.1). */
  readonly duty: Duty;
  readonly form: Form<F>;
  /** Instead of a limit of its own: days of the process's tiers (policy setting `tiers`), counted from the case's acceptance. It is due on the first that is still to come. */
  readonly checkpoints?: readonly Tier[];
  /** What it decides is to the subject's disadvantage: where a no-retaliation mark protects them, the form's `unrelated` must say why it has nothing to do with that (domain.md §4.5). */
  readonly adverse?: true;
  /** Whoever does it must have no tie to the case's unit (domain/independence.ts); `of-unit`: having handled its cases before is none. */
  readonly independent?: true | 'of-unit';
  /** What it decides is about a person who must have been heard before: the record refuses it otherwise (domain.md §4.3). */
  readonly afterHearing?: true;
  /** It ends an investigation: the record refuses it while an allegation has no finding. */
  readonly afterFindings?: true;
  /** It ends a round: the record refuses it while someone is left, unless its form's `reasons` say why. */
  readonly afterCoverage?: true;
  /** One of several who decide by a rule has it: a seat of a panel (panel.ts). */
  readonly seat?: true;
  /** Where it belongs on the drawn path; its own key unless stated. */
  readonly stage?: string;
  /** It is open beside whatever goes on, and no stage of the case. */
  readonly standing?: true;
  /** What it is about and what was answered are medical facts: see `medicalFor`. */
  readonly medical?: true;
  /** Fields of its form, a choice or a small number each, that figures count by: kept in the clear. */
  readonly counts?: readonly string[];
}

/** Whom a round covers, and what is recorded of each. Its limit and ladder stand in the policy beside those of the tasks. */
export interface ItemDefinition<F extends z.ZodType = z.ZodType> {
  readonly title: Text;
  readonly roster: Roster;
  /** Who sees to it: the nearest holder above whoever is on the list. */
  readonly role: Role;
  readonly form: Form<F>;
  /** What is recorded is for the two who met, and nobody else. */
  readonly confidential?: true;
  /** The item of whoever the form's `met` names: they were met on the same occasion. */
  readonly meets?: string;
}

export interface ProcessDefinition<
  I extends z.ZodType = z.ZodType,
  T extends Record<string, TaskDefinition> = Record<string, TaskDefinition>,
  O extends readonly string[] = readonly string[],
> {
  readonly id: string;
  /** Two capital letters before the number. */
  readonly prefix: string;
  readonly group: Group;
  readonly shape: Shape;
  readonly title: Text;
  readonly confidentiality: Confidentiality;
  readonly startableBy: readonly Role[];
  /** Roles that see every case of this process below sealed, wherever in the bureau it runs. */
  readonly overseenBy: readonly Role[];
  /**
   * The care team, where the case holds medical facts: fields marked so (`medical` in fields.ts) and all of a task that is `medical` are shown to the subject, to the team, and to
   * whoever does or did that task; to nobody else who sees the case (domain/medical.ts).
   */
  readonly medicalFor?: readonly Role[];
  /** Reports about the same person are one case, for so long after the first: name of the policy's setting (store/join-case.ts). */
  readonly oneWithin?: string;
  /** The part of whoever opens it, where they would otherwise have none. */
  readonly openerRole?: 'caller';
  /** A recurring duty: the bureau itself opens one case for each period. Its intake form has `period` and what the round covers (activities/rounds.ts). */
  readonly round?: Rhythm;
  /**
   * Everyone has a case of their own for each period, and no second one: opened by them, or by the bureau itself for all of whom it knows that it concerns them (store/case-periods.ts), that
   * is of whom it is known since when they work, or, where the policy's setting `opensForEveryone` says so, everyone in service.
   */
  readonly eachPeriod?: Rhythm & { readonly concerns: 'known-service' | 'everyone' };
  /** Whom a round covers. */
  readonly items?: Readonly<Record<string, ItemDefinition>>;
  readonly intake: Form<I>;
  /** The same of its intake. */
  readonly counts?: readonly string[];
  readonly tasks: T;
  readonly stages: Readonly<Record<string, Text>>;
  readonly outcomes: O;
  readonly outcomeTitles: Readonly<Record<O[number] | CommonOutcome, Text>>;
  /** Outcomes that found no fault: with them the file is sealed, and leaves no trace outside its circle (domain.md §4.4). */
  readonly sealedBy?: readonly (O[number] | CommonOutcome)[];
  /** The usual way through it for whoever looks ahead, each step by one of these tasks. One task after the other, as they stand here, unless stated. */
  readonly course?: readonly (readonly (keyof T & string)[])[];
  /** Tasks that the procedure always opens first; acceptance opens them with the case, before the engine has answered. */
  readonly first: readonly (keyof T & string)[];
  /** The same where it depends on what the intake says, such as danger. */
  firstFor?(intake: z.output<I>): readonly (keyof T & string)[];
  /** The same where another case's decision opens it, if those are others. */
  readonly firstWhenSpawned?: readonly (keyof T & string)[];
  /** All that a notice about it says, whatever the news: what a glance at somebody's screen or mail may show. Without it, what its kind says. */
  readonly discreet?: Text;
  /** The case's title, from its intake. */
  caseTitle(intake: z.output<I>): string;
  /** Whether it is for the period after the current one. */
  isAhead?(intake: z.output<I>): boolean;
  /** The person whom the case is about, where its intake names them. Whoever is that person or related to them can't open it, unless it is in the person's own interest (`subjectRole: 'appellant'`). */
  subjectFrom?(intake: z.output<I>): string | undefined;
  /** The subject's name is kept from everyone but `overseenBy` where the intake says so. */
  withholdsName?(intake: z.output<I>): boolean;
  /** Persons besides the subject who are party to the case from its start, by their part in it. */
  parties?(intake: z.output<I>): readonly { readonly person: string; readonly role: 'appellant' | 'reported' | 'witness' }[];
  /** Who decides on more time, where that is not the leader of the unit: whoever opened the case, whose directive it is. */
  readonly extendedBy?: 'opener';
  /** Commands that make sense for it, with who may give them; the kit carries them out. */
  readonly commands: Partial<Record<CaseCommand, CommandRule>>;
  /** The person whom the case is about becomes its first party under this name. */
  readonly subjectRole: 'appellant' | 'subject' | 'reporter' | 'reported';
}

export type CommonOutcome = 'withdrawn' | 'merged' | 'cancelled' | 'split';

export const commonOutcomes: Readonly<Record<CommonOutcome, Text>> = {
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  merged: { zh: '已并案', en: 'Merged' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
  split: { zh: '已分解', en: 'Split' },
};

/** States what a process is. The types of its forms flow on to its procedure. */
export const defineProcess = <I extends z.ZodType, T extends Record<string, TaskDefinition>, const O extends readonly string[]>(
  definition: ProcessDefinition<I, T, O>,
): ProcessDefinition<I, T, O> => definition;

const built = new WeakMap<Form, z.ZodType>();

/** The schema of a form, built on its first use. */
export function schemaOf<F extends z.ZodType>(form: Form<F>): F {
  const known = built.get(form) ?? form();
  built.set(form, known);
  // The schema that is kept under a form is the one that this form built.
  return known as F;
}

/** The items of a round as the record needs to know them. */
export const itemRules = ({ items = {} }: ProcessDefinition): readonly ItemRule[] =>
  Object.entries(items).map(([key, { roster, role }]) => ({ key, roster, role }));

/** What a completed task of the process holds. */
export type FormOf<D extends ProcessDefinition, K extends keyof D['tasks']> = z.output<ReturnType<D['tasks'][K]['form']>>;
