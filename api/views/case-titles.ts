import type { Text } from '../../domain/ids.ts';
import { parts } from '../../domain/parts.ts';
import { relations } from '../../domain/relations.ts';
import type { ParticipantRole } from '../../domain/step.ts';
import type { ProcessDefinition } from '../../workflows/kit/define.ts';
import { commonTasks } from '../../workflows/kit/tasks.ts';

const commonStages: Readonly<Record<string, Text>> = {
  registered: { zh: '登记', en: 'Registered' },
  closed: { zh: '办结', en: 'Closed' },
};

const plain = (name: string): Text => ({ zh: name, en: name });

/** A stage is named by the process, or is one of its tasks or of those that every process has. */
export const stageTitle = (process: ProcessDefinition, stage: string): Text =>
  process.stages[stage] ?? commonStages[stage] ?? taskTitle(process, stage);

/** Whose own interest it is, such as an injury's or a leave's, is an appellant only where there is an appeal. */
export const partTitle = ({ group }: ProcessDefinition, part: ParticipantRole): Text =>
  part === 'appellant' && group !== 'interests' ? parts.subject : parts[part];

export const outcomeTitle = ({ outcomeTitles }: ProcessDefinition, outcome: string): Text =>
  new Map(Object.entries(outcomeTitles)).get(outcome) ?? plain(outcome);

export const relationTitle = (relation: string): Text => new Map<string, Text>(Object.entries(relations)).get(relation) ?? plain(relation);

/** Title of a task by its key, also of the side tasks that every process has. */
export const taskTitle = ({ tasks, title }: ProcessDefinition, key: string | null): Text => {
  if (key === null) return title;
  return tasks[key]?.title ?? new Map<string, { title: Text }>(Object.entries(commonTasks)).get(key)?.title ?? plain(key);
};
